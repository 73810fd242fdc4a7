import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messageBook } from "#app/modules/notifications/message-book.ts";
import { eventRulesSchema, messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { createTextPricing } from "#app/modules/notifications/rehearsal/price-rehearsed.server.ts";
import type { RehearsalSummary } from "#app/modules/notifications/rehearsal/rehearsal-summary.ts";
import { continueRehearsal } from "#app/modules/notifications/rehearsal/run-rehearsal.server.ts";
import { startRehearsal } from "#app/modules/notifications/rehearsal/start-rehearsal.server.ts";
import { publishDraft, saveDraft } from "#app/modules/notifications/rule-sets.server.ts";
import { testKeys } from "#tests/support/factories.ts";
import { testRendering } from "#tests/support/test-rendering.ts";
import { createShipmentWorld, type ShipmentWorld } from "../shipments/shipment-world.ts";
import { GOLDEN_END, GOLDEN_START, goldenHistory } from "./golden-history.ts";
import { GoldenShop } from "./golden-shop.ts";

const ORDERS = 18;
const book = messageBook;
const both = ["email", "sms"] as const;
const event = (changes: object) => eventRulesSchema.parse({ on: true, channels: ["email"], ...changes });

/** Everything that can change when or whether a message goes out. */
const rules = messageRulesSchema.parse({
  events: {
    shipped: event({ channels: both, controlShare: 0.5 }),
    out_for_delivery: event({ channels: both }),
    delivered: event({ channels: both, staffCopy: true }),
    delivery_failed: event({ channels: both, delayHours: 3 }),
    in_transit: event({}),
    label_created: event({}),
    awaiting_pickup: event({ threshold: 2 }),
    arriving_tomorrow: event({ channels: both }),
    held_customs: event({}),
    delay_predicted: event({ on: false }),
    all_parcels_delivered: event({}),
    feedback_request: event({ channels: both, threshold: 30 }),
    delayed_in_transit: event({
      rules: [
        {
          ...{ id: "later", name: "Texts for the late", when: [{ field: "days_late", is: "at_least", value: 2 }] },
          then: { channels: both, delayHours: 2 },
        },
      ],
    }),
  },
  staff: { addresses: ["ops@northpeak.example"] },
});

let world: ShipmentWorld;
let shop: GoldenShop;

beforeAll(async () => {
  world = await createShipmentWorld();
  world.clock.set(new Date(GOLDEN_START).toISOString());
  const { shopId, clock } = world;
  await world.db.forShop(shopId, async (tx) => {
    const settings = { messages: { live: true, liveSince: clock.now().toISOString() } };
    await tx.shop.update({ where: { id: shopId }, data: { settings, timezone: "UTC" } });
    const now = clock.now();
    await tx.smsAccount.create({
      data: {
        ...{ shopId, id: "sms_1", provider: "twilio", accountName: "AC1", secretsSealed: "x", state: "connected" },
        acceptedPrices: { asOf: "2026-03", microsByCountry: { US: 8_300 } },
        options: {
          origin: { kind: "number", number: "+15128670000" },
          consent: { wording: "", confirmedAt: now.toISOString(), confirmedBy: "1" },
        },
        ...{ priceAcceptedAt: now, hookTokenHash: "x", hookTokenSealed: "x", createdAt: now, updatedAt: now },
      },
    });
    await saveDraft(tx, clock, { shopId, rules });
    await publishDraft(tx, clock, { shopId, actorId: null, kinds: book.kinds });
  });
  shop = new GoldenShop(world, book);
  await shop.play(goldenHistory(60, ORDERS));
}, 600_000);

afterAll(() => world.close());

interface Line {
  key: string;
  outcome: string;
  at: string;
  rule: string | null;
  parcelIds: string[];
}

async function playedLive(): Promise<Line[]> {
  const rows = await world.db.forShop(world.shopId, (tx) => tx.notification.findMany());
  return rows
    .map((row): Line => {
      const outcome = row.state === "queued" ? "waiting" : row.state;
      const at = { sent: row.sentAt, waiting: row.dueAt, dropped: row.updatedAt, suppressed: row.decidedAt }[outcome];
      const rule = outcome === "dropped" ? row.error : ((row.decision as { rule: string | null }).rule ?? null);
      return { key: row.businessKey, outcome, at: at?.toISOString() ?? "", rule, parcelIds: row.parcelIds };
    })
    .sort((left, right) => (left.key < right.key ? -1 : 1));
}

async function rehearsed(of: "draft" | "published" = "published") {
  world.clock.set(new Date(GOLDEN_END).toISOString());
  const { db, clock, queue, shopId } = world;
  const wish = { shopId, of, days: 60, actorId: null };
  const dryRunId = await db.forShop(shopId, (tx) => startRehearsal(tx, { clock, queue }, wish));
  const forecasts = () => Promise.resolve(new Map(shop.said));
  const deps = { db, clock, keys: testKeys, forecasts, priceTexts: createTextPricing(testRendering(clock)) };
  while (await continueRehearsal(deps, { shopId, dryRunId }, book));
  return db.forShop(shopId, async (tx) => ({
    run: await tx.dryRun.findUniqueOrThrow({ where: { shopId_id: { shopId, id: dryRunId } } }),
    rows: await tx.dryRunMessage.findMany({ where: { dryRunId }, orderBy: { position: "asc" } }),
  }));
}

function linesOf(rows: Awaited<ReturnType<typeof rehearsed>>["rows"]): Line[] {
  return rows
    .map(({ businessKey: key, outcome, at, rule, decision }): Line => {
      const { parcelIds } = decision as { parcelIds: string[] };
      return { key, outcome, at: at.toISOString(), rule, parcelIds };
    })
    .sort((left, right) => (left.key < right.key ? -1 : 1));
}

describe("sixty days of a shop", () => {
  test("are told by the rehearsal as they were told live, message for message", async () => {
    const { run, rows } = await rehearsed();
    const live = await playedLive();
    expect(linesOf(rows)).toEqual(live);
    // One more: the order that the world is made with, of which nothing happens.
    expect(run).toMatchObject({ state: "done", ordersDone: ORDERS + 1, ordersTotal: ORDERS + 1 });
    // The history is worth something only if all of this happens in it.
    const seen = new Set(live.flatMap(({ outcome, rule, key }) => [outcome, rule ?? "", key.split(":")[0] ?? ""]));
    for (const wanted of [
      ...["sent", "suppressed", "dropped", "bundled", "control_group", "returned_to_sender", "replaced_by_newer"],
      ...["no_consent", "no_longer_true", "kind_disabled", "event_too_old", "quiet_hours"],
      ...["order_cancelled", "feedback_request", "awaiting_pickup", "arriving_tomorrow", "delivered_late"],
    ])
      expect.soft(seen).toContain(wanted);
  });

  test("are told the same to the byte a second time, with what the texts cost", async () => {
    const [first, second] = [await rehearsed(), await rehearsed()];
    expect(first.run.digest).toMatch(/^[\w-]{43}$/);
    expect(second.run.digest).toBe(first.run.digest);
    expect(second.run.id).not.toBe(first.run.id);
    const { textCost } = first.run.summary as unknown as RehearsalSummary;
    expect(textCost).toMatchObject({ basis: "accepted", currency: "USD", unpriced: [], closed: null });
    const said = first.rows.filter(({ outcome }) => ["sent", "waiting"].includes(outcome));
    expect(textCost?.total.texts).toBe(said.filter(({ channel }) => channel === "sms").length);
    expect(textCost?.total.micros).toBe(8_300 * (textCost?.total.segments ?? 0));
    // The link alone takes half of a text's first part.
    expect(textCost?.total.segments).toBeGreaterThan(textCost?.total.texts ?? 0);
  });
});

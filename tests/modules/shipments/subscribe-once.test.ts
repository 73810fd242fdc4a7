import { beforeEach, expect, test } from "vitest";
import { HttpError } from "#app/lib/http.server.ts";
import type { Carrier, CarrierError } from "#app/modules/carriers/carrier.ts";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import { enrolNumbers } from "#app/modules/shipments/push-subscriptions.server.ts";
import { subscribeNumbers } from "#app/modules/shipments/subscribe-numbers.server.ts";
import { connectCarrierAccount } from "#app/modules/shops/connect-carrier-account.server.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { addOrder, addShipment } from "./shipment-rows.ts";

const edge = keepOpen(openEdge);
let shopId: string;
let accountId: string;
/** Every request to subscribe that reached the carrier, each of which it charges for. */
let charged: { trackingNumber: string; carrierHint?: string | null }[];
let answer: () => CarrierError | null;

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  charged = [];
  answer = () => null;
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
  const connecting = { shopId, carrier: shippo(), label: "Shippo", credentials: { apiKey: "live" }, actorId: "1" };
  const outcome = await connectCarrierAccount(edge.services, connecting);
  if (outcome.kind !== "connected") throw new Error(outcome.kind);
  ({ accountId } = outcome);
});

/** Shippo with a subscription that the test answers. */
function shippo(): Carrier {
  const carrier = carrierById("shippo");
  if (!carrier?.push) throw new Error("Shippo pushes");
  const subscribe: NonNullable<typeof carrier.push.subscribe> = (_session, numbers) => {
    expect(numbers).toHaveLength(1);
    charged.push(...numbers.map(({ trackingNumber, carrierHint = null }) => ({ trackingNumber, carrierHint })));
    return Promise.resolve(answer());
  };
  return { ...carrier, testConnection: () => Promise.resolve(null), push: { ...carrier.push, subscribe } };
}

async function enrol(count: number) {
  const { db } = edge.services;
  const orderId = await addOrder(db, edge.clock, { shopId });
  const numbers: string[] = [];
  for (let parcel = 0; parcel < count; parcel += 1) {
    const { shipmentId, trackingNumber } = await addShipment(db, edge.clock, { shopId, orderId });
    await edge.rows("UPDATE shipment SET next_check_at = created_at WHERE id = $1", [shipmentId]);
    numbers.push(trackingNumber);
  }
  await db.forShop(shopId, (tx) => enrolNumbers(tx, { shopId, accountId, numbers, now: edge.clock.now() }));
  return numbers;
}

const subscribe = () => {
  const carriers = { ...edge.services.pushes.carriers, find: shippo };
  return subscribeNumbers({ ...edge.services.pushes, carriers }, { shopId, accountId });
};
const subscriptions = () =>
  edge.rows<{ nextAt: Date | null; until: Date | null; failures: number; problem: string | null }>(
    `SELECT next_at AS "nextAt", subscribed_until AS until, failures, problem FROM push_subscription ORDER BY next_at`,
  );
const fromNow = (milliseconds: number) => new Date(edge.clock.now().getTime() + milliseconds);
const refuse = (kind: CarrierError["kind"]) => () => ({
  kind,
  retryable: true,
  message: kind,
  trackingNumber: charged.at(-1)?.trackingNumber ?? "",
});

test("each number is subscribed by itself, once for 120 days, with the carrier to watch", async () => {
  const numbers = await enrol(3);
  expect(await subscribe()).toBe(3);
  expect(await subscribe()).toBe(0);
  expect(charged.map(({ trackingNumber }) => trackingNumber).sort()).toEqual(numbers.sort());
  expect(new Set(charged.map(({ carrierHint }) => carrierHint))).toEqual(new Set(["ups"]));
  expect(await subscriptions()).toEqual(
    Array.from({ length: 3 }, () => ({
      nextAt: fromNow(118 * DAY),
      until: fromNow(120 * DAY),
      failures: 0,
      problem: null,
    })),
  );
});

test.each([
  ["a worker that dies between the call and its note", () => new Error("killed")],
  ["a call that is not answered", () => new HttpError("timeout")],
])("%s leaves the number as it is: nothing is charged twice, and the next ones are subscribed", async (_, fault) => {
  await enrol(2);
  answer = () => {
    throw fault();
  };
  await subscribe().catch((error: unknown) => expect(String(error)).toContain("killed"));
  expect(charged).toHaveLength(1);
  answer = () => null;
  edge.clock.advance(HOUR);
  expect(await subscribe()).toBe(1);
  edge.clock.advance(DAY);
  expect(await subscribe()).toBe(0);
  expect(new Set(charged.map(({ trackingNumber }) => trackingNumber)).size).toBe(2);
  expect(charged).toHaveLength(2);
  expect(await subscriptions()).toMatchObject([
    { until: expect.any(Date) as Date, problem: null },
    { nextAt: null, until: null, problem: expect.stringContaining("not known") as string },
  ]);
});

test("an answer that does not say whether the number was taken is not asked for again either", async () => {
  await enrol(1);
  answer = refuse("server");
  expect(await subscribe()).toBe(0);
  edge.clock.advance(DAY);
  expect(await subscribe()).toBe(0);
  expect(charged).toHaveLength(1);
});

test("a refusal that passes is tried again; one of the number itself is not, and keeps nobody waiting", async () => {
  await enrol(1);
  answer = refuse("rate_limited");
  expect(await subscribe()).toBe(0);
  expect(await subscriptions()).toMatchObject([{ nextAt: fromNow(15 * MINUTE), failures: 1 }]);
  edge.clock.advance(15 * MINUTE);
  answer = refuse("not_supported");
  await enrol(1);
  expect(await subscribe()).toBe(0);
  expect(charged).toHaveLength(3);
  edge.clock.advance(DAY);
  expect(await subscribe()).toBe(0);
  expect(charged).toHaveLength(3);
});

import { beforeEach, describe, expect, it } from "vitest";
import { addressHash, addressKeyOf } from "#app/modules/notifications/address-blocks.server.ts";
import { exportMessages } from "#app/modules/notifications/export-messages.server.ts";
import { type LogQuery, readLogQuery } from "#app/modules/notifications/log-query.ts";
import { recordFacts } from "#app/modules/analytics/record-fact.server.ts";
import { KINDS } from "#app/modules/notifications/kinds/kinds.ts";
import { eventRulesSchema, messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { readControlEffects } from "#app/modules/notifications/read-control-effect.server.ts";
import { publishDraft, saveDraft } from "#app/modules/notifications/rule-sets.server.ts";
import { searchMessages } from "#app/modules/notifications/search-messages.server.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { makeMessage, makeMessages } from "#tests/support/mail-events.ts";
import { DAY } from "#tests/support/test-clock.ts";

const edge = keepOpen(openEdge);
let shopId: string;

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  edge.clock.set("2026-11-20T12:00:00Z");
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
});

type Written = Omit<Parameters<typeof makeMessage>[2], "shopId">;

/** A message to somebody, with the hash that its address has in this shop. */
const write = (message: Written = {}) =>
  edge.services.db.forShop(shopId, async (tx) => {
    const key = await addressKeyOf(tx, edge.services.keys, shopId);
    const { recipient = "avery@example.com", channel = "email" } = message;
    const personKey = addressHash(key, channel === "email" ? "email" : "phone", String(recipient));
    return makeMessage(tx, edge.clock, { shopId, recipient, personKey, ...message });
  });
/** So many messages to nobody in particular. */
const writeMany = (count: number, message: (index: number) => Written = () => ({})) =>
  inShop((tx) =>
    makeMessages(
      tx,
      edge.clock,
      Array.from({ length: count }, (_, index) => ({ shopId, ...message(index) })),
    ),
  );
const inShop = <Result>(work: Parameters<typeof edge.services.db.forShop<Result>>[1]) =>
  edge.services.db.forShop(shopId, work);
const search = (query: LogQuery = {}, shop = shopId) =>
  edge.services.db.forShop(shop, (tx) =>
    searchMessages(tx, edge.services.keys, { shopId: shop, query, zone: "America/New_York" }),
  );
const found = async (query: LogQuery) => (await search(query)).entries.map(({ id }) => id).sort();

describe("the log", () => {
  it("shows every message once, page by page, although all were decided in one moment", async () => {
    await writeMany(101);
    const seen: string[] = [];
    const sizes: number[] = [];
    let after: string | undefined;
    do {
      const page = await search(after ? { after } : {});
      seen.push(...page.entries.map(({ id }) => id));
      sizes.push(page.entries.length);
      after = page.next ?? undefined;
    } while (after);
    expect(sizes).toEqual([50, 50, 1]);
    expect(new Set(seen).size).toBe(101);
  });

  it("ends on a full last page, and shows nothing of another shop", async () => {
    await writeMany(50);
    expect((await search()).next).toBeNull();
    const other = await makeShop(edge.services.db, edge.clock);
    expect((await search({}, other.shopId)).entries).toEqual([]);
  });

  it("is narrowed by state, kind, channel and what the provider said", async () => {
    const mail = await write({ state: "failed", kind: "delivered" });
    const text = await write({ channel: "sms", recipient: "+15125550100", delivery: "bounced" });
    expect(await found({ state: "failed" })).toEqual([mail]);
    expect(await found({ kind: "delivered" })).toEqual([mail]);
    expect(await found({ channel: "sms" })).toEqual([text]);
    expect(await found({ delivery: "bounced" })).toEqual([text]);
    expect(await found({ channel: "sms", state: "failed" })).toEqual([]);
  });

  it("is narrowed by days of the shop's calendar", async () => {
    const late = await write({ decidedAt: new Date("2026-11-20T04:59:59Z") });
    const early = await write({ decidedAt: new Date("2026-11-20T05:00:00Z") });
    expect(await found({ from: "2026-11-20" })).toEqual([early]);
    expect(await found({ to: "2026-11-19" })).toEqual([late]);
    expect(await found({ from: "2026-11-19", to: "2026-11-20" })).toEqual([late, early].sort());
  });

  it("finds an order by its name, a parcel by its number, a person by address or telephone", async () => {
    const made = await edge.services.db.forShop(shopId, async (tx) => {
      const { orderId } = await makeOrder(tx, edge.clock, { shopId, name: "#2001" });
      return { orderId, ...(await makeShipment(tx, edge.clock, { shopId, orderId })) };
    });
    const ordered = await write({ orderId: made.orderId });
    const shipped = await write({ shipmentId: made.shipmentId, recipient: "bo_b@example.com" });
    const texted = await write({ channel: "sms", recipient: "+15125550100" });
    expect(await found({ q: "2001" })).toEqual([ordered]);
    expect(await found({ q: made.trackingNumber.toLowerCase() })).toEqual([shipped]);
    expect(await found({ q: "Bo_B@Example.com" })).toEqual([shipped]);
    expect(await found({ q: "box@example.com" })).toEqual([]);
    expect(await found({ q: "+1 512 555 0100" })).toEqual([texted]);
    expect(await found({ order: made.orderId })).toEqual([ordered]);
    expect(await found({ q: "nothing like it" })).toEqual([]);
  });

  it("finds everything to the person of one message, by the hash that outlives the address", async () => {
    const [one, two] = [await write(), await write({ recipient: "AVERY@example.com" })];
    await write({ recipient: "bo@example.com" });
    expect(await found({ person: one })).toEqual([one, two].sort());
    await edge.rows("UPDATE notification SET person_key = NULL, recipient = NULL");
    expect(await found({ person: one })).toEqual([one]);
  });

  it("leaves out of a question what makes no sense", () => {
    const url = "https://x.example/app/messages?state=odd&from=2026-13-01&after=' OR 1=1&q=%20%20&kind=shipped&order=1";
    expect(readLogQuery(url)).toEqual({ kind: "shipped" });
  });
});

describe("the export", () => {
  const read = async (query: LogQuery = {}) => {
    let text = "";
    const asked = { shopId, query, zone: "UTC" };
    for await (const part of exportMessages(edge.services, asked)) text += part;
    return text;
  };

  it("holds every found message once, over several pages", async () => {
    await writeMany(205, (index) => ({ kind: index % 2 ? "shipped" : "delivered" }));
    const lines = (await read()).trimEnd().split("\n");
    expect(lines).toHaveLength(206);
    expect(lines[0]).toBe(
      "\uFEFFid,order,kind,channel,purpose,state,rule,delivery,recipient,subject,clicks,decided_at,sent_at,error",
    );
    expect((await read({ kind: "shipped" })).trim().split("\n")).toHaveLength(103);
  });

  it("turns nothing into a formula", async () => {
    const formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil.example";"x")', "；=1"];
    for (const text of formulas) {
      const { orderId } = await inShop((tx) => makeOrder(tx, edge.clock, { shopId, name: text }));
      await write({ subject: text, error: text, recipient: text, kind: text, orderId, decision: { rule: text } });
    }
    const text = await read();
    const cells = text.split(/,|\r?\n(?=ntf_)/).map((cell) => cell.replace(/^"/, ""));
    expect(cells.filter((cell) => /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell === "'=1+1")).toHaveLength(6);
  });

  it("of nothing has its headings", async () => {
    expect((await read()).trim().split("\n")).toHaveLength(1);
  });
});

describe("the figures of a message's kind", () => {
  it("are shares of what was sent, and of what arrived, with what chance could make of them", async () => {
    const { readPerformance } = await import("#app/modules/notifications/message-performance.server.ts");
    const at = edge.clock.now();
    await writeMany(40, (index) => ({
      deliveredAt: index < 36 ? at : null,
      delivery: index < 36 ? "delivered" : "bounced",
      openedAt: index < 18 ? at : null,
      clickedAt: index < 9 ? at : null,
    }));
    await write({ state: "suppressed", sentAt: null, decision: { rule: "muted" } });
    await write({ state: "suppressed", sentAt: null, decision: { rule: "control_group" } });
    await write({ audience: "staff" });
    await write({ purpose: "test" });
    await write({ decidedAt: new Date(at.getTime() - 40 * DAY) });
    const since = new Date(at.getTime() - 30 * DAY);
    const [row, ...rest] = await edge.services.db.forShop(shopId, (tx) => readPerformance(tx, { shopId, since }));
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ kind: "shipped", channel: "email", sent: 40, control: 1 });
    expect(row?.delivered).toMatchObject({ part: 36, whole: 40, share: 0.9, small: false });
    expect(row?.opened).toMatchObject({ part: 18, whole: 36, share: 0.5 });
    expect([row?.clicked?.part, row?.bounced?.part, row?.complained?.part]).toEqual([9, 4, 0]);
    expect([row?.delivered?.low.toFixed(3), row?.delivered?.high.toFixed(3)]).toEqual(["0.769", "0.960"]);
    expect(row?.suppressed).toEqual(
      expect.arrayContaining([
        { rule: "muted", count: 1 },
        { rule: "control_group", count: 1 },
      ]),
    );
  });

  it("say of a few that they are few, and of none nothing", async () => {
    const { measureRate } = await import("#app/modules/notifications/log/measure-rate.ts");
    expect(measureRate(1, 5)).toMatchObject({ small: true, share: 0.2 });
    expect(measureRate(0, 0)).toBeNull();
    expect(measureRate(0, 100)).toMatchObject({ low: 0, share: 0 });
    expect(measureRate(0, 100)?.high).toBeCloseTo(0.037, 3);
  });
});

describe("the effect of an event", () => {
  const at = (day: number) => new Date(edge.clock.now().getTime() + day * DAY);
  const event = (changes: object) => eventRulesSchema.parse({ on: true, channels: ["email"], ...changes });
  const publish = (events: Record<string, object>) =>
    edge.services.db.forShop(shopId, async (tx) => {
      await saveDraft(tx, edge.clock, { shopId, rules: messageRulesSchema.parse({ events }) });
      return publishDraft(tx, edge.clock, { shopId, actorId: null, kinds: Object.values(KINDS) });
    });
  const effects = () => edge.services.db.forShop(shopId, (tx) => readControlEffects(tx, { shopId, since: at(-30) }));

  /** A shopper with one order and one decision about it, made a day ago. */
  const decide = (customer: string, message: Written, order: object = {}) =>
    edge.services.db.forShop(shopId, async (tx) => {
      const { orderId } = await makeOrder(tx, edge.clock, { shopId, customerId: customer, createdAt: at(-3) });
      await tx.order.updateMany({ where: { shopId, id: orderId }, data: order });
      const decision = { action: "send", rule: null };
      await makeMessage(tx, edge.clock, { shopId, orderId, rulesNumber: 1, decision, decidedAt: at(-1), ...message });
      return orderId;
    });
  const withheld = { state: "suppressed", sentAt: null, decision: { action: "suppress", rule: "control_group" } };

  it("is what differs between those who were told and those who were not, each counted once", async () => {
    expect(await effects()).toEqual([]);
    await publish({ shipped: event({ controlShare: 0.2 }), lost_or_damaged: event({ controlShare: 0.2 }) });
    const told = [await decide("a", {}), await decide("b", { state: "dropped" }, { cancelledAt: at(0) })];
    const alone = await decide("c", withheld, { financialStatus: "refunded" });
    // A second parcel of the same shopper, what another rule held back, what staff got, a test order: none of them counts.
    await decide("a", { decidedAt: at(-0.5) });
    await decide("d", { state: "suppressed", decision: { action: "suppress", rule: "muted" } });
    await decide("e", { audience: "staff" });
    await decide("f", {}, { test: true });
    await edge.services.db.forShop(shopId, async (tx) => {
      await makeOrder(tx, edge.clock, { shopId, customerId: "c" });
      const fact = { kind: "order.looked_up" as const, happenedOn: "2026-11-20", carrier: null, countryCode: null };
      const looked = (orderId: string, when: Date) => ({ ...fact, at: when, subjectId: orderId, data: { orderId } });
      const facts = [looked(alone, at(-0.5)), looked(told[0] ?? "", at(-2))];
      await recordFacts(tx, edge.clock, shopId, facts);
    });
    const [effect, ...rest] = await effects();
    expect(rest).toEqual([]);
    expect(effect).toMatchObject({ kind: "shipped", share: 0.2 });
    const counts = effect?.measures.map(({ name, difference }) => {
      const { told: first, withheld: second, verdict } = difference ?? {};
      return `${name} ${first?.part}/${first?.whole} ${second?.part}/${second?.whole} ${verdict}`;
    });
    // The first had asked before the message went out.
    expect(counts).toEqual(["looked_up 0/2 1/1 few", "bought_again 0/2 1/1 few", "called_off 1/2 1/1 few"]);
  });

  it("is counted under the present share alone", async () => {
    await publish({ shipped: event({ controlShare: 0.2 }) });
    await decide("a", {});
    await decide("b", withheld);
    await publish({ shipped: event({ controlShare: 0.3 }) });
    expect((await effects())[0]?.measures[0]).toEqual({ name: "looked_up", difference: null });
    await publish({ shipped: event({ controlShare: 0.2 }) });
    expect((await effects())[0]?.measures[0]?.difference).toMatchObject({ told: { whole: 1 }, withheld: { whole: 1 } });
    await publish({ shipped: event({}) });
    expect(await effects()).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideWriteBackFor } from "#app/modules/orders/decide-write-back.server.ts";
import { handleFulfillmentEvent } from "#app/modules/orders/handle-fulfillment-event.server.ts";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { performWriteBack } from "#app/modules/orders/perform-write-back.server.ts";
import { wakeForgottenEffects } from "#app/modules/orders/wake-effects.server.ts";
import { eventBody, orderBody } from "#tests/fixtures/shopify/store-order.ts";
import { HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { openShop, openWorld, storeFulfillment, storeOrder, type World } from "./orders-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const SCAN = "2026-11-20T11:58:00.000Z";

/** A shop with one order in two parcels, both moving, and write-back switched on. */
async function movingParcels(enabled = true) {
  const shop = await openShop(world, { settings: { writeBack: { enabled } } });
  const fulfillment = storeFulfillment({ numbers: ["1ZA", "1ZB"] });
  const order = storeOrder({ fulfillments: [fulfillment] });
  shop.shopify.orders.set(order.id, order);
  const { shopId, deps } = shop;
  await handleOrderWebhook(deps, { shopId, topic: "orders/create", body: orderBody(order), triggeredAt: null });
  const inShop = deps.db.forShop.bind(deps.db, shopId) as <T>(
    work: Parameters<typeof deps.db.forShop<T>>[1],
  ) => Promise<T>;
  const move = (status: string, statusAt = SCAN, where = {}) =>
    inShop((tx) => tx.shipment.updateMany({ where, data: { status, statusAt, statusSince: world.clock.now() } }));
  await move("in_transit");
  const shipments = await inShop((tx) => tx.shipment.findMany({ orderBy: { trackingNumber: "asc" } }));
  const shipmentId = shipments[0]?.id ?? "";
  const decide = () => decideWriteBackFor(deps, { shopId, shipmentId });
  const effect = () => inShop((tx) => tx.effect.findFirstOrThrow());
  /** Decides and gives the intent's id. */
  const decided = async () => {
    const outcome = await decide();
    if (outcome.kind !== "queued") throw new Error(outcome.reason);
    return { shopId, effectId: outcome.effectId };
  };
  return { ...shop, order, fulfillment, inShop, move, decide, decided, effect };
}

describe("deciding", () => {
  test("writes one intent with its job, however often it runs", async () => {
    const { shopId, decide, effect, inShop } = await movingParcels();
    const outcomes = await Promise.all([decide(), decide(), decide()]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["queued", "skipped", "skipped"]);
    expect(await inShop((tx) => tx.effect.count())).toBe(1);
    const { id, payload, state } = await effect();
    expect({ state, payload }).toMatchObject({ state: "queued", payload: { status: "IN_TRANSIT", happenedAt: SCAN } });
    expect(await world.jobs("orders.write-back")).toContainEqual({ shopId, effectId: id });
  });

  test("writes nothing while it is switched off, which it is by default", async () => {
    const { decide, inShop } = await movingParcels(false);
    expect(await decide()).toEqual({ kind: "skipped", reason: "switched_off" });
    expect(await inShop((tx) => tx.effect.count())).toBe(0);
  });

  test("waits for the last parcel before it says delivered", async () => {
    const { decide, move, decided, deps } = await movingParcels();
    await performWriteBack(deps, await decided());
    await move("delivered", "2026-11-20T11:59:00.000Z", { trackingNumber: "1ZA" });
    expect(await decide()).toEqual({ kind: "skipped", reason: "already_decided" });
    await move("delivered", "2026-11-20T11:59:30.000Z", { trackingNumber: "1ZB" });
    expect((await decide()).kind).toBe("queued");
  });

  test("does not count a number that was edited away", async () => {
    const { decide, inShop, effect } = await movingParcels();
    await inShop((tx) =>
      tx.shipment.updateMany({ where: { trackingNumber: "1ZB" }, data: { lifecycle: "removed", status: "unknown" } }),
    );
    await decide();
    expect((await effect()).payload).toMatchObject({ status: "IN_TRANSIT" });
  });
});

describe("writing", () => {
  test("reads first, writes once, and keeps the event's id", async () => {
    const { deps, shopify, decided, effect, fulfillment, inShop } = await movingParcels();
    const job = await decided();
    const outcome = await performWriteBack(deps, job);
    expect(shopify.calls).toEqual(["FulfillmentHistory", "FulfillmentEventAdd"]);
    expect(fulfillment.events).toMatchObject([{ status: "in_transit", happenedAt: SCAN }]);
    expect(outcome).toEqual({
      kind: "written",
      eventId: `gid://shopify/FulfillmentEvent/${fulfillment.events[0]?.id}`,
    });
    expect(await effect()).toMatchObject({ state: "done", attempts: 1, leaseToken: null });
    expect(await performWriteBack(deps, job)).toEqual({ kind: "not_available" });
    const types = await inShop((tx) => tx.activity.findMany({ select: { type: true } }));
    expect(types).toEqual([{ type: "write_back.done" }]);
  });

  test.each<[string, (world: Awaited<ReturnType<typeof movingParcels>>) => unknown, string]>([
    [
      "Shopify knows it already",
      ({ fulfillment }) => fulfillment.events.push(nativeEvent("in_transit", "2026-11-20T11:00:00Z")),
      "already_there",
    ],
    [
      "Shopify is further along",
      ({ fulfillment }) => fulfillment.events.push(nativeEvent("delivered", "2026-11-20T11:00:00Z")),
      "already_delivered",
    ],
    ["the fulfillment was cancelled", ({ fulfillment }) => (fulfillment.status = "cancelled"), "cancelled"],
    ["the order was cancelled", ({ order }) => (order.cancelledAt = "2026-11-20T11:00:00Z"), "cancelled"],
    ["the fulfillment is gone", ({ order }) => (order.fulfillments = []), "fulfillment_gone"],
    [
      "the merchant switched it off meanwhile",
      ({ inShop }) => inShop((tx) => tx.shop.updateMany({ data: { settings: {} } })),
      "switched_off",
    ],
  ])("is left out when %s", async (_name, change, reason) => {
    const shop = await movingParcels();
    const job = await shop.decided();
    await change(shop);
    expect(await performWriteBack(shop.deps, job)).toEqual({ kind: "skipped", reason });
    expect(shop.shopify.calls).not.toContain("FulfillmentEventAdd");
    expect(await shop.effect()).toMatchObject({ state: "skipped", outcome: reason });
  });

  test("is put off without counting an attempt when the budget is spent", async () => {
    const { deps, shopify, decided, effect, fulfillment } = await movingParcels();
    const job = await decided();
    shopify.onCall = (name) => {
      if (name === "FulfillmentEventAdd") shopify.instead.push({ kind: "throttled", retryAfterSeconds: 3 });
    };
    expect(await performWriteBack(deps, job)).toEqual({ kind: "later", reason: "throttled" });
    expect(await effect()).toMatchObject({ state: "queued", attempts: 0, lastAttemptAt: null });
    shopify.onCall = () => undefined;
    expect((await performWriteBack(deps, job)).kind).toBe("written");
    expect(fulfillment.events).toHaveLength(1);
  });

  test("says what Shopify refused", async () => {
    const { deps, shopify, decided, effect, order, fulfillment } = await movingParcels();
    const job = await decided();
    shopify.onCall = (name) => {
      if (name === "FulfillmentEventAdd") order.fulfillments = order.fulfillments.filter((one) => one !== fulfillment);
    };
    const outcome = await performWriteBack(deps, job);
    expect(outcome).toEqual({ kind: "failed", reason: "Fulfillment does not exist." });
    expect(await effect()).toMatchObject({ state: "failed", outcome: "Fulfillment does not exist." });
  });

  test("of two states of one fulfillment happens one after the other", async () => {
    const { deps, shopId, shopify, decided, move, decide } = await movingParcels();
    const first = await decided();
    await move("out_for_delivery", "2026-11-20T11:59:00.000Z");
    const second = await decide();
    if (second.kind !== "queued") throw new Error(second.reason);
    let during: unknown;
    shopify.onCall = async (name) => {
      if (name !== "FulfillmentEventAdd" || during !== undefined) return;
      during = await performWriteBack(deps, { shopId, effectId: second.effectId });
    };
    expect((await performWriteBack(deps, first)).kind).toBe("written");
    expect(during).toMatchObject({ kind: "later" });
  });
});

describe("after a crash", () => {
  const points = [
    ["before Shopify is read", "FulfillmentHistory", false],
    ["after the attempt is recorded", "FulfillmentEventAdd", false],
    ["after Shopify has written", "FulfillmentEventAdd", true],
  ] as const;

  test.each(points)("%s the event is written exactly once", async (_name, at, carriedOut) => {
    const { deps, shopify, decided, effect, fulfillment } = await movingParcels();
    const job = await decided();
    let crashed = false;
    const admin = {
      query: async (...input: Parameters<typeof deps.admin.query>) => {
        const dies = !crashed && input[1].document.includes(at);
        if (dies) crashed = true;
        if (dies && !carriedOut) throw new Error("killed");
        const answer = await shopify.query(...input);
        if (dies) throw new Error("killed");
        return answer;
      },
    } as typeof deps.admin;
    await expect(performWriteBack({ ...deps, admin }, job)).rejects.toThrow("killed");
    expect(await performWriteBack(deps, job)).toEqual({ kind: "not_available" });
    world.clock.advance(3 * MINUTE);
    const before = (await world.jobs("orders.write-back")).length;
    expect(await wakeForgottenEffects(deps)).toBeGreaterThanOrEqual(1);
    expect((await world.jobs("orders.write-back")).length).toBeGreaterThan(before);
    expect((await performWriteBack(deps, job)).kind).toBe("written");
    expect(fulfillment.events).toHaveLength(1);
    expect(await effect()).toMatchObject({
      state: "done",
      providerId: `gid://shopify/FulfillmentEvent/${fulfillment.events[0]?.id}`,
    });
  });

  test("an answer that never came is looked up before anything is written again", async () => {
    const { deps, shopify, decided, effect, fulfillment } = await movingParcels();
    const job = await decided();
    shopify.onCall = (name) => {
      if (name === "FulfillmentEventAdd") shopify.instead.push("lost");
    };
    expect(await performWriteBack(deps, job)).toEqual({ kind: "later", reason: "no_answer" });
    expect(await effect()).toMatchObject({ state: "queued", attempts: 1 });
    expect((await performWriteBack(deps, job)).kind).toBe("written");
    expect(fulfillment.events).toHaveLength(1);
    expect(shopify.calls.filter((name) => name === "FulfillmentEventAdd")).toHaveLength(1);
  });

  test("a worker that wakes up after its lease writes nothing", async () => {
    const { deps, shopify, decided, fulfillment } = await movingParcels();
    const job = await decided();
    let slept = false;
    shopify.onCall = async (name) => {
      if (name !== "FulfillmentHistory" || slept) return;
      slept = true;
      world.clock.advance(3 * MINUTE);
      expect((await performWriteBack(deps, job)).kind).toBe("written");
    };
    // What it has read is old by now, and so is its lease.
    expect(await performWriteBack(deps, job)).toEqual({ kind: "not_available" });
    expect(fulfillment.events).toHaveLength(1);
  });

  test("an intent that is two days old is given up", async () => {
    const { deps, shopify, decided } = await movingParcels();
    const job = await decided();
    world.clock.advance(49 * HOUR);
    expect(await performWriteBack(deps, job)).toEqual({ kind: "failed", reason: "too_late" });
    expect(shopify.calls).toEqual([]);
  });
});

describe("our own event coming back", () => {
  const deliver = (shop: Awaited<ReturnType<typeof movingParcels>>) => {
    const event = shop.fulfillment.events.at(-1);
    if (!event) throw new Error("nothing was written");
    const body = eventBody(shop.order, shop.fulfillment, event);
    const { deps, shopId } = shop;
    return handleFulfillmentEvent(deps, { shopId, topic: "fulfillment_events/create", body, triggeredAt: null });
  };

  test("is dropped when its id is known", async () => {
    const shop = await movingParcels();
    await performWriteBack(shop.deps, await shop.decided());
    expect(await deliver(shop)).toEqual({ kind: "ignored", reason: "our own event came back" });
    expect(world.nativeEvents.seen.some(({ event }) => event.id.endsWith(shop.fulfillment.events[0]?.id ?? ""))).toBe(
      false,
    );
  });

  test("is dropped when it is faster than the answer, which it stands in for", async () => {
    const shop = await movingParcels();
    const job = await shop.decided();
    shop.shopify.onCall = (name) => {
      if (name === "FulfillmentEventAdd") shop.shopify.instead.push("lost");
    };
    await performWriteBack(shop.deps, job);
    expect(await deliver(shop)).toMatchObject({ kind: "ignored" });
    expect(await shop.effect()).toMatchObject({
      providerId: `gid://shopify/FulfillmentEvent/${shop.fulfillment.events[0]?.id}`,
    });
    expect((await performWriteBack(shop.deps, job)).kind).toBe("written");
    expect(shop.fulfillment.events).toHaveLength(1);
  });

  test("is not confused with what others write", async () => {
    const shop = await movingParcels();
    await performWriteBack(shop.deps, await shop.decided());
    shop.fulfillment.events.push(nativeEvent("out_for_delivery", "2026-11-20T12:30:00Z"));
    expect(await deliver(shop)).toEqual({ kind: "applied" });
    expect(world.nativeEvents.seen.at(-1)?.event.status).toBe("out_for_delivery");
  });

  test("an event of an unknown fulfillment has its order fetched", async () => {
    const shop = await movingParcels();
    const stranger = storeOrder();
    const body = eventBody(stranger, storeFulfillment(), nativeEvent("in_transit", "2026-11-20T12:30:00Z"));
    const { deps, shopId } = shop;
    const outcome = await handleFulfillmentEvent(deps, {
      ...{ shopId, body, topic: "fulfillment_events/create", triggeredAt: null },
    });
    expect(outcome.kind).toBe("ignored");
    const orderId = `gid://shopify/Order/${stranger.id}`;
    expect(await world.jobs("orders.refresh")).toContainEqual({ shopId, orderId });
  });
});

let events = 600;
function nativeEvent(status: string, happenedAt: string) {
  return { id: String((events += 1)), status, message: null, happenedAt, createdAt: happenedAt };
}

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { performWriteBack } from "#app/modules/orders/perform-write-back.server.ts";
import { wakeForgottenEffects } from "#app/modules/orders/wake-effects.server.ts";
import { HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { openWorld, type World } from "./orders-world.ts";
import { type MovingParcels, movingParcels as moving, nativeEvent, SCAN } from "./write-back-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const movingParcels = (enabled?: boolean) => moving(world, enabled);

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

  test.each<[string, (world: MovingParcels) => unknown, string]>([
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

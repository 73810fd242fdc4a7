import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leaseEffect } from "#app/modules/orders/lease-effect.server.ts";
import { performWriteBack } from "#app/modules/orders/perform-write-back.server.ts";
import { readAddedEvent } from "#app/modules/orders/read-history.server.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { openWorld, type World } from "./orders-world.ts";
import { movingParcels } from "./write-back-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const where = (shopId: string, id: string) => ({ where: { shopId_id: { shopId, id } } });

describe("what Shopify answers to the question", () => {
  test.each([
    [{ kind: "unauthorised" as const }, { kind: "failed", reason: "unauthorised" }, "failed"],
    [{ kind: "refused" as const, message: "no scope" }, { kind: "failed", reason: "no scope" }, "failed"],
    [{ kind: "ok" as const, data: { fulfillment: null } }, { kind: "skipped", reason: "fulfillment_gone" }, "skipped"],
    [{ kind: "unavailable" as const, message: "502" }, { kind: "later", reason: "unavailable" }, "queued"],
  ])("%j", async (answer, outcome, state) => {
    const { deps, shopify, decided, effect, shopId } = await movingParcels(world);
    const job = await decided();
    shopify.instead.push(answer);
    expect(await performWriteBack(deps, job)).toEqual(outcome);
    expect(await effect()).toMatchObject({ state, attempts: 0, lastAttemptAt: null, leaseToken: null });
    expect(shopify.calls).toEqual(["FulfillmentHistory"]);
    const jobs = await world.jobs("orders.write-back");
    expect(jobs.filter((one) => (one as { shopId: string }).shopId === shopId)).toHaveLength(
      state === "queued" ? 2 : 1,
    );
  });

  test("a cancelled order is told nothing any more", async () => {
    const { deps, order, decided, effect, shopify } = await movingParcels(world);
    const job = await decided();
    order.cancelledAt = "2026-11-20T11:59:00Z";
    expect(await performWriteBack(deps, job)).toEqual({ kind: "skipped", reason: "cancelled" });
    expect(await effect()).toMatchObject({ state: "skipped", outcome: "cancelled" });
    expect(shopify.calls).not.toContain("FulfillmentEventAdd");
  });
});

describe("what Shopify answers to the writing", () => {
  test.each([
    [{ kind: "unauthorised" as const }, "failed"],
    [{ kind: "refused" as const, message: "x".repeat(2_000) }, "failed"],
  ])("%j", async (answer, state) => {
    const { deps, shopify, decided, effect, fulfillment } = await movingParcels(world);
    const job = await decided();
    shopify.onCall = (name) => void (name === "FulfillmentEventAdd" && shopify.instead.push(answer));
    expect((await performWriteBack(deps, job)).kind).toBe("failed");
    const row = await effect();
    expect(row.state).toBe(state);
    expect(row.outcome?.length).toBeLessThanOrEqual(300);
    expect(fulfillment.events).toEqual([]);
  });

  test("an answer without an event is a refusal in Shopify's words", () => {
    expect(readAddedEvent({ fulfillmentEventCreate: null })).toEqual({
      kind: "refused",
      message: "no event came back",
    });
    const userErrors = [{ message: "Status is invalid" }, { message: "No" }];
    expect(readAddedEvent({ fulfillmentEventCreate: { fulfillmentEvent: null, userErrors } })).toEqual({
      kind: "refused",
      message: "Status is invalid; No",
    });
  });
});

describe("an intent", () => {
  test("is given up after eight calls, and never made a ninth time", async () => {
    const { deps, decided, inShop, effect, fulfillment } = await movingParcels(world);
    const { shopId, effectId } = await decided();
    await inShop((tx) => tx.effect.update({ ...where(shopId, effectId), data: { attempts: 8 } }));
    expect(await performWriteBack(deps, { shopId, effectId })).toEqual({ kind: "failed", reason: "too_many_attempts" });
    expect(await effect()).toMatchObject({ state: "failed" });
    expect(fulfillment.events).toEqual([]);
  });

  test("that was switched off meanwhile is not carried out", async () => {
    const { deps, decided, inShop, shopId, shopify } = await movingParcels(world);
    const job = await decided();
    await inShop((tx) => tx.shop.update({ where: { id: shopId }, data: { settings: {} } }));
    expect(await performWriteBack(deps, job)).toEqual({ kind: "skipped", reason: "switched_off" });
    expect(shopify.calls).toEqual([]);
  });

  test("whose payload a redaction took is closed, and its job ends quietly", async () => {
    const { deps, decided, inShop, effect, shopify } = await movingParcels(world);
    const { shopId, effectId } = await decided();
    await inShop((tx) => tx.effect.update({ ...where(shopId, effectId), data: { payload: {} } }));
    expect(await performWriteBack(deps, { shopId, effectId })).toEqual({ kind: "not_available" });
    expect(await effect()).toMatchObject({ state: "skipped", outcome: "payload_gone" });
    expect(shopify.calls).toEqual([]);
  });

  test("of another shop, or none, is nobody's", async () => {
    const [mine, other] = [await movingParcels(world), await movingParcels(world)];
    const { effectId } = await other.decided();
    expect(await leaseEffect(mine.deps, { shopId: mine.shopId, effectId })).toEqual({ kind: "not_available" });
    expect(await leaseEffect(mine.deps, { shopId: mine.shopId, effectId: "eff_none" })).toEqual({
      kind: "not_available",
    });
  });

  test("goes to one of two workers that ask at once", async () => {
    const { deps, decided, fulfillment } = await movingParcels(world);
    const job = await decided();
    const outcomes = await Promise.all([performWriteBack(deps, job), performWriteBack(deps, job)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["not_available", "written"]);
    expect(fulfillment.events).toHaveLength(1);
  });

  test("carries a carrier's words that end in the middle of a character", async () => {
    const { inShop, decide, effect } = await movingParcels(world);
    const description = `${"w".repeat(199)}\u{1f4e6} and more`;
    await inShop((tx) => tx.shipment.updateMany({ data: { lastEvent: { description } } }));
    expect((await decide()).kind).toBe("queued");
    expect((await effect()).payload).toMatchObject({ message: expect.stringMatching(/^w{199}/) as string });
  });
});

test("Shopify never hears a step back, in whatever order two parcels move and the jobs run", async () => {
  const { deps, decide, decided, move, fulfillment, inShop, shopId } = await movingParcels(world);
  const perform = async () => {
    const open = await inShop((tx) => tx.effect.findMany({ where: { state: "queued" }, orderBy: { id: "desc" } }));
    for (const { id } of open) await performWriteBack(deps, { shopId, effectId: id });
  };
  await decided();
  const steps = [
    ["1ZA", "out_for_delivery", "2026-11-20T12:01:00.000Z"],
    ["1ZB", "out_for_delivery", "2026-11-20T12:02:00.000Z"],
    ["1ZA", "delivered", "2026-11-20T12:03:00.000Z"],
    ["1ZB", "in_transit", "2026-11-20T12:04:00.000Z"],
    ["1ZB", "delivered", "2026-11-20T12:05:00.000Z"],
    ["1ZB", "in_transit", "2026-11-20T12:06:00.000Z"],
  ] as const;
  for (const [index, [trackingNumber, status, at]] of steps.entries()) {
    world.clock.advance(MINUTE);
    await move(status, at, { trackingNumber });
    await decide();
    // The first two decisions are carried out late, and the newer one first.
    if (index !== 0) await perform();
  }
  expect(fulfillment.events.map(({ status }) => status)).toEqual(["out_for_delivery", "delivered"]);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleFulfillmentEvent } from "#app/modules/orders/handle-fulfillment-event.server.ts";
import { handleFulfillmentWebhook } from "#app/modules/orders/handle-fulfillment-webhook.server.ts";
import { performWriteBack } from "#app/modules/orders/perform-write-back.server.ts";
import { eventBody, fulfillmentBody } from "#tests/fixtures/shopify/store-order.ts";
import { openWorld, storeFulfillment, storeOrder, type World } from "./orders-world.ts";
import { type MovingParcels, movingParcels, nativeEvent } from "./write-back-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("our own event coming back", () => {
  const deliver = (shop: MovingParcels) => {
    const event = shop.fulfillment.events.at(-1);
    if (!event) throw new Error("nothing was written");
    const body = eventBody(shop.order, shop.fulfillment, event);
    const { deps, shopId } = shop;
    return handleFulfillmentEvent(deps, { shopId, topic: "fulfillment_events/create", body, triggeredAt: null });
  };

  test("is dropped when its id is known", async () => {
    const shop = await movingParcels(world);
    await performWriteBack(shop.deps, await shop.decided());
    expect(await deliver(shop)).toEqual({ kind: "ignored", reason: "our own event came back" });
    expect(world.nativeEvents.seen.some(({ event }) => event.id.endsWith(shop.fulfillment.events[0]?.id ?? ""))).toBe(
      false,
    );
  });

  test("is dropped when it is faster than the answer, which it stands in for", async () => {
    const shop = await movingParcels(world);
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

  test("is no news about the parcels when it shows on the fulfillment", async () => {
    const shop = await movingParcels(world);
    await performWriteBack(shop.deps, await shop.decided());
    const heard: (string | null)[] = [];
    const parcels = {
      sync: (...[tx, input]: Parameters<typeof shop.deps.parcels.sync>) => {
        heard.push(input.fulfillment.nativeStatus);
        return shop.deps.parcels.sync(tx, input);
      },
    };
    const update = (updatedAt: string) => ({
      ...{ shopId: shop.shopId, topic: "fulfillments/update", triggeredAt: null },
      body: fulfillmentBody(shop.order, { ...shop.fulfillment, updatedAt }),
    });
    await handleFulfillmentWebhook({ ...shop.deps, parcels }, update("2026-11-20T12:05:00Z"));
    shop.fulfillment.nativeStatus = "out_for_delivery";
    await handleFulfillmentWebhook({ ...shop.deps, parcels }, update("2026-11-20T12:06:00Z"));
    expect(heard).toEqual([null, "out_for_delivery"]);
    const row = await shop.inShop((tx) => tx.fulfillment.findFirstOrThrow());
    expect(row.nativeStatus).toBe("out_for_delivery");
  });

  test("is not confused with what others write", async () => {
    const shop = await movingParcels(world);
    await performWriteBack(shop.deps, await shop.decided());
    shop.fulfillment.events.push(nativeEvent("out_for_delivery", "2026-11-20T12:30:00Z"));
    expect(await deliver(shop)).toEqual({ kind: "applied" });
    expect(world.nativeEvents.seen.at(-1)?.event.status).toBe("out_for_delivery");
  });

  test("an event of an unknown fulfillment has its order fetched", async () => {
    const shop = await movingParcels(world);
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

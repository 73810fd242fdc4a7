import type { ShopTx } from "#app/lib/db.server.ts";
import { decideWriteBackFor } from "#app/modules/orders/decide-write-back.server.ts";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { orderBody, type StoreEvent } from "#tests/fixtures/shopify/store-order.ts";
import { openShop, storeFulfillment, storeOrder, type World } from "./orders-world.ts";

export const SCAN = "2026-11-20T11:58:00.000Z";

/** A shop with one order in two parcels, both moving, and write-back switched on. */
export async function movingParcels(world: World, enabled = true) {
  const shop = await openShop(world, { settings: { writeBack: { enabled } } });
  const fulfillment = storeFulfillment({ numbers: ["1ZA", "1ZB"] });
  const order = storeOrder({ fulfillments: [fulfillment] });
  shop.shopify.orders.set(order.id, order);
  const { shopId, deps } = shop;
  await handleOrderWebhook(deps, { shopId, topic: "orders/create", body: orderBody(order), triggeredAt: null });
  const inShop = <T>(work: (tx: ShopTx) => Promise<T>): Promise<T> => deps.db.forShop(shopId, work);
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

export type MovingParcels = Awaited<ReturnType<typeof movingParcels>>;

let events = 600;
/** An event that somebody else wrote. */
export function nativeEvent(status: string, happenedAt: string): StoreEvent {
  return { id: String((events += 1)), status, message: null, happenedAt, createdAt: happenedAt };
}

import type { ShopTx } from "#app/lib/db.server.ts";
import { newestOfEach } from "./newest-of-each.ts";
import { type OriginRule, originOf } from "./origin.ts";
import type { ApplyDeps } from "./orders-deps.ts";
import { withoutOwnEchoes } from "./own-events.server.ts";
import type { FulfillmentSnapshot } from "./snapshot.ts";
import { storedFulfillments, storeFulfillments } from "./store-fulfillments.server.ts";
import type { StoredOrder } from "./store-orders.server.ts";

export interface ApplyFulfillmentsInput {
  shopId: string;
  fulfillments: readonly FulfillmentSnapshot[];
  /** Their orders, locked. */
  orders: ReadonlyMap<string, StoredOrder>;
  rule: OriginRule;
  /** Of two states with the same time, what says "created" is never the newer one. */
  onlyIfNewer?: boolean;
}

export interface FulfillmentsApplied {
  /** Snapshots that were not older than what is stored. */
  current: FulfillmentSnapshot[];
  changedIds: string[];
  /** Fulfillments whose delivery Shopify knows more about than we had heard. */
  newNativeStatus: FulfillmentSnapshot[];
  parcelsCreated: number;
  parcelsRemoved: number;
}

/** Writes fulfillments of known, locked orders, and makes their parcels match. An older snapshot changes nothing. */
export async function applyFulfillments(
  tx: ShopTx,
  deps: ApplyDeps,
  input: ApplyFulfillmentsInput,
): Promise<FulfillmentsApplied> {
  const { shopId, orders, rule } = input;
  const known = await storedFulfillments(
    tx,
    shopId,
    input.fulfillments.map((one) => one.id),
  );
  const current = newestOfEach(input.fulfillments).filter((one) => {
    const stored = known.get(one.id);
    if (!stored) return true;
    if (stored.orderId !== one.orderId) return false;
    return input.onlyIfNewer ? one.updatedAt > stored.sourceUpdatedAt : one.updatedAt >= stored.sourceUpdatedAt;
  });
  const changedIds = await storeFulfillments(tx, {
    shopId,
    now: rule.now,
    fulfillments: current.map((snapshot) => ({ snapshot, origin: originOf(snapshot.createdAt, rule) })),
  });
  const parcels = { parcelsCreated: 0, parcelsRemoved: 0 };
  for (const fulfillment of await withoutOwnEchoes(tx, shopId, current)) {
    const order = orders.get(fulfillment.orderId);
    const result = await deps.parcels.sync(tx, {
      shopId,
      fulfillment,
      orderCancelled: order !== undefined && order.cancelledAt !== null,
      destinationCountry: order?.countryCode ?? null,
      origin: known.get(fulfillment.id)?.origin ?? originOf(fulfillment.createdAt, rule),
    });
    parcels.parcelsCreated += result.created;
    parcels.parcelsRemoved += result.removed;
  }
  const newNativeStatus = current.filter(
    (one) => one.nativeStatus !== null && one.nativeStatus !== (known.get(one.id)?.nativeStatus ?? null),
  );
  return { current, changedIds, newNativeStatus, ...parcels };
}

import type { ShopTx } from "#app/lib/db.server.ts";
import { NotFoundError } from "#app/lib/errors.ts";
import { announceOrders } from "./announce-orders.server.ts";
import { applyFulfillments, type FulfillmentsApplied } from "./apply-fulfillments.server.ts";
import { linkExpiry, newLinkToken } from "./link-token.server.ts";
import { normaliseOrderName } from "./order-name.ts";
import type { ApplyDeps } from "./orders-deps.ts";
import { newestOfEach } from "./newest-of-each.ts";
import { type OriginRule, originOf } from "./origin.ts";
import type { OrderSnapshot, Origin } from "./snapshot.ts";
import { storeCustomerFacts } from "./store-customer-facts.server.ts";
import { storeLines } from "./store-lines.server.ts";
import { lockOrders, type StoredOrder, storeOrders } from "./store-orders.server.ts";
import { storedSnapshots } from "./stored-snapshot.server.ts";

export interface ApplyInput {
  shopId: string;
  /** "import": nothing made before `liveSince` is ever told to a shopper. */
  origin: Origin;
  /** For an import: what was made after its start is news all the same. */
  liveSince?: Date;
  /** Of two states with the same time, what says "created" is never the newer one. */
  onlyIfNewer?: boolean;
}

export interface ApplyResult {
  /** Order rows made or changed. */
  orders: number;
  /** Order, line and fulfillment rows made or changed, and parcels made or removed. */
  changes: number;
  /** Snapshots that were older than what is stored. */
  stale: number;
  parcelsCreated: number;
  newNativeStatus: FulfillmentsApplied["newNativeStatus"];
}

/** Writes what Shopify says about one order. Safe to repeat; an older state never overwrites a newer one. */
export function applyOrder(
  tx: ShopTx,
  deps: ApplyDeps,
  input: ApplyInput & { snapshot: OrderSnapshot },
): Promise<ApplyResult> {
  return applyOrders(tx, deps, { ...input, snapshots: [input.snapshot] });
}

/** The same for a page of orders, in a handful of statements however many they are. */
export async function applyOrders(
  tx: ShopTx,
  deps: ApplyDeps,
  input: ApplyInput & { snapshots: readonly OrderSnapshot[] },
): Promise<ApplyResult> {
  const { shopId } = input;
  const snapshots = new Map(newestOfEach(input.snapshots).map((one) => [one.id, one]));
  const shop = await readShop(tx, shopId);
  const rule = originRule(deps, input, shop.installedAt);
  const before = await lockOrders(tx, shopId, [...snapshots.keys()].sort());
  const current = [...snapshots.values()].filter((one) => isCurrent(one, before.get(one.id), input.onlyIfNewer));
  const changedIds = await storeOrders(tx, {
    shopId,
    now: rule.now,
    orders: current.map((snapshot) => ({
      snapshot: before.get(snapshot.id)?.redactedAt ? withoutPerson(snapshot) : snapshot,
      lookupName: normaliseOrderName(snapshot.name),
      origin: originOf(snapshot.placedAt, rule),
      link: newLinkToken(deps.keys, shopId),
      linkExpiresAt: linkExpiry(snapshot.placedAt),
    })),
  });
  const lines = await storeLines(tx, shopId, current);
  await storeCustomerFacts(tx, shopId, current);
  const after = await lockOrders(tx, shopId, [...snapshots.keys()].sort());
  const done = await applyFulfillments(tx, deps, {
    shopId,
    orders: after,
    rule,
    fulfillments: [...snapshots.values()].flatMap((one) => one.fulfillments ?? []),
    ...(input.onlyIfNewer ? { onlyIfNewer: true } : {}),
  });
  const carried = await carryCancellation(tx, deps, { shopId, before, after, done });
  // A new order, a cancellation, new tags: what is imported is told to nobody.
  const orderIds = input.origin === "live" ? changedIds : [];
  await announceOrders(tx, deps, { shopId, scopes: shop.scopes, orderIds });
  const parcels = done.parcelsCreated + done.parcelsRemoved + carried;
  return {
    orders: changedIds.length,
    changes: changedIds.length + lines + done.changedIds.length + parcels,
    stale: snapshots.size - current.length,
    parcelsCreated: done.parcelsCreated,
    newNativeStatus: done.newNativeStatus,
  };
}

/** Since when the shop has us (null while it has not been opened), and what it lets us see. @throws NotFoundError */
export async function readShop(tx: ShopTx, shopId: string): Promise<{ installedAt: Date | null; scopes: string[] }> {
  const shop = await tx.shop.findUnique({ where: { id: shopId }, select: { installedAt: true, scopes: true } });
  if (!shop) throw new NotFoundError("no such shop");
  return shop;
}

/** Webhooks and reconciliation: news since the install. An import: only what was made after it began. */
export function originRule(
  deps: Pick<ApplyDeps, "clock">,
  input: Pick<ApplyInput, "origin" | "liveSince">,
  installedAt: Date | null,
): OriginRule {
  return { now: deps.clock.now(), liveSince: input.origin === "live" ? installedAt : (input.liveSince ?? null) };
}

function isCurrent(snapshot: OrderSnapshot, stored: StoredOrder | undefined, onlyIfNewer = false): boolean {
  if (!stored) return true;
  return onlyIfNewer ? snapshot.updatedAt > stored.sourceUpdatedAt : snapshot.updatedAt >= stored.sourceUpdatedAt;
}

/** A redacted buyer stays redacted, whatever Shopify still sends. */
function withoutPerson(snapshot: OrderSnapshot): OrderSnapshot {
  const { shipTo } = snapshot;
  return {
    ...snapshot,
    customerId: null,
    email: null,
    phone: null,
    locale: null,
    confirmationNumber: null,
    checkoutToken: null,
    tags: [],
    shipTo: shipTo && { ...shipTo, name: null, city: null, provinceCode: null, postalCode: null, phone: null },
  };
}

/** When a whole order is cancelled (or comes back), its parcels that this message did not mention follow. */
async function carryCancellation(
  tx: ShopTx,
  deps: ApplyDeps,
  input: {
    shopId: string;
    before: ReadonlyMap<string, StoredOrder>;
    after: ReadonlyMap<string, StoredOrder>;
    done: FulfillmentsApplied;
  },
): Promise<number> {
  const handled = new Set(input.done.current.map((one) => one.id));
  let parcels = 0;
  for (const [id, order] of input.after) {
    const earlier = input.before.get(id);
    if (!earlier || (earlier.cancelledAt === null) === (order.cancelledAt === null)) continue;
    const orderCancelled = order.cancelledAt !== null;
    for (const { snapshot: fulfillment, origin } of await storedSnapshots(tx, input.shopId, id)) {
      if (handled.has(fulfillment.id)) continue;
      const result = await deps.parcels.sync(tx, {
        shopId: input.shopId,
        fulfillment,
        orderCancelled,
        destinationCountry: order.countryCode,
        origin,
      });
      parcels += result.created + result.removed;
    }
  }
  return parcels;
}

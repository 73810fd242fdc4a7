import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShopSettings } from "#app/modules/shops/settings.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { writeDay } from "./civil-day.ts";
import type { ForesightDeps } from "./foresight-deps.ts";
import type { PromiseSource } from "./forecast-view.ts";
import type { Holidays } from "./law.ts";
import { localMoment, zoneOfParcel } from "./local-moment.ts";
import { promiseByRule, type RulePromise } from "./promise-rule.ts";

/** An order whose promise is looked at, its row locked. */
export interface OrderRow {
  id: string;
  placedAt: Date;
  countryCode: string | null;
  provinceCode: string | null;
  shippingTitle: string | null;
  promisedOn: string | null;
  promiseSource: string | null;
  unfulfilledSince: Date | null;
  cancelled: boolean;
  shipped: boolean;
  /** Shopify's own date of the first fulfillment; null where it gives none. */
  estimatedAt: Date | null;
  shopZone: string | null;
  shopCountry: string | null;
}

/** Locks orders in the order of their ids. */
export function lockOrders(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<OrderRow[]> {
  return readOrders(tx, { shopId, ids, lock: Prisma.sql`FOR NO KEY UPDATE OF o` });
}

function readOrders(
  tx: ShopTx,
  { shopId, ids, lock }: { shopId: string; ids: readonly string[]; lock: Prisma.Sql },
): Promise<OrderRow[]> {
  return tx.$queryRaw<OrderRow[]>`
    SELECT o.id, o.placed_at AS "placedAt", o.country_code AS "countryCode", o.province_code AS "provinceCode",
      o.shipping_title AS "shippingTitle", o.promised_on AS "promisedOn", o.promise_source AS "promiseSource",
      o.unfulfilled_since AS "unfulfilledSince",
      (o.cancelled_at IS NOT NULL OR o.redacted_at IS NOT NULL OR NOT o.requires_shipping) AS cancelled,
      (o.fulfillment_status = 'fulfilled' OR EXISTS (SELECT 1 FROM fulfillment f
        WHERE f.shop_id = o.shop_id AND f.order_id = o.id AND f.status NOT IN ('cancelled', 'error', 'failure'))) AS shipped,
      (SELECT min(f.estimated_delivery_at) FROM fulfillment f
        WHERE f.shop_id = o.shop_id AND f.order_id = o.id) AS "estimatedAt",
      h.timezone AS "shopZone", h.country_code AS "shopCountry"
    FROM orders o JOIN shop h ON h.id = o.shop_id
    WHERE o.shop_id = ${shopId} AND o.id = ANY (${[...ids]}::text[])
    ORDER BY o.id ${lock}`;
}

export interface OrderPromise {
  on: string;
  source: PromiseSource;
}

/** What the order was promised, and the last day on which it ships in time. */
export function promiseOf(
  order: OrderRow,
  { settings, holidays }: { settings: ShopSettings; holidays: Holidays },
): { promise: OrderPromise | null; rule: RulePromise | null } {
  const zone = order.shopZone ?? "UTC";
  const place = { country: order.countryCode, region: order.provinceCode };
  const { shopCountry, shippingTitle } = order;
  const placed = localMoment(zone, order.placedAt);
  const rule = promiseByRule(settings.promise, { ...place, placed, shopCountry, shippingTitle }, holidays);
  if (order.promisedOn)
    return { promise: { on: order.promisedOn, source: order.promiseSource as PromiseSource }, rule };
  // A date before the order is none: imported fulfillments carry all sorts.
  if (order.estimatedAt && order.estimatedAt > order.placedAt) {
    const { day } = localMoment(zoneOfParcel(place, order.shopZone), order.estimatedAt);
    return { promise: { on: writeDay(day), source: "shopify" }, rule };
  }
  return { promise: rule && { on: writeDay(rule.promiseDay), source: "rule" }, rule };
}

/** Writes promises where there are none yet; a promise once made stays, whatever the rules say later. */
export async function savePromises(
  tx: ShopTx,
  deps: Pick<ForesightDeps, "clock">,
  { shopId, made }: { shopId: string; made: readonly (OrderPromise & { orderId: string })[] },
): Promise<void> {
  if (made.length === 0) return;
  const saved = await tx.$queryRaw<{ id: string }[]>`
    UPDATE orders o SET promised_on = u.day, promise_source = u.source
    FROM unnest(${made.map(({ orderId }) => orderId)}::text[], ${made.map(({ on }) => on)}::text[],
      ${made.map(({ source }) => source)}::text[]) AS u (id, day, source)
    WHERE o.shop_id = ${shopId} AND o.id = u.id AND o.promised_on IS NULL
    RETURNING o.id`;
  const fresh = new Set(saved.map(({ id }) => id));
  const events = made.flatMap(({ orderId, on, source }) =>
    fresh.has(orderId)
      ? [
          {
            type: "order.promised" as const,
            actor: "system" as const,
            subject: { type: "order" as const, id: orderId },
            data: { on, source },
          },
        ]
      : [],
  );
  await recordActivity(tx, deps.clock, shopId, events);
}

interface Promised {
  orderId: string;
  promisedOn: string | null;
  promiseSource: string | null;
}

interface PromiseRules {
  settings: ShopSettings;
  holidays: Holidays;
}

/** The rows with their orders' promises, made now for orders that came before promises were kept. */
export async function freezePromises<Row extends Promised>(
  tx: ShopTx,
  deps: Pick<ForesightDeps, "clock">,
  { shopId, rows, ...rules }: { shopId: string; rows: readonly Row[] } & PromiseRules,
): Promise<Row[]> {
  const ids = withoutPromise(rows);
  if (ids.length === 0) return [...rows];
  const promises = promisesOf(await lockOrders(tx, shopId, ids), rules);
  const made = [...promises].flatMap(([orderId, promise]) => (promise ? [{ orderId, ...promise }] : []));
  await savePromises(tx, deps, { shopId, made });
  return rows.map((row) => withPromise(row, promises));
}

/** The same without freezing anything: what the promises would be. */
export async function readPromises<Row extends Promised>(
  tx: ShopTx,
  { shopId, rows, ...rules }: { shopId: string; rows: readonly Row[] } & PromiseRules,
): Promise<Row[]> {
  const ids = withoutPromise(rows);
  if (ids.length === 0) return [...rows];
  const promises = promisesOf(await readOrders(tx, { shopId, ids, lock: Prisma.empty }), rules);
  return rows.map((row) => withPromise(row, promises));
}

function withoutPromise(rows: readonly Promised[]): string[] {
  return [...new Set(rows.filter((row) => row.promisedOn === null).map(({ orderId }) => orderId))].sort();
}

type Promises = ReadonlyMap<string, OrderPromise | null>;

function promisesOf(orders: readonly OrderRow[], rules: PromiseRules): Promises {
  return new Map(orders.map((order) => [order.id, promiseOf(order, rules).promise]));
}

function withPromise<Row extends Promised>(row: Row, promises: Promises): Row {
  const promise = row.promisedOn === null ? promises.get(row.orderId) : null;
  return promise ? { ...row, promisedOn: promise.on, promiseSource: promise.source } : row;
}

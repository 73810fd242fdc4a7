import type { ShopTx } from "#app/lib/db.server.ts";
import { type CarrierHistory, countHistory } from "#app/modules/carriers/number-shape.ts";

const DAY = 86_400_000;
const DAYS = 90;
/** Parcels looked at: the newest ones tell what a shop does now, and the cost stays the same at any size. */
const NEWEST = 2_000;
/** An import asks for every fulfillment; what a shop's parcels turn out to be changes slowly. */
const FRESH_FOR = 10 * 60_000;
const MAX_CACHED = 500;

const cache = new Map<string, { history: CarrierHistory; until: number }>();

/**
 * Which carriers the shop's parcels of the last 90 days turned out to be with (they have scans), by the shape of their
 * numbers. Reads at most 2,000 rows along the index of creation; may be ten minutes old.
 */
export async function readCarrierHistory(
  tx: ShopTx,
  { shopId, now }: { shopId: string; now: Date },
): Promise<CarrierHistory> {
  const known = cache.get(shopId);
  if (known && known.until > now.getTime()) return known.history;
  const since = new Date(now.getTime() - DAYS * DAY);
  const rows = await tx.$queryRaw<{ trackingNumber: string; carrier: string }[]>`
    SELECT tracking_number AS "trackingNumber", carrier
    FROM (
      SELECT tracking_number, carrier, first_scan_at FROM shipment
      WHERE shop_id = ${shopId} AND created_at > ${since} ORDER BY created_at DESC, id DESC LIMIT ${NEWEST}
    ) newest
    WHERE carrier IS NOT NULL AND first_scan_at IS NOT NULL`;
  const history = countHistory(rows);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(shopId, { history, until: now.getTime() + FRESH_FOR });
  return history;
}

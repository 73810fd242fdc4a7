import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { type AttentionItem, attentionReasons } from "./read-day-numbers.server.ts";

/** Why somebody should look at a parcel; `pickup_ending`: it has waited at a counter for days and goes back. */
export type ProblemReason = AttentionItem["reason"] | "pickup_ending";

export interface ProblemParcel {
  id: string;
  orderName: string;
  trackingNumber: string;
  status: ShipmentStatus;
  since: Date;
}

/** The parcels with one problem. */
export interface ProblemGroup {
  reason: ProblemReason;
  /** How many, counted up to 10,000 … */
  count: number;
  /** … and how many of them for less than a day. */
  fresh: number;
  /** Those that have it longest. */
  parcels: ProblemParcel[];
}

export interface ProblemSearch {
  shopId: string;
  now: Date;
  /** Parcels that are named for each reason. */
  most: number;
}

const DAY_MS = 86_400_000;
const COUNTED_TO = 10_000;
/** What has been so for longer is no news to anybody. */
const FORGOTTEN_AFTER_MS = 30 * DAY_MS;
/** Most counters keep a parcel for seven days. */
const PICKUP_AFTER_MS = 3 * DAY_MS;

interface FoundParcel extends ProblemParcel {
  rank: number;
  count: number;
  fresh: number;
}

/** Everything that is wrong with a shop's parcels now: each once, under the most urgent of its problems. */
export async function readProblems(tx: ShopTx, { shopId, now, most }: ProblemSearch): Promise<ProblemGroup[]> {
  const reasons: (readonly [ProblemReason, Prisma.Sql])[] = [
    ["pickup_ending", pickupEnding(now)],
    ...attentionReasons(shopId, now),
  ];
  const horizon = new Date(now.getTime() - FORGOTTEN_AFTER_MS);
  const parts = reasons.map(
    ([, condition], rank) => Prisma.sql`(
      SELECT s.id, ${rank}::int AS rank FROM shipment s
      WHERE s.shop_id = ${shopId} AND ${condition} AND s.status_since >= ${horizon}
      ORDER BY s.created_at DESC, s.id DESC LIMIT ${COUNTED_TO})`,
  );
  const rows = await tx.$queryRaw<FoundParcel[]>`
    WITH found AS (
      SELECT DISTINCT ON (u.id) u.id, u.rank FROM (${Prisma.join(parts, " UNION ALL ")}) u ORDER BY u.id, u.rank
    ), dated AS (
      SELECT f.id, f.rank, coalesce(t.since, s.status_since) AS since FROM found f
        JOIN shipment s ON s.shop_id = ${shopId} AND s.id = f.id
        LEFT JOIN parcel_forecast p ON p.shop_id = s.shop_id AND p.shipment_id = s.id
        LEFT JOIN LATERAL (SELECT (e->>'since')::timestamptz AS since FROM jsonb_array_elements(p.troubles) e
          WHERE e->>'kind' = (${reasons.map(([reason]) => reason)}::text[])[f.rank + 1] LIMIT 1) t ON true
    ), placed AS (
      SELECT d.*, count(*) OVER w AS count,
        count(*) FILTER (WHERE d.since > ${new Date(now.getTime() - DAY_MS)}) OVER w AS fresh,
        row_number() OVER (PARTITION BY d.rank ORDER BY d.since, d.id) AS place
      FROM dated d WINDOW w AS (PARTITION BY d.rank)
    )
    SELECT d.id, d.rank, d.since, d.count::int, d.fresh::int, s.status, s.tracking_number AS "trackingNumber",
      o.name AS "orderName"
    FROM placed d JOIN shipment s ON s.shop_id = ${shopId} AND s.id = d.id
      JOIN orders o ON o.shop_id = s.shop_id AND o.id = s.order_id
    WHERE d.place <= ${most} ORDER BY d.rank, d.place`;
  return reasons.flatMap(([reason], rank) => {
    const parcels = rows.filter((row) => row.rank === rank);
    const [first] = parcels;
    return first ? [{ reason, count: first.count, fresh: first.fresh, parcels: parcels.map(toParcel) }] : [];
  });
}

function pickupEnding(now: Date): Prisma.Sql {
  const since = new Date(now.getTime() - PICKUP_AFTER_MS);
  return Prisma.sql`s.status = 'available_for_pickup' AND s.lifecycle = 'active' AND s.status_since < ${since}`;
}

const toParcel = ({ id, orderName, trackingNumber, status, since }: FoundParcel): ProblemParcel => {
  return { id, orderName, trackingNumber, status, since };
};

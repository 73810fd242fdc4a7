import type { ShopTx } from "#app/lib/db.server.ts";
import type { Thresholds } from "./detect-trouble.ts";
import { thresholdsOf } from "./foresee-parcel.ts";
import { loadLearnt } from "./law-store.server.ts";

/** What the detectors go by in a shop, but for what the merchant wishes. */
export interface ShopThresholds {
  thresholds: Thresholds;
  /** Those that its own history has chosen; the others are the usual ones. */
  fromHistory: (keyof Thresholds)[];
}

export async function readThresholds(tx: ShopTx, shopId: string): Promise<ShopThresholds> {
  const { knowledge } = await loadLearnt(tx, shopId);
  const fromHistory = Object.keys(knowledge.chosen) as (keyof typeof knowledge.chosen)[];
  return { thresholds: thresholdsOf(knowledge), fromHistory };
}

/** How many parcels on their way a chance of being late would flag now, of how many. */
export interface FlagShare {
  flagged: number;
  onTheWay: number;
}

/** Parcels that the question looks at: the latest are enough to tell a flood. */
const LOOKED_AT = 20_000;

/** What a chance would flag among the parcels that have not arrived and whose promised day has not passed. */
export async function readFlagShare(tx: ShopTx, shopId: string, probability: number): Promise<FlagShare> {
  const rows = await tx.$queryRaw<FlagShare[]>`
    SELECT (count(*) FILTER (WHERE p.late_probability >= ${probability}))::int AS flagged, count(*)::int AS "onTheWay"
    FROM (SELECT f.late_probability FROM parcel_clock c
        JOIN parcel_forecast f ON f.shop_id = c.shop_id AND f.shipment_id = c.shipment_id
      WHERE c.shop_id = ${shopId} AND f.late_probability IS NOT NULL AND NOT 'delayed' = ANY (f.trouble_kinds)
      ORDER BY c.shipment_id DESC LIMIT ${LOOKED_AT}) p`;
  return rows[0] ?? { flagged: 0, onTheWay: 0 };
}

/** Where more than a quarter of the parcels is flagged, the flag says nothing; few parcels are no flood. */
const FLOOD_SHARE = 0.25;
const FEWEST_FLAGS = 20;

/** Whether a threshold would flag so many parcels that nobody could look at them. */
export function wouldFlood({ flagged, onTheWay }: FlagShare): boolean {
  return flagged >= FEWEST_FLAGS && flagged > onTheWay * FLOOD_SHARE;
}

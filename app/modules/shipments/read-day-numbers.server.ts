import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import type { ShopDay } from "./civil-days.ts";
import { inTrouble, unscannedCondition } from "./index-conditions.server.ts";
import { INDEX_TABS, type IndexTab, TAB_STATUSES } from "./index-query.ts";

/** Counting stops here: a page needs "10,000 and more", and a count must not cost more the bigger the shop is. */
const COUNTED_TO = 10_000;

/**
 * How many parcels each tab holds, each counted up to COUNTED_TO. The order does not matter to a count, but it alone makes
 * PostgreSQL read the index of the status: with nothing but the limit it expects to find enough in the table at once, and
 * reads a large shop's whole table for every status that few parcels have.
 */
export async function readTabCounts(tx: ShopTx, shopId: string): Promise<Record<IndexTab, number>> {
  const statuses = Object.values(TAB_STATUSES).flat();
  const rows = await tx.$queryRaw<{ status: ShipmentStatus; count: number }[]>`
    SELECT u.status, (SELECT count(*)::int FROM (
      SELECT 1 FROM shipment s WHERE s.shop_id = ${shopId} AND s.status = u.status AND s.lifecycle <> 'removed'
      ORDER BY s.created_at DESC, s.id DESC LIMIT ${COUNTED_TO}) counted) AS count
    FROM unnest(${[...statuses]}::text[]) AS u (status)`;
  const counts = new Map(rows.map(({ status, count }) => [status, count]));
  const sum = (list: readonly ShipmentStatus[]) => list.reduce((total, status) => total + (counts.get(status) ?? 0), 0);
  const risk = await countTroubled(tx, shopId);
  const ofTab = (tab: IndexTab) => {
    if (tab === "risk") return risk.all;
    const named = sum(tab === "all" ? statuses : TAB_STATUSES[tab]);
    return Math.min(COUNTED_TO, named + (tab === "attention" ? risk.elsewhere : 0));
  };
  return Object.fromEntries(INDEX_TABS.map((tab) => [tab, ofTab(tab)])) as Record<IndexTab, number>;
}

/** Parcels in trouble: all of them, and those that no status of the tab "attention" names. */
async function countTroubled(tx: ShopTx, shopId: string): Promise<{ all: number; elsewhere: number }> {
  const rows = await tx.$queryRaw<{ all: number; elsewhere: number }[]>`
    SELECT count(*)::int AS all, (count(*) FILTER (WHERE s.elsewhere))::int AS elsewhere FROM (
      SELECT s.status NOT IN (${Prisma.join([...TAB_STATUSES.attention])}) AS elsewhere FROM shipment s
      WHERE s.shop_id = ${shopId} AND ${inTrouble(shopId)} AND s.lifecycle <> 'removed' LIMIT ${COUNTED_TO}) s`;
  return rows[0] ?? { all: 0, elsewhere: 0 };
}

export interface DeliveredNumbers {
  today: number;
  yesterday: number;
}

/** Parcels delivered today and yesterday, by the civil date of the delivery. */
export async function readDelivered(tx: ShopTx, shopId: string, day: ShopDay): Promise<DeliveredNumbers> {
  const rows = await tx.$queryRaw<{ on: string; count: number }[]>`
    SELECT f.happened_on AS "on", count(*)::int AS count
    FROM fact f JOIN shipment s ON s.shop_id = f.shop_id AND s.id = f.subject_id
    WHERE f.shop_id = ${shopId} AND f.kind = 'shipment.delivered' AND f.happened_on IN (${day.today}, ${day.yesterday})
      AND s.status = 'delivered' AND s.lifecycle <> 'removed'
    GROUP BY f.happened_on`;
  const of = (date: string) => rows.find((row) => row.on === date)?.count ?? 0;
  return { today: of(day.today), yesterday: of(day.yesterday) };
}

/** One parcel that somebody should look at, and why. */
export interface AttentionItem {
  id: string;
  orderName: string;
  status: ShipmentStatus;
  subStatus: string | null;
  statusSince: Date;
  carrier: string | null;
  trackingNumber: string;
  reason:
    "attempted" | "exception" | "returned" | "suspected_lost" | "delayed" | "delay_predicted" | "stalled" | "unscanned";
}

const REASONS: readonly [AttentionItem["reason"], Prisma.Sql][] = [
  ["attempted", Prisma.sql`s.status = 'delivery_attempted' AND s.lifecycle = 'active'`],
  ["exception", Prisma.sql`s.status = 'exception' AND s.lifecycle = 'active'`],
  ["returned", Prisma.sql`s.status = 'return_to_sender' AND s.lifecycle = 'active'`],
];

/** Parcels in trouble that the few of a reason are taken from. */
const LATEST = 500;

/** Foresight's, the most urgent first; a label that nobody scans has a reason of its own. */
const TROUBLES = ["suspected_lost", "delayed", "delay_predicted", "stalled"] as const;

/** What a parcel can be looked at for, and how it is found, the most urgent first. */
export function attentionReasons(shopId: string, now: Date): (readonly [AttentionItem["reason"], Prisma.Sql])[] {
  const foreseen = TROUBLES.map((kind) => [kind, inTrouble(shopId, kind, LATEST)] as const);
  return [...REASONS, ...foreseen, ["unscanned", unscannedCondition(now)] as const];
}

/** The newest few of each reason, each parcel once, the most urgent reason first: a failed attempt can still be saved today. */
export async function readAttention(
  tx: ShopTx,
  { shopId, now, perReason }: { shopId: string; now: Date; perReason: number },
): Promise<AttentionItem[]> {
  const parts = attentionReasons(shopId, now).map(
    ([reason, condition], rank) => Prisma.sql`(
      SELECT s.id, s.shop_id, s.order_id, s.status, s.sub_status, s.status_since, s.carrier, s.tracking_number,
        ${reason} AS reason, ${rank}::int AS rank
      FROM shipment s WHERE s.shop_id = ${shopId} AND ${condition}
      ORDER BY s.created_at DESC, s.id DESC LIMIT ${perReason})`,
  );
  return tx.$queryRaw<AttentionItem[]>`
    SELECT s.id, o.name AS "orderName", s.status, s.sub_status AS "subStatus", s.status_since AS "statusSince", s.carrier,
      s.tracking_number AS "trackingNumber", s.reason
    FROM (SELECT DISTINCT ON (u.id) u.* FROM (${Prisma.join(parts, " UNION ALL ")}) u ORDER BY u.id, u.rank) s JOIN orders o ON o.shop_id = s.shop_id AND o.id = s.order_id
    ORDER BY s.rank, s.status_since DESC, s.id`;
}

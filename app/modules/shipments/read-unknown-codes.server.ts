import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";

/** A code of a carrier that neither we nor the merchant can read. */
export interface UnknownCode {
  /** Our id of the carrier or aggregator that sent it. */
  carrier: string;
  code: string;
  /** The carrier's words on the newest such scan: third-party text. */
  words: string | null;
  /** Counted up to UNKNOWN_CODE_COUNT, over the newest parcels. */
  scans: number;
  parcels: number;
  lastSeenAt: Date;
}

export interface CodeMappingView {
  id: string;
  carrier: string;
  code: string;
  status: string;
  subStatus: string | null;
  words: string | null;
  /** Being taken back. */
  undoing: boolean;
  /** Stored scans are still being read again. */
  busy: boolean;
  /** Parcels read again so far. */
  parcels: number;
  createdAt: Date;
}

/** Codes that one page shows. */
const MAX_CODES = 200;
/** Scans of one code that are counted; beyond that the page says "more than". */
export const UNKNOWN_CODE_COUNT = 1_000;

/**
 * The codes nobody can read, the most frequent first. Counts a bounded stretch of the partial index for each, so it costs
 * the same in a large shop as in a small one.
 */
export async function readUnknownCodes(tx: ShopTx, shopId: string): Promise<UnknownCode[]> {
  const rows = await tx.$queryRaw<UnknownCode[]>`
    ${unread(shopId)}
    SELECT u.carrier, u.code, counted.scans, counted.parcels, counted.last_seen_at AS "lastSeenAt", newest.words
    FROM unread u CROSS JOIN LATERAL (
      SELECT count(*)::int AS scans, count(DISTINCT n.shipment_id)::int AS parcels, max(n.received_at) AS last_seen_at
      FROM (
        SELECT e.shipment_id, e.received_at FROM tracking_event e
        WHERE e.shop_id = ${shopId} AND e.unknown_code AND e.carrier = u.carrier AND e.code = u.code
        ORDER BY e.shipment_id DESC, e.received_at DESC LIMIT ${UNKNOWN_CODE_COUNT}
      ) n
    ) counted CROSS JOIN LATERAL (
      SELECT e.description AS words FROM tracking_event e
      WHERE e.shop_id = ${shopId} AND e.unknown_code AND e.carrier = u.carrier AND e.code = u.code
      ORDER BY e.shipment_id DESC, e.received_at DESC LIMIT 1
    ) newest
    ORDER BY counted.parcels DESC, counted.last_seen_at DESC, u.carrier, u.code`;
  return rows;
}

/** How many codes nobody can read, up to MAX_CODES: no more than a few index look-ups each. */
export async function countUnknownCodes(tx: ShopTx, shopId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ codes: number }[]>`${unread(shopId)} SELECT count(*)::int AS codes FROM unread`;
  return row?.codes ?? 0;
}

/** `unread (carrier, code)`: jumps from code to code through the partial index, however many scans each has. */
function unread(shopId: string): Prisma.Sql {
  return Prisma.sql`
    WITH RECURSIVE codes AS (
      (SELECT e.carrier, e.code FROM tracking_event e
       WHERE e.shop_id = ${shopId} AND e.unknown_code AND e.code IS NOT NULL ORDER BY e.carrier, e.code LIMIT 1)
      UNION ALL
      SELECT next.carrier, next.code FROM codes c CROSS JOIN LATERAL (
        SELECT e.carrier, e.code FROM tracking_event e
        WHERE e.shop_id = ${shopId} AND e.unknown_code AND e.code IS NOT NULL AND (e.carrier, e.code) > (c.carrier, c.code)
        ORDER BY e.carrier, e.code LIMIT 1
      ) next
    ), unread AS (
      SELECT c.carrier, c.code FROM codes c
      WHERE NOT EXISTS (SELECT 1 FROM code_mapping m
        WHERE m.shop_id = ${shopId} AND m.carrier = c.carrier AND m.code = c.code)
      LIMIT ${MAX_CODES}
    )`;
}

/** What the merchant has said about codes, newest first, those being taken back included. */
export async function readCodeMappings(tx: ShopTx, shopId: string): Promise<CodeMappingView[]> {
  return tx.$queryRaw<CodeMappingView[]>`
    SELECT m.id, m.carrier, m.code, m.status, m.sub_status AS "subStatus", m.removed_at IS NOT NULL AS undoing,
      m.state = 'applying' AS busy, m.parcels, m.created_at AS "createdAt", newest.words
    FROM code_mapping m LEFT JOIN LATERAL (
      SELECT e.description AS words FROM tracking_event e
      WHERE e.shop_id = ${shopId} AND e.unknown_code AND e.carrier = m.carrier AND e.code = m.code
      ORDER BY e.shipment_id DESC, e.received_at DESC LIMIT 1
    ) newest ON true
    WHERE m.shop_id = ${shopId} AND NOT (m.removed_at IS NOT NULL AND m.state = 'settling')
    ORDER BY m.created_at DESC, m.id LIMIT ${MAX_CODES}`;
}

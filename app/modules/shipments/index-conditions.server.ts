import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { endOfDay, shopDay, startOfDay } from "./civil-days.ts";
import { type IndexQuery, type Problem, type Risk, TAB_STATUSES } from "./index-query.ts";
import { endOfPrefix, searchTerms } from "./search-terms.ts";

/** Whose list it is, and what "today" means for it. */
export interface IndexScope {
  shopId: string;
  timezone: string;
  now: Date;
}

/** Parcels that a search looks at, at most: enough to page through, few enough to stay quick. */
const MAX_HITS = 500;
/** A name may stand anywhere in the text, which no index helps with: only so many of the newest orders are looked through. */
const NAMES_IN = 20_000;
/** A label without a scan for so long is worth a look. */
export const UNSCANNED_AFTER_MS = 3 * 86_400_000;

/** What every row of the list must fulfil, apart from the tab and the place in the list. */
export function indexConditions(scope: IndexScope, query: IndexQuery): Prisma.Sql[] {
  const { shopId, timezone, now } = scope;
  const conditions = [Prisma.sql`s.shop_id = ${shopId}`, Prisma.sql`s.lifecycle <> 'removed'`];
  if (query.carrier) conditions.push(Prisma.sql`s.carrier = ${query.carrier}`);
  if (query.country) conditions.push(Prisma.sql`s.country_code = ${query.country}`);
  if (query.from) conditions.push(Prisma.sql`s.created_at >= ${startOfDay(query.from, timezone)}`);
  if (query.to) conditions.push(Prisma.sql`s.created_at < ${endOfDay(query.to, timezone)}`);
  if (query.problem) conditions.push(...problemConditions(query.problem, now));
  if (query.risk) conditions.push(inTrouble(shopId, query.risk));
  if (query.day) {
    const day = shopDay(timezone, now)[query.day];
    conditions.push(Prisma.sql`s.id IN (SELECT f.subject_id FROM fact f
      WHERE f.shop_id = ${shopId} AND f.kind = 'shipment.delivered' AND f.happened_on = ${day})`);
  }
  if (query.scored) conditions.push(scoredIn(shopId, query.scored));
  if (query.scan) conditions.push(Prisma.sql`s.id IN (${withCode(shopId, query.scan)})`);
  if (query.q) conditions.push(Prisma.sql`s.id IN (${hits(shopId, query.q)})`);
  return conditions;
}

/** Of these a trouble is over, seconds before foresight takes it away: no row has a badge for it, and none is counted. */
const OVER: readonly ShipmentStatus[] = ["delivered", "cancelled", "expired", "return_to_sender"];

/** Parcels in trouble that a list looks at, the newest: when more are, none of them is news. */
const MOST_IN_TROUBLE = 10_000;

/**
 * Parcels with which something is wrong now, from an index that holds no others. They are found first, as an array:
 * joined, PostgreSQL expects to meet them soon among the newest, and reads a large shop's whole list when they are old.
 */
export function inTrouble(shopId: string, risk: Risk = "any", most = MOST_IN_TROUBLE): Prisma.Sql {
  const kind = risk === "any" ? Prisma.empty : Prisma.sql`AND ${risk} = ANY (p.trouble_kinds)`;
  return Prisma.sql`s.id = ANY (ARRAY(SELECT p.shipment_id FROM parcel_forecast p
    WHERE p.shop_id = ${shopId} AND p.trouble_kinds <> '{}' ${kind}
    ORDER BY p.shipment_id DESC LIMIT ${most})) AND s.status NOT IN (${Prisma.join(OVER)})`;
}

/** Parcels in trouble that the statuses of the tab "attention" do not name already: with them, each is there once. */
export function troubledElsewhere(shopId: string): Prisma.Sql {
  return Prisma.sql`${inTrouble(shopId)}
    AND s.status NOT IN (${Prisma.join([...TAB_STATUSES.attention])})`;
}

/** The newest parcels in the scores of some weeks, from an index that holds no others. */
function scoredIn(shopId: string, scored: string): Prisma.Sql {
  const [from = "", to] = scored.split("_");
  const until = to === undefined ? Prisma.empty : Prisma.sql`AND p.score_week <= ${to}`;
  return Prisma.sql`s.id = ANY (ARRAY(SELECT p.shipment_id FROM parcel_forecast p
    WHERE p.shop_id = ${shopId} AND p.score_week >= ${from} ${until}
    ORDER BY p.shipment_id DESC LIMIT ${MOST_IN_TROUBLE}))`;
}

/** The newest parcels with such a scan, from the partial index of unknown codes. */
function withCode(shopId: string, scan: string): Prisma.Sql {
  const at = scan.indexOf(":");
  return Prisma.sql`SELECT e.shipment_id FROM tracking_event e WHERE e.shop_id = ${shopId} AND e.unknown_code
    AND e.carrier = ${scan.slice(0, at)} AND e.code = ${scan.slice(at + 1)} ORDER BY e.shipment_id DESC LIMIT ${MAX_HITS}`;
}

/** Parcels whose label nobody has scanned for days; of those that Shopify calls delivered nobody asks any more. */
export function unscannedCondition(now: Date): Prisma.Sql {
  const before = new Date(now.getTime() - UNSCANNED_AFTER_MS);
  return Prisma.sql`s.status IN ('unknown', 'pre_transit') AND s.lifecycle = 'active' AND s.created_at < ${before}
    AND s.stop_reason IS DISTINCT FROM 'delivered'`;
}

function problemConditions(problem: Problem, now: Date): Prisma.Sql[] {
  if (problem === "unscanned") return [unscannedCondition(now)];
  if (problem === "unchecked") return [Prisma.sql`s.stop_reason IN ('no_account', 'auth_failed')`];
  return [Prisma.sql`${problem} = ANY (s.flags)`];
}

/**
 * Parcels whose number, order or buyer begins with the text, from three indexes, and those whose recipient's name contains
 * it. The ranges are written out: under row-level security PostgreSQL uses no index for LIKE, because LIKE is not leakproof.
 */
function hits(shopId: string, search: string): Prisma.Sql {
  const terms = searchTerms(search);
  const parts: Prisma.Sql[] = [ofOrders(shopId, namedLike(shopId, search))];
  if (terms.trackingNumber !== null) {
    parts.push(Prisma.sql`(SELECT t.id FROM shipment t WHERE t.shop_id = ${shopId}
      AND ${prefixRange(Prisma.sql`t.tracking_number`, terms.trackingNumber)} LIMIT ${MAX_HITS})`);
  }
  // Orders are stored without the letters in front of their number (orders/order-name).
  const orderName = terms.orderName?.replace(/^\p{L}+/u, "");
  if (orderName) parts.push(ofOrders(shopId, named(shopId, "lookup_name", orderName)));
  if (terms.email !== null) parts.push(ofOrders(shopId, named(shopId, "email", terms.email)));
  return Prisma.join(parts, " UNION ");
}

function named(shopId: string, column: "lookup_name" | "email", prefix: string): Prisma.Sql {
  const name = Prisma.raw(`o.${column}`);
  return Prisma.sql`SELECT o.id FROM orders o WHERE o.shop_id = ${shopId} AND ${prefixRange(name, prefix)} LIMIT ${MAX_HITS}`;
}

function namedLike(shopId: string, text: string): Prisma.Sql {
  const pattern = `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return Prisma.sql`SELECT o.id FROM (
      SELECT id, recipient_name FROM orders WHERE shop_id = ${shopId} ORDER BY placed_at DESC, id LIMIT ${NAMES_IN}
    ) o WHERE o.recipient_name ILIKE ${pattern} LIMIT ${MAX_HITS}`;
}

function ofOrders(shopId: string, orders: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT t.id FROM (${orders}) found
    JOIN shipment t ON t.shop_id = ${shopId} AND t.order_id = found.id LIMIT ${MAX_HITS})`;
}

function prefixRange(column: Prisma.Sql, prefix: string): Prisma.Sql {
  return Prisma.sql`${column} ~>=~ ${prefix} AND ${column} ~<~ ${endOfPrefix(prefix)}`;
}

import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { DecisionBook } from "../decision-book.ts";
import { messageBook } from "../message-book.ts";
import { readShopSituation } from "../situation/shop-situation.server.ts";
import type { ShopSituation } from "../situation.ts";
import { type ComparedMessage, compareRuns } from "./compare-runs.ts";
import { finishRehearsal } from "./finish-rehearsal.server.ts";
import type { ForecastReplay } from "./forecast-replay.ts";
import { loadPastOrders } from "./load-past-orders.server.ts";
import type { PastOrder } from "./past-order.ts";
import type { PriceTexts } from "./price-rehearsed.server.ts";
import { REHEARSAL_LIMITS, type RehearsalRequest, rehearsalRequest } from "./rehearsal-request.ts";
import { rehearseOrder } from "./rehearse-order.ts";
import { writeRehearsed } from "./write-rehearsed.server.ts";

export interface RehearsalDeps {
  db: Database;
  clock: Clock;
  keys: KeyRing;
  /** What would have been foreseen along the way. */
  forecasts: ForecastReplay;
  /** What the texts would have cost. */
  priceTexts: PriceTexts;
}

export interface RehearsalKey {
  shopId: string;
  dryRunId: string;
}

/** Orders in one transaction. */
const CHUNK = 50;
/** A job gives way to others after this. */
const TURN_MS = 20_000;

/**
 * Rehearses for a while. @returns whether there is more to do. Killed at any point, it goes on where it was; it writes
 * nothing but its own tables.
 */
export async function continueRehearsal(
  deps: RehearsalDeps,
  key: RehearsalKey,
  book: DecisionBook = messageBook,
): Promise<boolean> {
  const until = deps.clock.now().getTime() + TURN_MS;
  for (;;) {
    const more = await deps.db.forShop(key.shopId, (tx) => rehearseChunk(tx, deps, key, book));
    if (!more || deps.clock.now().getTime() >= until) return more;
  }
}

/** Marks a rehearsal that cannot go on. */
export async function failRehearsal(
  deps: Pick<RehearsalDeps, "db" | "clock">,
  { shopId, dryRunId }: RehearsalKey,
  error: string,
): Promise<void> {
  const data = { state: "failed", error, finishedAt: deps.clock.now() };
  await deps.db.forShop(shopId, (tx) =>
    tx.dryRun.updateMany({ where: { shopId, id: dryRunId, state: { in: ["queued", "running"] } }, data }),
  );
}

async function rehearseChunk(
  tx: ShopTx,
  deps: RehearsalDeps,
  { shopId, dryRunId }: RehearsalKey,
  book: DecisionBook,
): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM dry_run WHERE shop_id = ${shopId} AND id = ${dryRunId} FOR UPDATE`;
  const run = await tx.dryRun.findUnique({ where: { shopId_id: { shopId, id: dryRunId } } });
  if (!run || (run.state !== "queued" && run.state !== "running")) return false;
  const asked = rehearsalRequest.parse(run.asked);
  const total = run.ordersTotal ?? (await countOrders(tx, shopId, asked));
  const done = run.ordersDone;
  const written = await tx.dryRunMessage.count({ where: { shopId, dryRunId } });
  if (done >= total || written >= REHEARSAL_LIMITS.messages) {
    await finishRehearsal(tx, deps, { shopId, dryRunId, to: asked.to, total, done });
    return false;
  }
  const orderIds = await readOrderIds(tx, shopId, { asked, skip: done });
  const pasts = await loadPastOrders(tx, deps, { shopId, orderIds, from: asked.from, to: asked.to });
  const shop = await readShopSituation(tx, shopId);
  const rows = pasts.flatMap((past) =>
    rehearseBoth(past, { shop, asked, book }).map((compared) => ({ order: past.today, ...compared })),
  );
  await writeRehearsed(tx, { shopId, dryRunId, firstPosition: written, zone: shop.zone, rows });
  const data = { state: "running", ordersTotal: total, ordersDone: Math.min(total, done + CHUNK) };
  await tx.dryRun.update({ where: { shopId_id: { shopId, id: dryRunId } }, data });
  return true;
}

/**
 * As if the shop had gone live at the beginning, and texts were switched on: what they cost is asked before that is done.
 */
function rehearseBoth(
  past: PastOrder,
  { shop, asked, book }: { shop: ShopSituation; asked: RehearsalRequest; book: DecisionBook },
): ComparedMessage[] {
  const { from, to, rules, published } = asked;
  const open: ShopSituation = {
    ...{ ...shop, closed: null, liveSince: from },
    channels: [...new Set([...shop.channels, "sms" as const])],
  };
  const run = (given: RehearsalRequest["rules"]) => rehearseOrder(past, { shop: open, rules: given, from, to }, book);
  return compareRuns(run(withoutStamps(rules)), published && run(withoutStamps(published)));
}

/** When an event was switched on live says nothing about what its rules would have done. */
function withoutStamps(rules: RehearsalRequest["rules"]): RehearsalRequest["rules"] {
  const events = Object.entries(rules.events).map(([kind, event]) => [kind, { ...event, onSince: null }] as const);
  return { ...rules, events: Object.fromEntries(events) };
}

/** Orders of which anything can have happened in that time. */
async function countOrders(tx: ShopTx, shopId: string, { from, to }: RehearsalRequest): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM orders o WHERE o.shop_id = ${shopId} AND o.placed_at <= ${to}
        AND (o.placed_at >= ${from} OR EXISTS (SELECT 1 FROM shipment s
          WHERE s.shop_id = o.shop_id AND s.order_id = o.id AND s.last_event_at >= ${from}))
      LIMIT ${REHEARSAL_LIMITS.orders}::int) found`;
  return row?.count ?? 0;
}

/** The newest first: what is left out of a long history is its oldest part. */
async function readOrderIds(
  tx: ShopTx,
  shopId: string,
  { asked: { from, to }, skip }: { asked: RehearsalRequest; skip: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM orders o WHERE o.shop_id = ${shopId} AND o.placed_at <= ${to}
      AND (o.placed_at >= ${from} OR EXISTS (SELECT 1 FROM shipment s
        WHERE s.shop_id = o.shop_id AND s.order_id = o.id AND s.last_event_at >= ${from}))
    ORDER BY o.placed_at DESC, o.id LIMIT ${CHUNK}::int OFFSET ${skip}::int`;
  return rows.map(({ id }) => id);
}

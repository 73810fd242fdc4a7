import { z } from "zod";
import { enqueue, enqueueAll } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { applyOrders } from "./apply-order.server.ts";
import type { OrdersDeps } from "./orders-deps.ts";
import { type OrdersPage, readOrdersPage } from "./read-orders-page.server.ts";
import { nextWalkAt, OVERLAP_MS, RECONCILE_MARK, retryWalkAt } from "./reconcile-schedule.ts";
import { reportProblems } from "./report-problems.server.ts";

/** Pages of one run; a longer walk goes on from its cursor at the next sweep. */
const PAGES_PER_RUN = 10;
const PAGE_TIMEOUT_MS = 60_000;
/** An import whose job was lost is taken up again after this long without a sign of life. */
const STALLED_IMPORT_MS = 20 * 60_000;

export type ReconcileOutcome =
  /** Everything changed since the mark has been compared; `changes` rows were healed. */
  | { kind: "finished"; ordersSeen: number; changes: number }
  | { kind: "continues"; ordersSeen: number; changes: number }
  | { kind: "postponed"; reason: string }
  | { kind: "no_mark" };

const noteSchema = z.object({
  /** A walk that spans several runs: what it asks for, when it began, what it has seen. */
  walk: z.object({ query: z.string(), startedAt: z.coerce.date(), ordersSeen: z.number() }).nullable().default(null),
  quietSince: z.coerce.date().nullable().default(null),
  failures: z.number().default(0),
});
type Note = z.infer<typeof noteSchema>;

interface Walk {
  shopId: string;
  query: string;
  startedAt: Date;
  /** Where the mark stood when this run began. */
  from: Date | null;
  cursor: string | null;
  ordersSeen: number;
  changes: number;
  note: Note;
}

/**
 * Compares one shop with Shopify: every order changed since the mark (and a little before it) is read and applied like a
 * webhook, so that what was dropped is healed and what is known changes nothing. Safe to run twice.
 */
export async function reconcileOrders(deps: OrdersDeps, { shopId }: { shopId: string }): Promise<ReconcileOutcome> {
  const walk = await beginWalk(deps, shopId);
  if (walk === null) return { kind: "no_mark" };
  for (let page = 0; page < PAGES_PER_RUN; page += 1) {
    const read = await readOrdersPage(deps, { ...walk, walk: "by_change" });
    switch (read.kind) {
      case "ok":
        await savePage(deps, walk, read.page);
        if (read.page.nextCursor === null) return finish(deps, walk);
        walk.cursor = read.page.nextCursor;
        break;
      case "throttled":
        return postpone(deps, walk, { reason: read.kind, seconds: read.retryAfterSeconds });
      case "unavailable":
        return postpone(deps, walk, { reason: read.message });
      case "unauthorised":
        return postpone(deps, walk, { reason: read.kind });
      case "refused":
        deps.log.error({ shopId, reason: read.message }, "reconciliation refused");
        // A cursor may be what is refused: the next walk starts afresh.
        return postpone(deps, { ...walk, cursor: null }, { reason: read.message });
    }
  }
  await saveMark(deps, walk, { dueAt: deps.clock.now() });
  return { kind: "continues", ordersSeen: walk.ordersSeen, changes: walk.changes };
}

function beginWalk(deps: OrdersDeps, shopId: string): Promise<Walk | null> {
  return deps.db.forShop(shopId, async (tx) => {
    const now = deps.clock.now();
    const mark = await tx.syncMark.findUnique({ where: { shopId_name: { shopId, name: RECONCILE_MARK } } });
    if (!mark) return null;
    await wakeStalledImport(tx, deps, shopId);
    const note = noteSchema.catch({ walk: null, quietSince: null, failures: 0 }).parse(mark.note ?? {});
    if (mark.cursor !== null && note.walk !== null) {
      return { shopId, ...note.walk, from: mark.upTo, cursor: mark.cursor, changes: 0, note };
    }
    const since = new Date((mark.upTo ?? now).getTime() - OVERLAP_MS);
    const query = `updated_at:>='${since.toISOString()}'`;
    return { shopId, query, startedAt: now, from: mark.upTo, cursor: null, ordersSeen: 0, changes: 0, note };
  });
}

async function wakeStalledImport(tx: ShopTx, deps: OrdersDeps, shopId: string): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - STALLED_IMPORT_MS);
  const stalled = await tx.importRun.findFirst({
    where: { shopId, state: "running", updatedAt: { lt: before } },
    select: { id: true },
  });
  if (stalled) await enqueue({ queue: deps.queue, tx }, "orders.import", { shopId, importId: stalled.id });
}

async function savePage(deps: OrdersDeps, walk: Walk, page: OrdersPage): Promise<void> {
  const { shopId } = walk;
  reportProblems(deps.log, { shopId, topic: "orders.reconcile" }, page.problems);
  await deps.db.forShop(
    shopId,
    async (tx) => {
      const applied = await applyOrders(tx, deps, { shopId, snapshots: page.snapshots, origin: "live" });
      // A delivery event whose webhook was dropped shows as a native status that is news to us.
      const behind = applied.newNativeStatus.map((fulfillment) => fulfillment.orderId);
      const payloads = [...new Set([...page.truncatedIds, ...behind])].map((orderId) => ({ shopId, orderId }));
      await enqueueAll({ queue: deps.queue, tx }, "orders.refresh", payloads);
      walk.changes += applied.changes;
    },
    { timeout: PAGE_TIMEOUT_MS },
  );
  walk.ordersSeen += page.snapshots.length;
}

async function finish(deps: OrdersDeps, walk: Walk): Promise<ReconcileOutcome> {
  const now = deps.clock.now();
  const { ordersSeen, changes } = walk;
  const quietSince = ordersSeen > 0 ? null : (walk.note.quietSince ?? now);
  await saveMark(
    deps,
    { ...walk, cursor: null, note: { walk: null, quietSince, failures: 0 } },
    { dueAt: nextWalkAt(now, { ordersSeen, quietSince }), upTo: walk.startedAt },
  );
  return { kind: "finished", ordersSeen, changes };
}

async function postpone(
  deps: OrdersDeps,
  walk: Walk,
  { reason, seconds }: { reason: string; seconds?: number },
): Promise<ReconcileOutcome> {
  const now = deps.clock.now();
  const failures = walk.note.failures + (seconds === undefined ? 1 : 0);
  const dueAt = seconds === undefined ? retryWalkAt(now, failures) : new Date(now.getTime() + seconds * 1_000);
  await saveMark(deps, { ...walk, note: { ...walk.note, failures } }, { dueAt });
  return { kind: "postponed", reason };
}

function saveMark(deps: OrdersDeps, walk: Walk, change: { dueAt: Date; upTo?: Date }): Promise<unknown> {
  const { shopId, cursor, query, startedAt, from, ordersSeen, note } = walk;
  const open = cursor === null ? null : { query, startedAt: startedAt.toISOString(), ordersSeen };
  return deps.db.forShop(shopId, (tx) =>
    tx.syncMark.updateMany({
      // Moved meanwhile, by an import or to read the last weeks again: then that counts.
      where: { shopId, name: RECONCILE_MARK, upTo: from },
      data: {
        ...change,
        cursor,
        note: { walk: open, quietSince: note.quietSince?.toISOString() ?? null, failures: note.failures },
        updatedAt: deps.clock.now(),
      },
    }),
  );
}

import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { FIRST_RECONCILE_MS, RECONCILE_MARK } from "./reconcile-schedule.ts";

/** As far back as Shopify shows orders without the scope `read_all_orders`. */
const IMPORT_DAYS = 60;

/**
 * Begins the import of the shop's last 60 days, and reconciliation from this moment on; called after every install. While
 * an import is running, that one goes on.
 */
export async function startImport(
  tx: ShopTx,
  deps: { clock: Clock; queue: Queue },
  { shopId }: { shopId: string },
): Promise<{ importId: string; started: boolean }> {
  const now = deps.clock.now();
  // One install at a time: without the lock two of them would import twice.
  await tx.$queryRaw`SELECT 1 FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const dueAt = new Date(now.getTime() + FIRST_RECONCILE_MS);
  await tx.syncMark.upsert({
    where: { shopId_name: { shopId, name: RECONCILE_MARK } },
    create: { shopId, name: RECONCILE_MARK, upTo: now, dueAt, updatedAt: now },
    // The import covers everything before: nothing of a time without us is told as news.
    update: { upTo: now, cursor: null, note: {}, dueAt, updatedAt: now },
  });
  const running = await tx.importRun.findFirst({ where: { shopId, state: "running" }, select: { id: true } });
  const importId = running?.id ?? newId("imp", deps.clock);
  if (!running) {
    const fromAt = new Date(now.getTime() - IMPORT_DAYS * 86_400_000);
    await tx.importRun.create({
      data: { shopId, id: importId, state: "running", fromAt, startedAt: now, updatedAt: now },
    });
  }
  await enqueue({ queue: deps.queue, tx }, "orders.import", { shopId, importId });
  return { importId, started: !running };
}

export interface ImportProgress {
  state: "running" | "done" | "failed";
  ordersSeen: number;
  /** Null until Shopify has said how many there are. */
  ordersDue: number | null;
  shipments: number;
  error: string | null;
  startedAt: Date;
  finishedAt: Date | null;
}

/** How far the newest import of this shop is; null before the first. */
export async function importProgress(tx: ShopTx): Promise<ImportProgress | null> {
  const run = await tx.importRun.findFirst({ orderBy: [{ startedAt: "desc" }, { id: "desc" }] });
  if (!run) return null;
  const { ordersSeen, ordersDue, shipments, error, startedAt, finishedAt } = run;
  const state = run.state === "done" || run.state === "failed" ? run.state : "running";
  return { state, ordersSeen, ordersDue, shipments, error, startedAt, finishedAt };
}

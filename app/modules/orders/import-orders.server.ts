import { enqueue, enqueueAll } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { applyOrders } from "./apply-order.server.ts";
import type { OrdersDeps } from "./orders-deps.ts";
import { ORDERS_COUNT } from "./orders-page.graphql.ts";
import { Fields, quantity } from "./read-fields.ts";
import { type OrdersPage, readOrdersPage } from "./read-orders-page.server.ts";
import { reportProblems } from "./report-problems.server.ts";

/** Pages of one run of the job: about a minute of work, then others have their turn. */
const PAGES_PER_RUN = 5;
const PAGE_TIMEOUT_MS = 60_000;
/** Questions in a row without an answer, with growing pauses: about a day. */
const MAX_ATTEMPTS = 100;

export type ImportOutcome =
  | { kind: "finished" }
  /** The next run is queued. */
  | { kind: "continues" }
  | { kind: "failed"; reason: string }
  /** Ended before, or another worker went on with it meanwhile. */
  | { kind: "not_running" };

type Run = NonNullable<Awaited<ReturnType<ShopTx["importRun"]["findUnique"]>>>;
type Step = ImportOutcome | { kind: "page_done" };

/**
 * Goes on with an import from where it stands, newest orders first. Each page is committed together with the place of the
 * next one, so that a crash at any moment repeats at most one page, which changes nothing.
 */
export async function importOrders(
  deps: OrdersDeps,
  { shopId, importId }: { shopId: string; importId: string },
): Promise<ImportOutcome> {
  for (let page = 0; page < PAGES_PER_RUN; page += 1) {
    const run = await deps.db.forShop(shopId, (tx) =>
      tx.importRun.findUnique({ where: { shopId_id: { shopId, id: importId } } }),
    );
    if (run?.state !== "running") return { kind: "not_running" };
    if (run.ordersDue === null) await countOrders(deps, run);
    const step = await importPage(deps, run);
    if (step.kind !== "page_done") return step;
  }
  await deps.db.forShop(shopId, (tx) => enqueue({ queue: deps.queue, tx }, "orders.import", { shopId, importId }));
  return { kind: "continues" };
}

async function importPage(deps: OrdersDeps, run: Run): Promise<Step> {
  const { shopId, cursor } = run;
  const read = await readOrdersPage(deps, { shopId, cursor, query: searchOf(run), walk: "newest_first" });
  switch (read.kind) {
    case "ok":
      return savePage(deps, run, read.page);
    case "throttled":
      return pause(deps, run, { seconds: read.retryAfterSeconds, counts: false });
    case "unavailable":
      return pause(deps, run, { seconds: Math.min(10 * 2 ** Math.min(run.attempts, 7), 900), counts: true });
    case "unauthorised":
      return fail(deps, run, "unauthorised");
    case "refused":
      return fail(deps, run, read.message.slice(0, 300));
  }
}

function searchOf(run: Run): string {
  return `created_at:>='${run.fromAt.toISOString()}'`;
}

function savePage(deps: OrdersDeps, run: Run, page: OrdersPage): Promise<Step> {
  const { shopId, id } = run;
  reportProblems(deps.log, { shopId, topic: "orders.import" }, page.problems);
  return deps.db.forShop(
    shopId,
    async (tx) => {
      const now = deps.clock.now();
      // Fenced by the place it started from: of two workers with the same page, the second changes nothing.
      const { count } = await tx.importRun.updateMany({
        where: { shopId, id, state: "running", cursor: run.cursor, ordersSeen: run.ordersSeen },
        data: {
          cursor: page.nextCursor,
          ordersSeen: { increment: page.snapshots.length },
          attempts: 0,
          error: null,
          updatedAt: now,
        },
      });
      if (count === 0) return { kind: "not_running" };
      const applied = await applyOrders(tx, deps, {
        shopId,
        snapshots: page.snapshots,
        origin: "import",
        liveSince: run.startedAt,
      });
      const payloads = page.truncatedIds.map((orderId) => ({ shopId, orderId }));
      await enqueueAll({ queue: deps.queue, tx }, "orders.refresh", payloads);
      const saved = await tx.importRun.update({
        where: { shopId_id: { shopId, id } },
        data: {
          shipments: { increment: applied.parcelsCreated },
          ...(page.nextCursor === null ? { state: "done", finishedAt: now } : {}),
        },
      });
      if (page.nextCursor !== null) return { kind: "page_done" };
      await recordActivity(tx, deps.clock, shopId, [
        {
          type: "import.finished",
          actor: "system",
          subject: { type: "import", id },
          data: { orders: saved.ordersSeen, shipments: saved.shipments },
        },
      ]);
      return { kind: "finished" };
    },
    { timeout: PAGE_TIMEOUT_MS },
  );
}

/** How many there are, for the progress bar alone: without an answer the import goes on uncounted. */
async function countOrders(deps: OrdersDeps, run: Run): Promise<void> {
  const { shopId, id } = run;
  const query = searchOf(run);
  const answer = await deps.admin.query<unknown>(shopId, { document: ORDERS_COUNT, variables: { query } });
  if (answer.kind !== "ok") return;
  const ordersDue = Fields.of(answer.data, "data").object("ordersCount")?.optional("count", quantity) ?? null;
  await deps.db.forShop(shopId, (tx) => tx.importRun.updateMany({ where: { shopId, id }, data: { ordersDue } }));
}

function pause(
  deps: OrdersDeps,
  run: Run,
  { seconds, counts }: { seconds: number; counts: boolean },
): Promise<ImportOutcome> {
  const { shopId, id: importId } = run;
  if (counts && run.attempts + 1 >= MAX_ATTEMPTS) return fail(deps, run, "unavailable");
  return deps.db.forShop(shopId, async (tx) => {
    const now = deps.clock.now();
    const startAfter = new Date(now.getTime() + Math.max(1, Math.ceil(seconds)) * 1_000);
    await tx.importRun.updateMany({
      where: { shopId, id: importId, state: "running" },
      data: { updatedAt: now, ...(counts ? { attempts: { increment: 1 }, error: "unavailable" } : {}) },
    });
    await enqueue({ queue: deps.queue, tx }, "orders.import", { shopId, importId }, { startAfter });
    return { kind: "continues" };
  });
}

function fail(deps: OrdersDeps, run: Run, reason: string): Promise<ImportOutcome> {
  const { shopId, id } = run;
  return deps.db.forShop(shopId, async (tx) => {
    const now = deps.clock.now();
    const { count } = await tx.importRun.updateMany({
      where: { shopId, id, state: "running" },
      data: { state: "failed", error: reason, finishedAt: now, updatedAt: now },
    });
    if (count === 0) return { kind: "not_running" };
    await recordActivity(tx, deps.clock, shopId, [
      { type: "import.failed", actor: "system", subject: { type: "import", id }, data: { reason } },
    ]);
    return { kind: "failed", reason };
  });
}

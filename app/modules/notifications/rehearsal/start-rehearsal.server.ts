import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { readDraft, readPublished } from "../rule-sets.server.ts";
import { REHEARSAL_LIMITS, type RehearsalRequest } from "./rehearsal-request.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Rehearsals that are kept. */
const KEPT = 5;

export interface RehearsalWish {
  shopId: string;
  of: "draft" | "published";
  days: number;
  /** The staff user. */
  actorId: string | null;
}

/**
 * Begins to rehearse the rules on the last so many days, up to the last full hour. One rehearsal of a shop runs at a
 * time: while one does, that one's id is returned. Where there is no draft, the published rules are rehearsed.
 */
export async function startRehearsal(
  tx: ShopTx,
  { clock, queue }: { clock: Clock; queue: Queue },
  { shopId, of, days, actorId }: RehearsalWish,
): Promise<string> {
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const running = await tx.dryRun.findFirst({ where: { shopId, state: { in: ["queued", "running"] } } });
  if (running) return running.id;
  const published = await readPublished(tx, shopId);
  const draft = of === "draft" ? await readDraft(tx, shopId) : null;
  const { rules, number: rulesNumber } = draft ?? published;
  const now = clock.now();
  const to = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const length = Math.min(Math.max(1, Math.round(days)), REHEARSAL_LIMITS.days);
  const asked: RehearsalRequest = {
    ...{ of: draft ? "draft" : "published", days: length, rules, rulesNumber, to },
    from: new Date(to.getTime() - length * DAY_MS),
    published: draft ? published.rules : null,
  };
  const id = newId("dry", clock);
  await forgetOldOnes(tx, shopId);
  await tx.dryRun.create({
    data: { shopId, id, state: "queued", asked: asked as object, createdBy: actorId, createdAt: now },
  });
  await enqueue({ queue, tx }, "notifications.rehearse", { shopId, dryRunId: id });
  return id;
}

async function forgetOldOnes(tx: ShopTx, shopId: string): Promise<void> {
  const old = await tx.dryRun.findMany({
    where: { shopId },
    orderBy: { createdAt: "desc" },
    skip: KEPT - 1,
    select: { id: true },
  });
  if (old.length > 0) await tx.dryRun.deleteMany({ where: { shopId, id: { in: old.map(({ id }) => id) } } });
}

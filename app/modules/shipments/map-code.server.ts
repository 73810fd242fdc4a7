import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { readMeaning } from "./mappable.ts";

export interface MapCodeDeps {
  db: Database;
  clock: Clock;
  queue: Queue;
}

export interface MapCodeInput {
  shopId: string;
  /** Our id of the carrier or aggregator that sent the code. */
  carrier: string;
  code: string;
  /** As typed: a status, and a detail or nothing. */
  status: string;
  subStatus: string;
  actorId: string;
}

export type MapCodeOutcome =
  | { kind: "mapped"; mappingId: string }
  /** No status that a scan can have, or a detail that does not go with it. */
  | { kind: "invalid" }
  /** No scan of this shop has such a code, or we can read it by now. */
  | { kind: "not_found" }
  | { kind: "too_many" };

export const MAX_MAPPINGS = 200;

/**
 * Writes down what a merchant says about a code. From now on scans with it are read so; a job reads those that are
 * stored already. Said again, the newer word replaces the older one.
 */
export async function mapCode(deps: MapCodeDeps, input: MapCodeInput): Promise<MapCodeOutcome> {
  const { shopId, carrier, code, actorId } = input;
  const meaning = readMeaning(input.status, input.subStatus);
  if (!meaning) return { kind: "invalid" };
  const now = deps.clock.now();
  return deps.db.forShop(shopId, async (tx): Promise<MapCodeOutcome> => {
    if (!(await wasHeard(tx, input))) return { kind: "not_found" };
    const others = await tx.codeMapping.count({ where: { shopId, NOT: { carrier, code } } });
    if (others >= MAX_MAPPINGS) return { kind: "too_many" };
    const said = { ...meaning, removedAt: null, state: "applying", cursor: null, parcels: 0, actorId, updatedAt: now };
    const { id } = await tx.codeMapping.upsert({
      where: { shopId_carrier_code: { shopId, carrier, code } },
      create: { shopId, id: newId("map", deps.clock), carrier, code, createdAt: now, ...said },
      update: said,
    });
    const subject = { type: "code_mapping", id } as const;
    const data = { carrier, code, ...meaning };
    await recordActivity(tx, deps.clock, shopId, [
      { type: "code_mapping.saved", actor: "staff", actorId, subject, data },
    ]);
    await enqueue({ queue: deps.queue, tx }, "shipments.reread-scans", { shopId, mappingId: id });
    return { kind: "mapped", mappingId: id };
  });
}

async function wasHeard(tx: ShopTx, { shopId, carrier, code }: MapCodeInput): Promise<boolean> {
  const scan = await tx.trackingEvent.findFirst({
    where: { shopId, carrier, code, unknownCode: true },
    select: { fingerprint: true },
  });
  return scan !== null;
}

/** Takes a mapping back: new scans are unread again at once, the stored ones as the job comes to them. */
export async function undoCodeMapping(
  deps: MapCodeDeps,
  { shopId, mappingId, actorId }: { shopId: string; mappingId: string; actorId: string },
): Promise<{ kind: "undone" } | { kind: "not_found" }> {
  const now = deps.clock.now();
  return deps.db.forShop(shopId, async (tx) => {
    const [mapping] = await tx.codeMapping.updateManyAndReturn({
      where: { shopId, id: mappingId, removedAt: null },
      data: { removedAt: now, state: "applying", cursor: null, parcels: 0, actorId, updatedAt: now },
    });
    if (!mapping) return { kind: "not_found" };
    const subject = { type: "code_mapping", id: mappingId } as const;
    const data = { carrier: mapping.carrier, code: mapping.code };
    await recordActivity(tx, deps.clock, shopId, [
      { type: "code_mapping.removed", actor: "staff", actorId, subject, data },
    ]);
    await enqueue({ queue: deps.queue, tx }, "shipments.reread-scans", { shopId, mappingId });
    return { kind: "undone" };
  });
}

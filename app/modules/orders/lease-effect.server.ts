import type { Clock } from "#app/lib/clock.ts";
import { randomToken } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { WRITE_BACK, type WriteBackIntent, writeBackIntent } from "./write-back-intent.ts";

/** Longer than the slowest reading and writing together. */
const LEASE_MS = 120_000;
/** A call that starts this close to the end of its lease might end after it. */
const MARGIN_MS = 40_000;

export interface LeasedEffect {
  shopId: string;
  id: string;
  token: string;
  leasedUntil: Date;
  intent: WriteBackIntent;
  attempts: number;
  createdAt: Date;
  /** Set when an earlier attempt was made and its answer never came. */
  lastAttemptAt: Date | null;
  /** Set when the webhook of our own event came before the answer. */
  providerId: string | null;
}

export type LeaseResult =
  | { kind: "leased"; effect: LeasedEffect }
  /** Done, or in another worker's hands. */
  | { kind: "not_available" }
  /** Another state of the same fulfillment is being written: one after the other. */
  | { kind: "wait" };

interface LeaseDeps {
  db: Database;
  clock: Clock;
}

/** Takes the effect for this worker. The token fences: what is written after the lease went to another finds no row. */
export function leaseEffect(
  deps: LeaseDeps,
  { shopId, effectId }: { shopId: string; effectId: string },
): Promise<LeaseResult> {
  return deps.db.forShop(shopId, async (tx): Promise<LeaseResult> => {
    const now = deps.clock.now();
    const row = await tx.effect.findUnique({ where: { shopId_id: { shopId, id: effectId } } });
    if (!row || row.kind !== WRITE_BACK) return { kind: "not_available" };
    await tx.$queryRaw`SELECT 1 FROM fulfillment WHERE shop_id = ${shopId} AND id = ${row.subjectId} FOR UPDATE`;
    const busy = await tx.effect.findFirst({
      where: {
        shopId,
        kind: WRITE_BACK,
        subjectId: row.subjectId,
        state: "sending",
        leasedUntil: { gt: now },
        NOT: { id: effectId },
      },
      select: { id: true },
    });
    if (busy) return { kind: "wait" };
    const intent = writeBackIntent.safeParse(row.payload);
    if (!intent.success) return abandonUnreadable(tx, { shopId, effectId, now });
    const token = randomToken();
    const leasedUntil = new Date(now.getTime() + LEASE_MS);
    const { count } = await tx.effect.updateMany({
      where: {
        shopId,
        id: effectId,
        OR: [{ state: "queued" }, { state: "sending", leasedUntil: { lte: now } }],
      },
      data: { state: "sending", leaseToken: token, leasedUntil, updatedAt: now },
    });
    if (count === 0) return { kind: "not_available" };
    // Read again: another worker may have attempted it while we waited for the lock.
    const fresh = await tx.effect.findUniqueOrThrow({ where: { shopId_id: { shopId, id: effectId } } });
    const { attempts, createdAt, lastAttemptAt, providerId } = fresh;
    return {
      kind: "leased",
      effect: {
        shopId,
        id: effectId,
        token,
        leasedUntil,
        intent: intent.data,
        attempts,
        createdAt,
        lastAttemptAt,
        providerId,
      },
    };
  });
}

/** A redaction takes the payload away; what was open then is closed. */
async function abandonUnreadable(
  tx: ShopTx,
  { shopId, effectId, now }: { shopId: string; effectId: string; now: Date },
): Promise<LeaseResult> {
  await tx.effect.updateMany({
    where: { shopId, id: effectId, state: { in: ["queued", "sending"] } },
    data: { state: "skipped", outcome: "payload_gone", leaseToken: null, leasedUntil: null, updatedAt: now },
  });
  return { kind: "not_available" };
}

/** Records that the call is about to be made. False: the lease is lost or nearly over, so it must not be made. */
export function recordAttempt(deps: LeaseDeps, effect: LeasedEffect): Promise<boolean> {
  const now = deps.clock.now();
  if (now.getTime() > effect.leasedUntil.getTime() - MARGIN_MS) return Promise.resolve(false);
  return deps.db.forShop(effect.shopId, (tx) =>
    updateLeased(tx, effect, { lastAttemptAt: now, attempts: { increment: 1 }, updatedAt: now }),
  );
}

/** Gives the effect back for a later try. `answered` says that the last call certainly did nothing. */
export async function releaseEffect(
  tx: ShopTx,
  effect: LeasedEffect,
  { now, outcome, answered }: { now: Date; outcome: string; answered: boolean },
): Promise<boolean> {
  return updateLeased(tx, effect, {
    state: "queued",
    leaseToken: null,
    leasedUntil: null,
    outcome,
    updatedAt: now,
    ...(answered ? { lastAttemptAt: effect.lastAttemptAt, attempts: effect.attempts } : {}),
  });
}

/** Ends the effect for good. False when the lease was lost: whoever has it now ends it. */
export function finishEffect(
  tx: ShopTx,
  effect: LeasedEffect,
  end: { now: Date; state: "done" | "failed" | "skipped"; outcome: string; providerId?: string },
): Promise<boolean> {
  return updateLeased(tx, effect, {
    state: end.state,
    outcome: end.outcome,
    leaseToken: null,
    leasedUntil: null,
    updatedAt: end.now,
    ...(end.providerId === undefined ? {} : { providerId: end.providerId }),
  });
}

type Change = Parameters<ShopTx["effect"]["updateMany"]>[0]["data"];

async function updateLeased(tx: ShopTx, effect: LeasedEffect, data: Change): Promise<boolean> {
  const { count } = await tx.effect.updateMany({
    where: { shopId: effect.shopId, id: effect.id, state: "sending", leaseToken: effect.token },
    data,
  });
  return count === 1;
}

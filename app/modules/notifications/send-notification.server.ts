import { enqueue } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type Leased, leaseNotification, type SendDeps, type SendResult } from "./lease-notification.server.ts";
import type { MailOutcome } from "./mail-sender.ts";
import { finishMessage, type MessageKey, noteOutcome } from "./record-outcome.server.ts";

const CLOSED_CHANNEL_PAUSE_MS = 10 * 60_000;

/**
 * Sends one message of the ledger, exactly once: leases the row, records the attempt, calls the provider with the row's
 * id as the idempotency key, records the answer under the same lease. Killed at any point, it is safe to run again.
 */
export async function sendNotification(deps: SendDeps, target: MessageKey): Promise<SendResult> {
  const leased = await leaseNotification(deps, target);
  if (typeof leased === "string") return leased;
  const outcome = await deps.mail.send(leased.mail, target.notificationId);
  return settle(deps, target, leased, outcome);
}

async function settle(
  deps: SendDeps,
  { shopId, notificationId }: MessageKey,
  leased: Leased,
  outcome: MailOutcome,
): Promise<SendResult> {
  const now = deps.clock.now();
  return deps.db.forShop(shopId, async (tx) => {
    const held = await tx.notification.findFirst({ where: { shopId, id: notificationId, leaseToken: leased.token } });
    // A worker that slept through its lease must not overwrite what another has recorded since.
    if (!held) return "not_ours";
    const target = { shopId, notificationId };
    switch (outcome.kind) {
      case "accepted":
        await finishMessage(tx, now, target, { state: "sent", providerId: outcome.providerId, sentAt: now });
        await noteOutcome(tx, deps.clock, target, { ...leased, failure: null });
        return "sent";
      case "rejected":
        await finishMessage(tx, now, target, { state: "failed", error: outcome.reason });
        await noteOutcome(tx, deps.clock, target, { ...leased, failure: outcome.reason });
        return "failed";
      case "rate_limited":
        return postpone(deps, tx, target, {
          ...{ waitMs: outcome.retryAfterSeconds * 1_000, error: "rate limited" },
          neverReached: leased.first,
        });
      case "channel_closed":
        deps.log.error({ shopId, notificationId, reason: outcome.reason }, "mail channel closed");
        return postpone(deps, tx, target, {
          ...{ waitMs: CLOSED_CHANNEL_PAUSE_MS, error: outcome.reason },
          neverReached: leased.first,
        });
      case "unknown":
        return postpone(deps, tx, target, { waitMs: backOff(leased.attempts), error: outcome.reason });
    }
  });
}

/** 5 s, 10 s, 20 s … at most ten minutes. */
function backOff(attempts: number): number {
  return Math.min(5_000 * 2 ** Math.max(0, attempts - 1), 600_000);
}

async function postpone(
  deps: SendDeps,
  tx: ShopTx,
  target: MessageKey,
  { waitMs, error, neverReached = false }: { waitMs: number; error: string; neverReached?: boolean },
): Promise<SendResult> {
  const now = deps.clock.now();
  const startAfter = new Date(now.getTime() + waitMs);
  // Surely not taken: the message may still be recalled, and the provider's day for its key has not begun.
  await finishMessage(tx, now, target, { state: "queued", error, ...(neverReached ? { firstAttemptAt: null } : {}) });
  await enqueue({ queue: deps.queue, tx }, "notifications.send", target, { startAfter });
  return "postponed";
}

import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import { randomToken } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { kindRules, type NotificationKind } from "./kinds.ts";
import type { Mail, MailOutcome, MailSender } from "./mail-sender.ts";

export interface SendDeps {
  db: Database;
  clock: Clock;
  queue: Queue;
  log: Logger;
  mail: MailSender;
  /** Renders the mail once; afterwards the stored bytes are used. */
  renderMail(tx: ShopTx, row: { shopId: string; notificationId: string }): Promise<StoredMail>;
  openMail(row: { shopId: string; sealed: string }): Mail;
}

export interface StoredMail {
  mail: Mail;
  sealed: string;
  contentHash: string;
}

/** Longer than one attempt can take; a worker that stays away longer has lost the message to another. */
const LEASE_MS = 60_000;
/** Resend forgets an idempotency key after 24 hours: later repetitions could double the mail. */
const REPEATABLE_FOR_MS = 23 * 3_600_000;
const CLOSED_CHANNEL_PAUSE_MS = 10 * 60_000;

export type SendResult = "sent" | "dropped" | "failed" | "postponed" | "parked" | "not_ours";

interface Leased {
  token: string;
  mail: Mail;
  firstAttemptAt: Date;
  attempts: number;
  kind: string;
  shipmentId: string | null;
}

/**
 * Sends one message of the ledger, exactly once: leases the row, records the attempt, calls the provider with the row's
 * id as the idempotency key, records the answer under the same lease. Killed at any point, it is safe to run again.
 */
export async function sendNotification(
  deps: SendDeps,
  target: { shopId: string; notificationId: string },
): Promise<SendResult> {
  const leased = await lease(deps, target);
  if (typeof leased === "string") return leased;
  const outcome = await deps.mail.send(leased.mail, target.notificationId);
  return settle(deps, target, leased, outcome);
}

/** Takes the row, checks that the message is still true, renders it if need be, and records the attempt: one transaction. */
async function lease(
  deps: SendDeps,
  { shopId, notificationId }: { shopId: string; notificationId: string },
): Promise<Leased | SendResult> {
  const now = deps.clock.now();
  const token = randomToken();
  return deps.db.forShop(shopId, async (tx) => {
    const claimed = await tx.$executeRaw`
      UPDATE notification SET state = 'sending', lease_token = ${token},
        leased_until = ${new Date(now.getTime() + LEASE_MS)}, updated_at = ${now}
      WHERE id = ${notificationId}
        AND (state = 'queued' OR (state = 'sending' AND leased_until < ${now}))`;
    if (claimed === 0) return "not_ours";
    const row = await tx.notification.findUniqueOrThrow({ where: { shopId_id: { shopId, id: notificationId } } });
    const untrue = row.attempts === 0 ? await reasonToDrop(tx, row) : null;
    if (untrue) {
      await finish(tx, now, { shopId, notificationId }, { state: "dropped", error: untrue });
      return "dropped";
    }
    const firstAttemptAt = row.firstAttemptAt ?? now;
    if (now.getTime() - firstAttemptAt.getTime() > REPEATABLE_FOR_MS) {
      await finish(tx, now, { shopId, notificationId }, { state: "unknown", error: "unanswered for a day" });
      return "parked";
    }
    const stored = row.renderedSealed
      ? {
          mail: deps.openMail({ shopId, sealed: row.renderedSealed }),
          sealed: row.renderedSealed,
          contentHash: row.contentHash,
        }
      : await deps.renderMail(tx, { shopId, notificationId });
    await tx.notification.update({
      where: { shopId_id: { shopId, id: notificationId } },
      data: {
        renderedSealed: stored.sealed,
        contentHash: stored.contentHash,
        subject: stored.mail.subject,
        provider: deps.mail.provider,
        attempts: row.attempts + 1,
        firstAttemptAt,
        lastAttemptAt: now,
      },
    });
    const { kind, shipmentId } = row;
    return { token, mail: stored.mail, firstAttemptAt, attempts: row.attempts + 1, kind, shipmentId };
  });
}

/** A message that waited may have become untrue or useless; once attempted it is past recall. */
async function reasonToDrop(
  tx: ShopTx,
  row: { shopId: string; kind: string; shipmentId: string | null; recipient: string | null },
): Promise<string | null> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: row.shopId } });
  if (shop.status === "uninstalled") return "uninstalled";
  if (!readSettings(shop.settings).messages.live) return "paused";
  if (!row.recipient) return "no_recipient";
  if (!row.shipmentId) return null;
  const shipment = await tx.shipment.findUnique({ where: { shopId_id: { shopId: row.shopId, id: row.shipmentId } } });
  if (!shipment || shipment.lifecycle !== "active") return "parcel_inactive";
  const rule = kindRules[row.kind as NotificationKind];
  return rule.trueWhile.includes(shipment.status as ShipmentStatus) ? null : "replaced_by_newer";
}

async function settle(
  deps: SendDeps,
  { shopId, notificationId }: { shopId: string; notificationId: string },
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
        await finish(tx, now, target, { state: "sent", providerId: outcome.providerId, sentAt: now });
        await note(tx, deps.clock, target, { ...leased, failure: null });
        return "sent";
      case "rejected":
        await finish(tx, now, target, { state: "failed", error: outcome.reason });
        await note(tx, deps.clock, target, { ...leased, failure: outcome.reason });
        return "failed";
      case "rate_limited":
        return postpone(deps, tx, target, { waitMs: outcome.retryAfterSeconds * 1_000, error: "rate limited" });
      case "channel_closed":
        deps.log.error({ shopId, notificationId, reason: outcome.reason }, "mail channel closed");
        return postpone(deps, tx, target, { waitMs: CLOSED_CHANNEL_PAUSE_MS, error: outcome.reason });
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
  target: { shopId: string; notificationId: string },
  { waitMs, error }: { waitMs: number; error: string },
): Promise<SendResult> {
  const now = deps.clock.now();
  const startAfter = new Date(now.getTime() + waitMs);
  await finish(tx, now, target, { state: "queued", error });
  await enqueue({ queue: deps.queue, tx }, "notifications.send", target, { startAfter });
  return "postponed";
}

interface FinalState {
  state: "queued" | "sent" | "failed" | "unknown" | "dropped";
  error?: string;
  providerId?: string;
  sentAt?: Date;
}

async function finish(
  tx: ShopTx,
  now: Date,
  { shopId, notificationId }: { shopId: string; notificationId: string },
  final: FinalState,
): Promise<void> {
  await tx.notification.update({
    where: { shopId_id: { shopId, id: notificationId } },
    data: { ...final, leaseToken: null, leasedUntil: null, updatedAt: now },
  });
}

async function note(
  tx: ShopTx,
  clock: Clock,
  { shopId, notificationId }: { shopId: string; notificationId: string },
  { kind, shipmentId, failure }: Pick<Leased, "kind" | "shipmentId"> & { failure: string | null },
): Promise<void> {
  if (!shipmentId) return;
  const about = { actor: "system", subject: { type: "shipment", id: shipmentId } } as const;
  await recordActivity(tx, clock, shopId, [
    failure === null
      ? { ...about, type: "notification.sent", data: { notificationId, kind, channel: "email" } }
      : { ...about, type: "notification.failed", data: { notificationId, kind, reason: failure } },
  ]);
}

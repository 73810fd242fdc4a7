import type { Clock } from "#app/lib/clock.ts";
import { randomToken } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { FRESH_FOR_DAYS } from "./decide-first-kinds.ts";
import { kindRules, type NotificationKind } from "./kinds.ts";
import type { Mail, MailSender } from "./mail-sender.ts";
import { finishMessage, type MessageKey, noteOutcome } from "./record-outcome.server.ts";

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

type LedgerRow = Awaited<ReturnType<ShopTx["notification"]["findUniqueOrThrow"]>>;

export type SendResult = "sent" | "dropped" | "failed" | "postponed" | "parked" | "not_ours";

export interface Leased {
  token: string;
  mail: Mail;
  /** No attempt before this one can have reached the provider. */
  first: boolean;
  attempts: number;
  kind: string;
  shipmentId: string | null;
}

/** Takes the row, checks that the message is still true, renders it if need be, and records the attempt: one transaction. */
export async function leaseNotification(deps: SendDeps, target: MessageKey): Promise<Leased | SendResult> {
  const now = deps.clock.now();
  const token = randomToken();
  const { shopId, notificationId } = target;
  return deps.db.forShop(shopId, async (tx) => {
    const claimed = await tx.$executeRaw`
      UPDATE notification SET state = 'sending', lease_token = ${token},
        leased_until = ${new Date(now.getTime() + LEASE_MS)}, updated_at = ${now}
      WHERE id = ${notificationId}
        AND (state = 'queued' OR (state = 'sending' AND leased_until < ${now}))`;
    if (claimed === 0) return "not_ours";
    const row = await tx.notification.findUniqueOrThrow({ where: { shopId_id: { shopId, id: notificationId } } });
    const untrue = await reasonToDrop(tx, row, now);
    if (untrue) {
      await finishMessage(tx, now, target, { state: "dropped", error: untrue });
      return "dropped";
    }
    const firstAttemptAt = row.firstAttemptAt ?? now;
    if (now.getTime() - firstAttemptAt.getTime() > REPEATABLE_FOR_MS) {
      await finishMessage(tx, now, target, { state: "unknown", error: "unanswered for a day" });
      return "parked";
    }
    return recordAttempt(deps, tx, { row, token, now });
  });
}

async function recordAttempt(
  deps: SendDeps,
  tx: ShopTx,
  { row, token, now }: { row: LedgerRow; token: string; now: Date },
): Promise<Leased | SendResult> {
  const { shopId, id: notificationId, kind, shipmentId } = row;
  const stored = await readMail(deps, tx, row);
  if ("fault" in stored) {
    const target = { shopId, notificationId };
    await finishMessage(tx, now, target, { state: "failed", error: stored.fault });
    await noteOutcome(tx, deps.clock, target, { kind, shipmentId, failure: stored.fault });
    return "failed";
  }
  const attempts = row.attempts + 1;
  await tx.notification.update({
    where: { shopId_id: { shopId, id: notificationId } },
    data: {
      renderedSealed: stored.sealed,
      contentHash: stored.contentHash,
      subject: stored.mail.subject,
      provider: deps.mail.provider,
      attempts,
      firstAttemptAt: row.firstAttemptAt ?? now,
      lastAttemptAt: now,
    },
  });
  return { token, mail: stored.mail, first: row.firstAttemptAt === null, attempts, kind, shipmentId };
}

/** A mail that can never be made ends its message: the sweep would bring it back for ever. */
async function readMail(deps: SendDeps, tx: ShopTx, row: LedgerRow): Promise<StoredMail | { fault: string }> {
  const { shopId, id: notificationId, renderedSealed, contentHash } = row;
  try {
    if (renderedSealed === null) return await deps.renderMail(tx, { shopId, notificationId });
    const mail = deps.openMail({ shopId, sealed: renderedSealed });
    return { mail, sealed: renderedSealed, contentHash: contentHash ?? "" };
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    deps.log.error({ shopId, notificationId, code: error.code }, "message cannot be made");
    return { fault: error.code };
  }
}

/**
 * A message that waited may have become untrue or useless. Once an attempt may have reached the provider it is past
 * recall, and the same mail is sent again under the same key: except for a shop, or a person, that is gone.
 */
async function reasonToDrop(tx: ShopTx, row: LedgerRow, now: Date): Promise<string | null> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: row.shopId } });
  if (shop.status === "uninstalled") return "uninstalled";
  if (!row.recipient) return "no_recipient";
  if (row.firstAttemptAt) return null;
  if (!readSettings(shop.settings).messages.live) return "paused";
  if (now.getTime() - row.decidedAt.getTime() > FRESH_FOR_DAYS * 86_400_000) return "event_too_old";
  if (!row.shipmentId) return null;
  const shipment = await tx.shipment.findUnique({ where: { shopId_id: { shopId: row.shopId, id: row.shipmentId } } });
  if (!shipment || shipment.lifecycle !== "active") return "parcel_inactive";
  const rule = kindRules[row.kind as NotificationKind];
  return rule.trueWhile.includes(shipment.status as ShipmentStatus) ? null : "replaced_by_newer";
}

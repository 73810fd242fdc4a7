import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";

export interface MessageKey {
  shopId: string;
  notificationId: string;
}

interface MessageOutcome {
  kind: string;
  shipmentId: string | null;
  failure: string | null;
}

interface FinalState {
  state: "queued" | "sent" | "failed" | "unknown" | "dropped";
  error?: string;
  providerId?: string;
  sentAt?: Date;
  firstAttemptAt?: null;
}

/** Gives the lease back with what became of the message. */
export async function finishMessage(
  tx: ShopTx,
  now: Date,
  { shopId, notificationId }: MessageKey,
  final: FinalState,
): Promise<void> {
  await tx.notification.update({
    where: { shopId_id: { shopId, id: notificationId } },
    data: { ...final, leaseToken: null, leasedUntil: null, updatedAt: now },
  });
}

/** The line in the audit trail: sent, or failed and why. */
export async function noteOutcome(
  tx: ShopTx,
  clock: Clock,
  { shopId, notificationId }: MessageKey,
  { kind, shipmentId, failure }: MessageOutcome,
): Promise<void> {
  if (!shipmentId) return;
  const about = { actor: "system", subject: { type: "shipment", id: shipmentId } } as const;
  await recordActivity(tx, clock, shopId, [
    failure === null
      ? { ...about, type: "notification.sent", data: { notificationId, kind, channel: "email" } }
      : { ...about, type: "notification.failed", data: { notificationId, kind, reason: failure } },
  ]);
}

import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ActivityEvent } from "#app/modules/activity/activity-event.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { WaitReason } from "../message-decision.ts";
import type { LedgerRow } from "./dispatch-deps.ts";

/** What became of one leased message. `queued` is for what surely has not reached the provider. */
export interface Final {
  id: string;
  state: "queued" | "sent" | "failed" | "unknown" | "dropped";
  error?: string;
  providerId?: string;
  segments?: number | null;
  /** Not before then. */
  dueAt?: Date;
  wait?: WaitReason;
  /** In a request of its own from now on. */
  alone?: boolean;
}

/**
 * Writes down what became of messages and gives their lease back. Whoever has lost the lease to another changes nothing.
 * @returns the ids of those that were still ours.
 */
export async function finishMessages(
  tx: ShopTx,
  clock: Clock,
  { shopId, token }: { shopId: string; token: string },
  finals: readonly Final[],
): Promise<Set<string>> {
  if (finals.length === 0) return new Set();
  const now = clock.now();
  const column = <Value>(read: (final: Final) => Value) => finals.map(read);
  const written = await tx.$queryRaw<{ id: string }[]>`
    UPDATE notification n SET state = f.state, error = f.error, updated_at = ${now},
      provider_id = coalesce(f.provider_id, n.provider_id), segments = coalesce(f.segments, n.segments),
      sent_at = CASE WHEN f.state = 'sent' THEN ${now} ELSE n.sent_at END,
      due_at = coalesce(f.due_at::timestamptz, n.due_at), alone = n.alone OR f.alone,
      decision = CASE WHEN f.wait IS NULL THEN n.decision ELSE n.decision || jsonb_build_object('wait', f.wait) END,
      first_attempt_at = CASE WHEN f.state = 'queued' THEN NULL ELSE n.first_attempt_at END,
      -- A test was rendered when it was asked for, and cannot be rendered again.
      rendered_sealed = CASE WHEN f.state = 'dropped' OR (f.state = 'queued' AND n.purpose <> 'test') THEN NULL
        ELSE n.rendered_sealed END,
      missing_since = NULL, lease_token = NULL, leased_until = NULL
    FROM unnest(${column((f) => f.id)}::text[], ${column((f) => f.state)}::text[],
      ${column((f) => f.error ?? null)}::text[], ${column((f) => f.providerId ?? null)}::text[],
      ${column((f) => f.segments ?? null)}::int[], ${column((f) => f.dueAt?.toISOString() ?? null)}::text[],
      ${column((f) => f.alone ?? false)}::boolean[], ${column((f) => f.wait ?? null)}::text[])
      AS f (id, state, error, provider_id, segments, due_at, alone, wait)
    WHERE n.shop_id = ${shopId} AND n.id = f.id AND n.lease_token = ${token}
    RETURNING n.id`;
  return new Set(written.map(({ id }) => id));
}

/** The line in the audit trail: sent, or failed and why. */
function activityOf({ row, final }: { row: LedgerRow; final: Final }): ActivityEvent[] {
  const { id: notificationId, kind, channel, shipmentId } = row;
  if (!shipmentId) return [];
  const about = { actor: "system", subject: { type: "shipment", id: shipmentId } } as const;
  if (final.state === "sent") return [{ ...about, type: "notification.sent", data: { notificationId, kind, channel } }];
  if (final.state !== "failed") return [];
  return [{ ...about, type: "notification.failed", data: { notificationId, kind, reason: final.error ?? "" } }];
}

/** Writes down what became of leased messages, with the lines in the audit trail. @returns how many were still ours. */
export async function settleMessages(
  tx: ShopTx,
  clock: Clock,
  claim: { shopId: string; token: string },
  finals: readonly { row: LedgerRow; final: Final }[],
): Promise<number> {
  const ours = await finishMessages(
    tx,
    clock,
    claim,
    finals.map(({ final }) => final),
  );
  const written = finals.filter(({ final }) => ours.has(final.id));
  await recordActivity(tx, clock, claim.shopId, written.flatMap(activityOf));
  return written.length;
}

/** Lets an unanswered request rest: it stays as it is, and is taken up again after `milliseconds`. */
export async function restUnanswered(
  tx: ShopTx,
  { shopId, token }: { shopId: string; token: string },
  { milliseconds, error }: { milliseconds: number; error: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE notification SET lease_token = NULL, error = ${error},
      leased_until = clock_timestamp() + make_interval(secs => ${milliseconds / 1_000}::float8)
    WHERE shop_id = ${shopId} AND lease_token = ${token} AND state = 'sending' AND batch_id IS NOT NULL`;
}

/** Milliseconds since the first unanswered attempt at each message under a lease. */
export async function unansweredFor(
  tx: ShopTx,
  { shopId, token }: { shopId: string; token: string },
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; age: number }[]>`
    SELECT id, (extract(epoch FROM clock_timestamp() - first_attempt_at) * 1000)::float8 AS age FROM notification
    WHERE shop_id = ${shopId} AND lease_token = ${token} AND first_attempt_at IS NOT NULL`;
  return new Map(rows.map(({ id, age }) => [id, age]));
}

import type { ShopTx } from "#app/lib/db.server.ts";
import { DELIVERY_STATES, type DeliveryState, foldDelivery, type MessageEvent } from "./fold-delivery.ts";

export interface NewMessageEvent extends MessageEvent {
  /** Codes and reasons; never addresses, browsers or whole links. */
  detail?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface RecordedMessage {
  shopId: string;
  notificationId: string;
  /** The provider's id of the message, where the event names it: the answer to the sending may have been lost. */
  providerId?: string | null;
  now: Date;
  events: readonly NewMessageEvent[];
}

/** A mailbox that fetches a picture a thousand times is recorded as far as it tells something. */
const MAX_EVENTS = 300;

/**
 * Adds what was told about a message to its log and folds the whole log anew: in whatever order and however often it is
 * told, the state is the same. That the provider tells of a message proves that it took it, so a message whose sending was left without
 * an answer, and that nobody is sending now, becomes sent.
 * @returns false when the shop has no such message.
 */
export async function recordMessageEvents(tx: ShopTx, recorded: RecordedMessage): Promise<boolean> {
  const { shopId, notificationId, now } = recorded;
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM notification WHERE shop_id = ${shopId} AND id = ${notificationId} FOR UPDATE`;
  if (!row) return false;
  const known = await tx.notificationEvent.findMany({ where: { shopId, notificationId }, take: MAX_EVENTS });
  const fresh = recorded.events.slice(0, Math.max(0, MAX_EVENTS - known.length)).map(({ detail = {}, ...event }) => ({
    ...event,
    ...{ shopId, notificationId, detail, receivedAt: now },
  }));
  await tx.notificationEvent.createMany({ data: fresh, skipDuplicates: true });
  await refoldMessage(tx, { shopId, notificationId, now });
  if (recorded.providerId) await proveAccepted(tx, recorded, recorded.providerId);
  return true;
}

/** Writes what the message's log and its links say into the message. The caller holds its row. */
export async function refoldMessage(
  tx: ShopTx,
  { shopId, notificationId, now }: { shopId: string; notificationId: string; now: Date },
): Promise<void> {
  const rows = await tx.notificationEvent.findMany({ where: { shopId, notificationId }, take: MAX_EVENTS });
  const events = rows.filter((row): row is typeof row & { type: DeliveryState } =>
    DELIVERY_STATES.some((state) => state === row.type),
  );
  const links = await tx.messageLink.aggregate({ where: { shopId, notificationId }, _sum: { clicks: true } });
  const fold = foldDelivery(events);
  // With the provider's own click tracking on, one click passes both counters.
  const clicks = Math.max(fold.clicks, links._sum.clicks ?? 0);
  await tx.notification.update({
    where: { shopId_id: { shopId, id: notificationId } },
    data: { ...fold, clicks, updatedAt: now },
  });
}

async function proveAccepted(
  tx: ShopTx,
  { shopId, notificationId, now, events }: RecordedMessage,
  providerId: string,
): Promise<void> {
  const sentAt = new Date(Math.min(now.getTime(), ...events.map(({ at }) => at.getTime())));
  await tx.$executeRaw`
    UPDATE notification SET provider_id = coalesce(provider_id, ${providerId}), updated_at = ${now}
    WHERE shop_id = ${shopId} AND id = ${notificationId}`;
  await tx.$executeRaw`
    UPDATE notification SET state = 'sent', sent_at = coalesce(sent_at, ${sentAt}), error = NULL, updated_at = ${now},
      lease_token = NULL, leased_until = NULL, missing_since = NULL
    WHERE shop_id = ${shopId} AND id = ${notificationId} AND state IN ('queued', 'sending', 'unknown') AND attempts > 0
      AND (lease_token IS NULL OR leased_until < clock_timestamp())`;
}

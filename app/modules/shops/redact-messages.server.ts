import type { ShopTx } from "#app/lib/db.server.ts";
import type { CustomerScope } from "./customer-scope.server.ts";
import type { RedactionCounts } from "./redaction-counts.ts";

interface MessageScope {
  shopId: string;
  orderIds: readonly string[];
  shipmentIds: readonly string[];
  now: Date;
}

/**
 * Takes the person out of messages: recipient, texts, the keyed hash that binds them to one person, what providers told
 * about them, their links, and what staff noted. Whom nothing may be sent stays known by the hash alone. What was
 * about to be sent is dropped.
 */
export async function redactMessages(tx: ShopTx, scope: MessageScope): Promise<number> {
  const { shopId, orderIds, shipmentIds, now } = scope;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM notification WHERE shop_id = ${shopId}
      AND (order_id = ANY (${[...orderIds]}::text[]) OR shipment_id = ANY (${[...shipmentIds]}::text[]))`;
  const ids = rows.map(({ id }) => id);
  // First, while the messages still say whose they are.
  await tx.$executeRaw`
    UPDATE address_block SET address = NULL WHERE shop_id = ${shopId} AND address IS NOT NULL
      AND (notification_id = ANY (${ids}::text[]) OR address_hash IN (
        SELECT person_key FROM notification WHERE shop_id = ${shopId} AND id = ANY (${ids}::text[])))`;
  await tx.messageLink.deleteMany({ where: { shopId, notificationId: { in: ids } } });
  await tx.notificationEvent.updateMany({ where: { shopId, notificationId: { in: ids } }, data: { detail: {} } });
  await tx.dryRunMessage.updateMany({ where: { shopId, orderId: { in: [...orderIds] } }, data: { personKey: null } });
  await tx.mute.deleteMany({
    where: {
      shopId,
      OR: [
        { subjectType: "order", subjectId: { in: [...orderIds] } },
        { subjectType: "parcel", subjectId: { in: [...shipmentIds] } },
      ],
    },
  });
  return tx.$executeRaw`
    UPDATE notification SET recipient = NULL, person_key = NULL, rendered_sealed = NULL, content_hash = NULL,
      subject = NULL, error = NULL, note = NULL, decision = decision - 'detail', updated_at = ${now},
      state = CASE WHEN state = 'queued' THEN 'dropped' ELSE state END
    WHERE shop_id = ${shopId} AND id = ANY (${ids}::text[])`;
}

/**
 * What is kept about a person beside their messages: the plain address of a block (its hash stays, because nobody asked
 * to be written to again), consents, and the merchant's silence about this customer. Before the messages lose their keys.
 */
export async function redactReachability(tx: ShopTx, scope: CustomerScope): Promise<Record<string, number>> {
  const { shopId, orderIds, customerId } = scope;
  const addresses = [scope.email, scope.phone].filter((text) => text !== null).map((text) => text.toLowerCase());
  const blocks = await tx.$executeRaw`
    UPDATE address_block SET address = NULL
    WHERE shop_id = ${shopId} AND lower(address) = ANY (${addresses}::text[])`;
  const consents = await tx.$executeRaw`
    DELETE FROM consent WHERE shop_id = ${shopId} AND address_hash IN (
      SELECT person_key FROM notification WHERE shop_id = ${shopId} AND order_id = ANY (${orderIds}::text[]))`;
  const mutes = customerId
    ? (await tx.mute.deleteMany({ where: { shopId, subjectType: "customer", subjectId: customerId } })).count
    : 0;
  return { addressBlocks: blocks, consents, mutes };
}

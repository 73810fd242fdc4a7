import type { ShopTx } from "#app/lib/db.server.ts";
import { legacyId } from "#app/lib/ids.ts";
import type { CustomerScope } from "./customer-scope.server.ts";
import { redactReachability } from "./redact-messages.server.ts";
import type { RedactionCounts } from "./redaction-counts.ts";

/** Shorter texts would match half the inbox. */
const MIN_NEEDLE = 5;

/**
 * Takes the person out of what only mentions them: stored webhook bodies, saved searches, earlier exports, and what the
 * queue keeps of failed jobs. Found by order numbers, tracking numbers, customer id, e-mail, telephone number.
 */
export async function redactTraces(tx: ShopTx, scope: CustomerScope): Promise<RedactionCounts> {
  const shipments = await tx.shipment.findMany({
    where: { shopId: scope.shopId, orderId: { in: scope.orderIds } },
    select: { trackingNumber: true },
  });
  const ids = [...scope.orderIds, ...(scope.customerId ? [scope.customerId] : [])].map(legacyId);
  const persons = [scope.email, scope.phone].filter((text) => text !== null);
  const needles = [...ids, ...shipments.map(({ trackingNumber }) => trackingNumber), ...persons].filter(
    (needle) => needle.length >= MIN_NEEDLE,
  );
  return {
    inboundDeliveries: await emptyBodies(tx, scope.shopId, needles),
    savedViews: await dropSavedViews(tx, scope.shopId, persons),
    exports: await dropExports(tx, scope),
    queueOutputs: await dropQueueOutputs(tx, scope.shopId, persons),
    ...(await redactReachability(tx, scope)),
  };
}

/** The body goes, the row stays: a repeated delivery must still be recognised. Unfinished ones are finished by that. */
async function emptyBodies(tx: ShopTx, shopId: string, needles: readonly string[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE inbound_delivery d SET body = '', headers = '{}', error = NULL,
      status = CASE WHEN d.status IN ('stored', 'failed') THEN 'ignored' ELSE d.status END,
      outcome = CASE WHEN d.status IN ('stored', 'failed') THEN 'redacted' ELSE d.outcome END
    WHERE d.shop_id = ${shopId} AND octet_length(d.body) > 0 AND EXISTS (
      SELECT 1 FROM unnest(${needles}::text[]) AS n (needle)
      WHERE position(convert_to(n.needle, 'UTF8') in d.body) > 0)`;
}

/** What a merchant typed into a search and saved. */
async function dropSavedViews(tx: ShopTx, shopId: string, persons: readonly string[]): Promise<number> {
  const needles = persons.flatMap((text) => [text, encodeURIComponent(text)]).map((text) => text.toLowerCase());
  return tx.$executeRaw`
    DELETE FROM saved_view v WHERE v.shop_id = ${shopId} AND EXISTS (
      SELECT 1 FROM unnest(${needles}::text[]) AS n (needle)
      WHERE position(n.needle in lower(v.query)) > 0 OR position(n.needle in lower(v.name)) > 0)`;
}

async function dropExports(tx: ShopTx, { shopId, orderIds, customerId }: CustomerScope): Promise<number> {
  return tx.$executeRaw`
    UPDATE privacy_request SET export_sealed = NULL
    WHERE shop_id = ${shopId} AND kind = 'customer_data' AND export_sealed IS NOT NULL
      AND (report ->> 'customerId' = ${customerId} OR report -> 'orderIds' ?| ${orderIds}::text[])`;
}

/** Payloads are ids only, but an error message that the queue kept may quote anything. */
async function dropQueueOutputs(tx: ShopTx, shopId: string, persons: readonly string[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE pgboss.job j SET output = NULL
    WHERE j.data ->> 'shopId' = ${shopId} AND j.output IS NOT NULL AND EXISTS (
      SELECT 1 FROM unnest(${[...persons]}::text[]) AS n (needle) WHERE position(n.needle in j.output::text) > 0)`;
}

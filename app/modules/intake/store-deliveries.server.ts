import type { Tx } from "#app/lib/db.server.ts";
import type { NewDelivery } from "./delivery.ts";

/** A delivery whose shop is known, with the id it is to be stored under. */
export interface ResolvedDelivery {
  id: string;
  shopId: string;
  delivery: NewDelivery;
}

/**
 * Stores many deliveries of many shops in one statement and returns the ids of those that were new. A repeated delivery
 * waits for the transaction that stores the first one, so its answer is as true as the first one's.
 */
export async function storeDeliveries(tx: Tx, batch: readonly ResolvedDelivery[]): Promise<Set<string>> {
  // Always in the same order, so that two batches with common keys wait for each other instead of deadlocking.
  const sorted = [...batch].sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
  const column = <T>(read: (entry: ResolvedDelivery) => T): T[] => sorted.map(read);
  const stored = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM store_deliveries(
      ${column((entry) => entry.shopId)}::text[],
      ${column((entry) => entry.id)}::text[],
      ${column(({ delivery }) => delivery.source)}::text[],
      ${column(({ delivery }) => delivery.topic)}::text[],
      ${column(({ delivery }) => delivery.deliveryKey)}::text[],
      ${column(({ delivery }) => delivery.eventId)}::text[],
      ${column(({ delivery }) => delivery.accountId)}::text[],
      ${column(({ delivery }) => delivery.apiVersion)}::text[],
      ${column(({ delivery }) => delivery.triggeredAt?.toISOString() ?? null)}::text[]::timestamptz[],
      ${column(({ delivery }) => JSON.stringify(delivery.headers))}::text[]::jsonb[],
      (SELECT array_agg(decode(b.body, 'base64') ORDER BY b.position)
       FROM unnest(${column(({ delivery }) => toBase64(delivery.body))}::text[]) WITH ORDINALITY AS b (body, position)),
      ${column(({ delivery }) => delivery.receivedAt.toISOString())}::text[]::timestamptz[])`;
  return new Set(stored.map((row) => row.id));
}

function sortKey({ shopId, delivery }: ResolvedDelivery): string {
  return `${shopId} ${delivery.source} ${delivery.topic} ${delivery.deliveryKey}`;
}

function toBase64(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("base64");
}

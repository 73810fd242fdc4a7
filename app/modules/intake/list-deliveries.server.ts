import type { ShopTx } from "#app/lib/db.server.ts";

export interface FailedDelivery {
  id: string;
  source: string;
  topic: string;
  attempts: number;
  error: string | null;
  receivedAt: Date;
  processedAt: Date | null;
}

export interface FailedDeliveryPage {
  deliveries: FailedDelivery[];
  /** Pass it as `after` to get the next page; null on the last one. */
  nextCursor: string | null;
}

const PAGE = 50;

/** The dead letters of a shop, newest first; never their bodies. */
export async function listFailedDeliveries(
  tx: ShopTx,
  { shopId, after = null }: { shopId: string; after?: string | null },
): Promise<FailedDeliveryPage> {
  // Ids sort by the moment of arrival.
  const rows = await tx.inboundDelivery.findMany({
    where: { shopId, status: "failed", ...(after ? { id: { lt: after } } : {}) },
    orderBy: { id: "desc" },
    take: PAGE + 1,
    select: { id: true, source: true, topic: true, attempts: true, error: true, receivedAt: true, processedAt: true },
  });
  const deliveries = rows.slice(0, PAGE);
  return { deliveries, nextCursor: rows.length > PAGE ? (deliveries.at(-1)?.id ?? null) : null };
}

/** How many deliveries of the shop wait in the dead letters. */
export function countFailedDeliveries(tx: ShopTx, shopId: string): Promise<number> {
  return tx.inboundDelivery.count({ where: { shopId, status: "failed" } });
}

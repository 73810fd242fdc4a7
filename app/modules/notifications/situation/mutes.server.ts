import type { ShopTx } from "#app/lib/db.server.ts";
import type { OrderRow } from "./order-rows.server.ts";
import type { ParcelRow } from "./parcel-rows.server.ts";

/** `parcel`, `order`, `customer` or `tag`, and the id; tags in lower case. */
export type Muted = ReadonlySet<string>;

/** What the merchant has silenced of these. */
export async function readMutes(
  tx: ShopTx,
  shopId: string,
  { orders, parcels }: { orders: readonly OrderRow[]; parcels: readonly ParcelRow[] },
): Promise<Muted> {
  const subjects = orders.flatMap(({ id, customerId, tags }) => [
    ...[id, ...(customerId === null ? [] : [customerId])],
    ...tags.flatMap((tag) => [tag, tag.toLowerCase()]),
  ]);
  const ids = [...new Set([...subjects, ...parcels.map(({ id }) => id)])];
  const rows = await tx.mute.findMany({
    where: { shopId, subjectType: { in: ["parcel", "order", "customer", "tag"] }, subjectId: { in: ids } },
  });
  return new Set(rows.map(({ subjectType, subjectId }) => `${subjectType}\n${subjectId}`));
}

export function isMutedOrder({ id, customerId, tags }: OrderRow, muted: Muted): boolean {
  if (muted.has(`order\n${id}`) || (customerId !== null && muted.has(`customer\n${customerId}`))) return true;
  return tags.some((tag) => muted.has(`tag\n${tag}`) || muted.has(`tag\n${tag.toLowerCase()}`));
}

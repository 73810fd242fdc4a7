import type { ShopTx } from "#app/lib/db.server.ts";

/** The names ("#1042") of orders by their ids; an order that is gone is left out. */
export async function readOrderNames(
  tx: ShopTx,
  shopId: string,
  ids: readonly (string | null)[],
): Promise<Record<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))].slice(0, 200);
  if (wanted.length === 0) return {};
  const rows = await tx.order.findMany({ where: { shopId, id: { in: wanted } }, select: { id: true, name: true } });
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

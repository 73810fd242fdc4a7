import type { ShopTx } from "#app/lib/db.server.ts";

/** What a mail is counted against: a domain's day, or the shop's day with the product's own sender. */
export type Counted = { by: "domain"; domainId: string; on: string } | { by: "trial"; beganAt: Date };

/** Adds to the count, and holds it until the transaction ends. @returns how many there were before. */
export async function addToCount(tx: ShopTx, shopId: string, { counted, by }: { counted: Counted; by: number }) {
  if (counted.by === "trial") {
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT use_rate_window(${shopId}, 'mail:trial', ${counted.beganAt}, ${by}::int) AS count`;
    return (row?.count ?? by) - by;
  }
  const [row] = await tx.$queryRaw<{ sent: number }[]>`
    INSERT INTO domain_day AS d (shop_id, domain_id, "on", sent)
    VALUES (${shopId}, ${counted.domainId}, ${counted.on}, ${by}::int)
    ON CONFLICT (shop_id, domain_id, "on") DO UPDATE SET sent = d.sent + ${by}::int RETURNING sent`;
  return (row?.sent ?? by) - by;
}

/** Gives places of the day back: these mails surely did not leave. */
export async function giveBack(tx: ShopTx, shopId: string, counted: readonly (Counted | null)[]): Promise<void> {
  for (const kind of ["domain", "trial"] as const) {
    const places = counted.filter((one) => one?.by === kind);
    if (places[0]) await addToCount(tx, shopId, { counted: places[0], by: -places.length });
  }
}

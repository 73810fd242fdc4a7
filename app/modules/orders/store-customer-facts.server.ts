import type { ShopTx } from "#app/lib/db.server.ts";
import type { OrderSnapshot } from "./snapshot.ts";

/**
 * Keeps what the source knows of the customers behind these orders: tags, and consent to advertising by text. Orders whose
 * source carried no customer stay as they are, and so does what was redacted. Returns the number of changed rows.
 */
export async function storeCustomerFacts(
  tx: ShopTx,
  shopId: string,
  orders: readonly OrderSnapshot[],
): Promise<number> {
  const known = orders.flatMap(({ id, updatedAt, customer }) =>
    customer ? [{ id, source_updated_at: updatedAt, tags: customer.tags, sms: customer.smsMarketing }] : [],
  );
  if (known.length === 0) return 0;
  return tx.$executeRaw`
    UPDATE orders o SET customer_tags = r.tags, sms_marketing = r.sms
    FROM jsonb_to_recordset(${JSON.stringify(known)}::jsonb) AS r (id text, source_updated_at timestamptz, tags text[],
      sms boolean)
    WHERE o.shop_id = ${shopId} AND o.id = r.id AND o.redacted_at IS NULL AND r.source_updated_at >= o.source_updated_at
      AND (o.customer_tags, o.sms_marketing) IS DISTINCT FROM (r.tags, r.sms)`;
}

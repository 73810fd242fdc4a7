import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { OrderSnapshot } from "./snapshot.ts";

/**
 * Makes the stored lines of these orders match, in two statements, touching only rows that change. Orders whose source
 * carried no lines are left alone; a picture or tags that one source does not know stay. Returns the number of changed
 * rows.
 */
export async function storeLines(tx: ShopTx, shopId: string, orders: readonly OrderSnapshot[]): Promise<number> {
  const withLines = orders.filter((order) => order.lines !== null);
  if (withLines.length === 0) return 0;
  const rows = JSON.stringify(withLines.flatMap(toRows));
  const ids = withLines.map((order) => order.id);
  const removed = await tx.$executeRaw`
    DELETE FROM order_line l WHERE l.shop_id = ${shopId} AND l.order_id = ANY (${ids}::text[]) AND NOT EXISTS (
      SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb) AS r (order_id text, id text)
      WHERE r.order_id = l.order_id AND r.id = l.id)`;
  const written = await tx.$executeRaw`
    INSERT INTO order_line AS l (shop_id, order_id, id, position, title, variant_title, sku, quantity, price_minor,
      image_url, requires_shipping, product_tags)
    SELECT ${shopId}, r.* FROM jsonb_to_recordset(${rows}::jsonb) AS r (order_id text, id text, position int, title text,
      variant_title text, sku text, quantity int, price_minor bigint, image_url text, requires_shipping boolean,
      product_tags text[])
    ON CONFLICT (shop_id, order_id, id) DO UPDATE SET position = excluded.position, title = excluded.title,
      variant_title = excluded.variant_title, sku = excluded.sku, quantity = excluded.quantity,
      price_minor = COALESCE(excluded.price_minor, l.price_minor), image_url = COALESCE(excluded.image_url, l.image_url),
      requires_shipping = excluded.requires_shipping,
      product_tags = ${PRODUCT_TAGS}
    WHERE (l.position, l.title, l.variant_title, l.sku, l.quantity, l.price_minor, l.image_url, l.requires_shipping,
        l.product_tags)
      IS DISTINCT FROM (excluded.position, excluded.title, excluded.variant_title, excluded.sku, excluded.quantity,
        COALESCE(excluded.price_minor, l.price_minor), COALESCE(excluded.image_url, l.image_url),
        excluded.requires_shipping, ${PRODUCT_TAGS})`;
  return removed + written;
}

/** No tags take none away: the product may have been deleted since, and what was sold with them stays what it was. */
const PRODUCT_TAGS = Prisma.sql`COALESCE(NULLIF(excluded.product_tags, '{}'), l.product_tags, excluded.product_tags)`;

/** In the order of the record's columns above; a line that a source repeats counts once. */
function toRows(order: OrderSnapshot) {
  const unique = new Map((order.lines ?? []).map((line) => [line.id, line]));
  return [...unique.values()].map((line, position) => ({
    order_id: order.id,
    id: line.id,
    position,
    title: line.title,
    variant_title: line.variantTitle,
    sku: line.sku,
    quantity: line.quantity,
    price_minor: line.price?.minor.toString() ?? null,
    image_url: line.imageUrl,
    requires_shipping: line.requiresShipping,
    product_tags: line.productTags,
  }));
}

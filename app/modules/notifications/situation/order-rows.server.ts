import type { ShopTx } from "#app/lib/db.server.ts";

/** What is read of an order for decisions about its messages. */
export interface OrderRow {
  id: string;
  origin: string;
  placedAt: Date;
  createdAt: Date;
  cancelledAt: Date | null;
  redactedAt: Date | null;
  unfulfilledSince: Date | null;
  fulfillmentStatus: string | null;
  promisedOn: string | null;
  countryCode: string | null;
  provinceCode: string | null;
  postalCode: string | null;
  tags: string[];
  customerTags: string[];
  productTags: string[] | null;
  totalMinor: bigint;
  shippingTitle: string | null;
  customerId: string | null;
  hasEarlier: boolean;
  email: string | null;
  phone: string | null;
  addressPhone: string | null;
  locale: string | null;
  emailMarketing: boolean;
  smsMarketing: boolean;
}

/** The orders with these ids that are there, in no particular order. */
export function readOrderRows(tx: ShopTx, shopId: string, orderIds: readonly string[]): Promise<OrderRow[]> {
  return tx.$queryRaw<OrderRow[]>`
    SELECT o.id, o.origin, o.placed_at AS "placedAt", o.created_at AS "createdAt", o.cancelled_at AS "cancelledAt",
      o.redacted_at AS "redactedAt", o.unfulfilled_since AS "unfulfilledSince",
      o.fulfillment_status AS "fulfillmentStatus", o.promised_on AS "promisedOn", o.country_code AS "countryCode",
      o.province_code AS "provinceCode", o.postal_code AS "postalCode", o.tags, o.customer_tags AS "customerTags",
      (SELECT array_agg(DISTINCT tag ORDER BY tag) FROM order_line l, unnest(l.product_tags) AS tag
        WHERE l.shop_id = o.shop_id AND l.order_id = o.id) AS "productTags",
      o.total_minor AS "totalMinor", o.shipping_title AS "shippingTitle", o.customer_id AS "customerId",
      EXISTS (SELECT 1 FROM orders e WHERE e.shop_id = o.shop_id AND e.customer_id = o.customer_id
        AND e.placed_at < o.placed_at) AS "hasEarlier",
      o.email, o.phone, o.address_phone AS "addressPhone", o.locale, o.email_marketing AS "emailMarketing", o.sms_marketing AS "smsMarketing"
    FROM orders o WHERE o.shop_id = ${shopId} AND o.id = ANY (${[...orderIds]}::text[])`;
}

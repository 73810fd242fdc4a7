import type { ShopTx } from "#app/lib/db.server.ts";
import type { LinkToken } from "./link-token.server.ts";
import type { OrderSnapshot, Origin } from "./snapshot.ts";

/** What is stored of an order already, as far as it decides what may be written. */
export interface StoredOrder {
  id: string;
  sourceUpdatedAt: Date;
  cancelledAt: Date | null;
  redactedAt: Date | null;
  countryCode: string | null;
}

export interface OrderToStore {
  snapshot: OrderSnapshot;
  lookupName: string;
  origin: Origin;
  link: LinkToken;
  linkExpiresAt: Date;
}

/** Locks these orders, always in the same sequence, so that two writers of one order take turns and never dead-lock. */
export async function lockOrders(
  tx: ShopTx,
  shopId: string,
  ids: readonly string[],
): Promise<Map<string, StoredOrder>> {
  const rows = await tx.$queryRaw<StoredOrder[]>`
    SELECT id, source_updated_at AS "sourceUpdatedAt", cancelled_at AS "cancelledAt", redacted_at AS "redactedAt",
      country_code AS "countryCode"
    FROM orders WHERE shop_id = ${shopId} AND id = ANY (${[...ids]}::text[]) ORDER BY id FOR UPDATE`;
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Writes the orders in one statement. A row that would not change is not touched; token, origin and what the source does
 * not carry stay as they were. Returns the ids of the rows that were made or changed.
 */
export async function storeOrders(
  tx: ShopTx,
  { shopId, now, orders }: { shopId: string; now: Date; orders: readonly OrderToStore[] },
): Promise<string[]> {
  if (orders.length === 0) return [];
  const rows = JSON.stringify(orders.map(toRow));
  const changed = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO orders AS o (shop_id, id, name, lookup_name, confirmation_number, checkout_token, customer_id, email, phone,
      locale, currency, total_minor, financial_status, fulfillment_status, recipient_name, city, province_code, postal_code,
      country_code, shipping_title, tags, test, requires_shipping, link_token_sealed, link_token_hash, link_expires_at,
      origin, placed_at, cancelled_at, source_updated_at, email_marketing, address_phone, created_at, updated_at)
    SELECT ${shopId}, r.*, ${now}, ${now} FROM jsonb_to_recordset(${rows}::jsonb) AS r (id text, name text,
      lookup_name text, confirmation_number text, checkout_token text, customer_id text, email text, phone text, locale text,
      currency text, total_minor bigint, financial_status text, fulfillment_status text, recipient_name text, city text,
      province_code text, postal_code text, country_code text, shipping_title text, tags text[], test boolean,
      requires_shipping boolean, link_token_sealed text, link_token_hash text, link_expires_at timestamptz, origin text,
      placed_at timestamptz, cancelled_at timestamptz, source_updated_at timestamptz,
      email_marketing boolean, address_phone text)
    ORDER BY r.id
    ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, lookup_name = excluded.lookup_name,
      confirmation_number = COALESCE(excluded.confirmation_number, o.confirmation_number),
      checkout_token = COALESCE(excluded.checkout_token, o.checkout_token),
      customer_id = excluded.customer_id, email = excluded.email, phone = excluded.phone, locale = excluded.locale,
      currency = excluded.currency, total_minor = excluded.total_minor, financial_status = excluded.financial_status,
      fulfillment_status = excluded.fulfillment_status, recipient_name = excluded.recipient_name, city = excluded.city,
      province_code = excluded.province_code, postal_code = excluded.postal_code, country_code = excluded.country_code,
      shipping_title = excluded.shipping_title, tags = excluded.tags, test = excluded.test,
      requires_shipping = excluded.requires_shipping, placed_at = excluded.placed_at, cancelled_at = excluded.cancelled_at,
      source_updated_at = excluded.source_updated_at, email_marketing = excluded.email_marketing,
      address_phone = excluded.address_phone, updated_at = ${now}
    WHERE excluded.source_updated_at >= o.source_updated_at AND (
      o.name, o.lookup_name, o.confirmation_number, o.checkout_token, o.customer_id, o.email, o.phone, o.locale, o.currency,
      o.total_minor, o.financial_status, o.fulfillment_status, o.recipient_name, o.city, o.province_code, o.postal_code,
      o.country_code, o.shipping_title, o.tags, o.test, o.requires_shipping, o.placed_at, o.cancelled_at,
      o.source_updated_at, o.email_marketing, o.address_phone
    ) IS DISTINCT FROM (
      excluded.name, excluded.lookup_name, COALESCE(excluded.confirmation_number, o.confirmation_number),
      COALESCE(excluded.checkout_token, o.checkout_token), excluded.customer_id, excluded.email, excluded.phone,
      excluded.locale, excluded.currency, excluded.total_minor, excluded.financial_status, excluded.fulfillment_status,
      excluded.recipient_name, excluded.city, excluded.province_code, excluded.postal_code, excluded.country_code,
      excluded.shipping_title, excluded.tags, excluded.test, excluded.requires_shipping, excluded.placed_at,
      excluded.cancelled_at, excluded.source_updated_at, excluded.email_marketing, excluded.address_phone)
    RETURNING o.id`;
  return changed.map((row) => row.id);
}

/** In the order of the record's columns above. */
function toRow({ snapshot, lookupName, origin, link, linkExpiresAt }: OrderToStore) {
  return {
    id: snapshot.id,
    name: snapshot.name,
    lookup_name: lookupName,
    confirmation_number: snapshot.confirmationNumber,
    checkout_token: snapshot.checkoutToken,
    customer_id: snapshot.customerId,
    email: snapshot.email,
    phone: snapshot.phone,
    locale: snapshot.locale,
    currency: snapshot.total.currency,
    total_minor: snapshot.total.minor.toString(),
    financial_status: snapshot.financialStatus,
    fulfillment_status: snapshot.fulfillmentStatus,
    recipient_name: snapshot.shipTo?.name ?? null,
    city: snapshot.shipTo?.city ?? null,
    province_code: snapshot.shipTo?.provinceCode ?? null,
    postal_code: snapshot.shipTo?.postalCode ?? null,
    country_code: snapshot.shipTo?.countryCode ?? null,
    shipping_title: snapshot.shippingTitle,
    tags: snapshot.tags,
    test: snapshot.test,
    requires_shipping: snapshot.requiresShipping,
    link_token_sealed: link.sealed,
    link_token_hash: link.hash,
    link_expires_at: linkExpiresAt,
    origin,
    placed_at: snapshot.placedAt,
    cancelled_at: snapshot.cancelledAt,
    source_updated_at: snapshot.updatedAt,
    email_marketing: snapshot.emailMarketing,
    address_phone: snapshot.shipTo?.phone ?? null,
  };
}

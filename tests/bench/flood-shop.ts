import type pg from "pg";

/** Scans, and messages of the detail page, are written for every tenth parcel: only those are opened. */
export const OPENED_EVERY = 10;
/** Three months between the newest and the hundred thousandth parcel. */
const APART_SECONDS = 78;

export interface ShopFlood {
  shopId: string;
  from: number;
  to: number;
}

export const floodedParcel = (number: number): string => `shp_${String(number).padStart(10, "0")}`;
export const floodedOrder = (number: number): string => `gid://bench/Order/${number}`;

/** Orders numbered from–to, the first the newest, each with an item, a fulfillment and a parcel; most have arrived. */
export async function floodShop(owner: pg.Client, { shopId, from, to }: ShopFlood): Promise<void> {
  const values = [shopId, from, to];
  for (const statement of STATEMENTS) await owner.query(statement, values);
  await owner.query("VACUUM ANALYZE");
}

const AT = `(now() - n * interval '${APART_SECONDS} seconds')`;
const SHIPMENT = "'shp_' || lpad(n::text, 10, '0')";
const NUMBERS = "FROM generate_series($2::int, $3::int) AS n";
const OPENED = `${NUMBERS} WHERE n % ${OPENED_EVERY} = 0`;

const STATEMENTS = [
  `INSERT INTO orders (shop_id, id, name, lookup_name, email, currency, total_minor, recipient_name, city, province_code,
     postal_code, country_code, link_token_sealed, link_token_hash, link_expires_at, origin, placed_at, source_updated_at,
     created_at, updated_at)
   SELECT $1, 'gid://bench/Order/' || n, '#' || (900000 - n), (900000 - n)::text, 'buyer' || n || '@example.com', 'USD', 14800,
     (ARRAY['Avery','Kim','Noor','Sam','Jo'])[1 + n % 5] || ' ' || (ARRAY['Lindqvist','Okafor','Marsh','Sato'])[1 + n % 4],
     'Austin', 'TX', '78704', 'US', 'none', 'none' || n, ${AT} + interval '180 days', 'live', ${AT}, ${AT}, ${AT}, ${AT}
   ${NUMBERS}`,
  `INSERT INTO order_line (shop_id, order_id, id, position, title, variant_title, quantity, price_minor)
   SELECT $1, 'gid://bench/Order/' || n, 'gid://bench/LineItem/' || n, 0, 'Trail Shell Jacket', 'Pine / M', 1, 14800 ${NUMBERS}`,
  `INSERT INTO fulfillment (shop_id, id, order_id, status, native_status, lines, origin, fulfilled_at, source_updated_at, created_at, updated_at)
   SELECT $1, 'gid://bench/Fulfillment/' || n, 'gid://bench/Order/' || n, 'success',
     CASE WHEN n % 50 < 9 THEN 'in_transit' ELSE 'delivered' END,
     jsonb_build_array(jsonb_build_object('lineId', 'gid://bench/LineItem/' || n, 'quantity', 1)), 'live',
     ${AT}, ${AT}, ${AT}, ${AT} ${NUMBERS}`,
  `INSERT INTO shipment (shop_id, id, order_id, fulfillment_id, tracking_number, carrier, company_name, origin, country_code,
     status, status_since, first_scan_at, last_event_at, last_event, event_count, created_at, updated_at)
   SELECT $1, ${SHIPMENT}, 'gid://bench/Order/' || n, 'gid://bench/Fulfillment/' || n, '1ZBENCH' || lpad(n::text, 10, '0'),
     (ARRAY['ups','fedex'])[1 + n % 2], 'UPS', 'live', 'US',
     CASE WHEN n % 50 < 9 THEN (ARRAY['exception','delivery_attempted','pre_transit','out_for_delivery','in_transit',
       'in_transit','in_transit','in_transit','return_to_sender'])[1 + n % 50] ELSE 'delivered' END,
     ${AT}, ${AT}, ${AT}, '{"description": "Arrived at facility", "location": "Austin, TX, US"}', 5, ${AT}, ${AT} ${NUMBERS}`,
  `INSERT INTO tracking_event (shop_id, shipment_id, fingerprint, source, carrier, status, code, description, location,
     country_code, local_time, utc_offset, occurred_at, zone_source, unknown_code, rule, sequence, raw, received_at)
   SELECT $1, parcel.id, 'scan' || scan, 'poll', 'ups', 'in_transit', 'C' || scan, 'Arrived at facility', 'Austin, TX, US', 'US',
     '2026-03-02T10:0' || scan || ':00', '+00:00', parcel.at + scan * interval '3 hours', 'carrier', false, 'code:in_transit',
     scan, '{"code": "in_transit"}', parcel.at
   FROM (SELECT ${SHIPMENT} AS id, ${AT} AS at ${OPENED}) AS parcel, generate_series(0, 4) AS scan`,
  `INSERT INTO fact (shop_id, id, kind, at, happened_on, subject_id, carrier, country_code)
   SELECT $1, 'fct_' || n, 'shipment.delivered', ${AT}, (${AT})::date::text, ${SHIPMENT}, 'ups', 'US' ${NUMBERS} WHERE n % 50 >= 9`,
  `INSERT INTO notification (shop_id, id, business_key, kind, channel, order_id, shipment_id, recipient, state, decision,
     subject, decided_at, sent_at, updated_at)
   SELECT $1, 'ntf_' || n, 'shipped:' || n, 'shipped', 'email', 'gid://bench/Order/' || n, ${SHIPMENT}, 'buyer@example.com',
     'sent', '{"action": "send", "rule": "shipped"}', 'Your order is on its way', ${AT}, ${AT}, ${AT} ${NUMBERS}`,
  `INSERT INTO activity (shop_id, id, at, actor, type, subject_type, subject_id, data)
   SELECT $1, 'act_' || n, ${AT}, 'carrier', 'shipment.status_changed', 'shipment', ${SHIPMENT}, '{}' ${OPENED}`,
];

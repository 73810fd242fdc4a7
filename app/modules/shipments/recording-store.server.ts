import type { ShopTx } from "#app/lib/db.server.ts";
import type { RecordingRow } from "./recording-row.ts";
import type { LoggedEvent, StoredEvent } from "./stored-event.ts";

/** Locks the parcels, always in the order of their ids, so that two recorders of many parcels cannot deadlock. */
export function lockShipments(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<RecordingRow[]> {
  return tx.$queryRaw<RecordingRow[]>`
    SELECT s.id, s.order_id AS "orderId", s.fulfillment_id AS "fulfillmentId", s.tracking_number AS "trackingNumber",
      s.carrier, s.origin, s.country_code AS "countryCode",
      o.province_code AS "provinceCode", (SELECT timezone FROM shop WHERE id = ${shopId}) AS "shopZone", s.lifecycle, s.status, s.sub_status AS "subStatus",
      s.status_at AS "statusAt", s.status_since AS "statusSince", s.status_reason AS "statusReason",
      s.first_scan_at AS "firstScanAt", s.last_event_at AS "lastEventAt", s.last_event AS "lastEvent",
      s.delivered_at AS "deliveredAt", s.delivered_local AS "deliveredLocal",
      s.estimated_delivery AS "estimatedDelivery", s.service, s.event_count AS "eventCount", s.flags, s.version,
      s.next_check_at AS "nextCheckAt", s.last_check_at AS "lastCheckAt", s.last_news_at AS "lastNewsAt",
      s.push_until AS "pushUntil", s.check_failures AS "checkFailures", s.check_problem AS "checkProblem",
      s.checks_on AS "checksOn", s.checks_that_day AS "checksThatDay", s.stop_reason AS "stopReason",
      s.created_at AS "createdAt", f.fulfilled_at AS "shippedAt"
    FROM shipment s JOIN fulfillment f ON f.shop_id = s.shop_id AND f.id = s.fulfillment_id
      JOIN orders o ON o.shop_id = s.shop_id AND o.id = s.order_id
    WHERE s.shop_id = ${shopId} AND s.id = ANY (${[...ids]}::text[])
    ORDER BY s.id FOR UPDATE OF s`;
}

export interface NewEvent {
  shipmentId: string;
  event: LoggedEvent;
}

/** Adds the rows in one statement; those already in the log stay as they are. Returns how many are new, per parcel. */
export async function insertEvents(
  tx: ShopTx,
  shopId: string,
  rows: readonly NewEvent[],
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const column = <T>(read: (event: LoggedEvent) => T) => rows.map(({ event }) => read(event));
  const added = await tx.$queryRaw<{ shipmentId: string; count: number }[]>`
    WITH added AS (
      INSERT INTO tracking_event (shop_id, shipment_id, fingerprint, source, carrier, status, sub_status, code,
        description, location, country_code, local_time, utc_offset, occurred_at, zone_source, zone_name, unknown_code,
        rule, sequence, raw, received_at)
      SELECT ${shopId}, u.shipment_id, u.fingerprint, u.source, u.carrier, u.status, u.sub_status, u.code, u.description,
        u.location, u.country_code, u.local_time, u.utc_offset, u.occurred_at::timestamptz, u.zone_source, u.zone_name,
        u.unknown_code, u.rule, u.sequence, u.raw::jsonb, u.received_at::timestamptz
      FROM unnest(
        ${rows.map((row) => row.shipmentId)}::text[], ${column((event) => event.fingerprint)}::text[],
        ${column((event) => event.source)}::text[], ${column((event) => event.carrier)}::text[],
        ${column((event) => event.status)}::text[], ${column((event) => event.subStatus)}::text[],
        ${column((event) => event.code)}::text[], ${column((event) => event.description)}::text[],
        ${column((event) => event.location)}::text[], ${column((event) => event.countryCode)}::text[],
        ${column((event) => event.localTime)}::text[], ${column((event) => event.utcOffset)}::text[],
        ${column((event) => event.occurredAt?.toISOString() ?? null)}::text[],
        ${column((event) => event.zoneSource)}::text[], ${column((event) => event.zoneName)}::text[],
        ${column((event) => event.unknownCode)}::boolean[], ${column((event) => event.rule)}::text[],
        ${column((event) => event.sequence)}::int[],
        ${column((event) => (event.raw === null ? null : JSON.stringify(event.raw)))}::text[],
        ${column((event) => event.receivedAt.toISOString())}::text[]
      ) AS u (shipment_id, fingerprint, source, carrier, status, sub_status, code, description, location, country_code,
        local_time, utc_offset, occurred_at, zone_source, zone_name, unknown_code, rule, sequence, raw, received_at)
      ON CONFLICT (shop_id, shipment_id, fingerprint) DO NOTHING
      RETURNING shipment_id
    )
    SELECT shipment_id AS "shipmentId", count(*)::int AS count FROM added GROUP BY shipment_id`;
  return new Map(added.map(({ shipmentId, count }) => [shipmentId, count]));
}

/** The whole log of the parcels, without what is kept for showing only. */
export async function loadLogs(
  tx: ShopTx,
  shopId: string,
  ids: readonly string[],
): Promise<Map<string, StoredEvent[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<(StoredEvent & { shipmentId: string })[]>`
    SELECT shipment_id AS "shipmentId", fingerprint, source, carrier, status, sub_status AS "subStatus", code,
      description, location, country_code AS "countryCode", local_time AS "localTime", utc_offset AS "utcOffset",
      occurred_at AS "occurredAt", zone_source AS "zoneSource", zone_name AS "zoneName",
      unknown_code AS "unknownCode", rule, sequence, received_at AS "receivedAt"
    FROM tracking_event WHERE shop_id = ${shopId} AND shipment_id = ANY (${[...ids]}::text[])`;
  const logs = new Map<string, StoredEvent[]>();
  for (const { shipmentId, ...event } of rows) {
    const log = logs.get(shipmentId);
    if (log) log.push(event);
    else logs.set(shipmentId, [event]);
  }
  return logs;
}

/** Writes the folded state and the watch schedule of all parcels in one statement. */
export async function writeRows(tx: ShopTx, shopId: string, rows: readonly RecordingRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE shipment s SET
      status = u.status, sub_status = u."subStatus", status_at = u."statusAt", status_since = u."statusSince",
      status_reason = u."statusReason", first_scan_at = u."firstScanAt", last_event_at = u."lastEventAt",
      last_event = u."lastEvent", delivered_at = u."deliveredAt", delivered_local = u."deliveredLocal",
      estimated_delivery = u."estimatedDelivery", service = u.service, event_count = u."eventCount", flags = u.flags,
      version = u.version, next_check_at = u."nextCheckAt", last_check_at = u."lastCheckAt",
      last_news_at = u."lastNewsAt", push_until = u."pushUntil", check_failures = u."checkFailures",
      check_problem = u."checkProblem", checks_on = u."checksOn", checks_that_day = u."checksThatDay",
      stop_reason = u."stopReason", updated_at = ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS u (
      id text, status text, "subStatus" text, "statusAt" timestamptz, "statusSince" timestamptz, "statusReason" jsonb,
      "firstScanAt" timestamptz, "lastEventAt" timestamptz, "lastEvent" jsonb, "deliveredAt" timestamptz,
      "deliveredLocal" text, "estimatedDelivery" jsonb, service text, "eventCount" int, flags text[], version int,
      "nextCheckAt" timestamptz, "lastCheckAt" timestamptz, "lastNewsAt" timestamptz, "pushUntil" timestamptz,
      "checkFailures" int, "checkProblem" jsonb, "checksOn" text, "checksThatDay" int, "stopReason" text)
    WHERE s.shop_id = ${shopId} AND s.id = u.id`;
}

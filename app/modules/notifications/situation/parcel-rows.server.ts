import { z } from "zod";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { isScan, MAPPED, type StoredEvent } from "#app/modules/shipments/stored-event.ts";
import type { ParcelOutlook, ParcelScan } from "../situation.ts";

/** What is read of a parcel for decisions about its messages. */
export interface ParcelRow {
  id: string;
  orderId: string;
  status: ShipmentStatus;
  subStatus: string | null;
  carrier: string | null;
  service: string | null;
  lifecycle: string;
  origin: string;
  countryCode: string | null;
  shippedAt: Date | null;
  createdAt: Date;
  promisedOn: string | null;
  shown: unknown;
  troubles: unknown;
}

/** More scans than any parcel has; a log that grew beyond it is read from its newest end. */
const MOST_SCANS = 2_000;
/** More parcels than any order has. */
const MOST_PARCELS = 200;

/** The parcels of these orders, oldest first. */
export function readParcelRows(tx: ShopTx, shopId: string, orderIds: readonly string[]): Promise<ParcelRow[]> {
  return tx.$queryRaw<ParcelRow[]>`
    SELECT s.* FROM unnest(${[...orderIds]}::text[]) AS o (id) CROSS JOIN LATERAL (
      SELECT s.id, s.order_id AS "orderId", s.status, s.sub_status AS "subStatus", s.carrier, s.service, s.lifecycle, s.origin,
        s.country_code AS "countryCode",
        f.fulfilled_at AS "shippedAt", s.created_at AS "createdAt", p.promised_on AS "promisedOn", p.shown, p.troubles
      FROM shipment s
        JOIN fulfillment f ON f.shop_id = s.shop_id AND f.id = s.fulfillment_id
        LEFT JOIN parcel_forecast p ON p.shop_id = s.shop_id AND p.shipment_id = s.id
      WHERE s.shop_id = ${shopId} AND s.order_id = o.id
      ORDER BY s.created_at, s.id LIMIT ${MOST_PARCELS}::int) s
    ORDER BY s."createdAt", s.id`;
}

type ScanRow = Pick<StoredEvent, "fingerprint" | "status" | "subStatus" | "occurredAt" | "localTime" | "receivedAt"> &
  Pick<StoredEvent, "source" | "rule" | "countryCode"> & { shipmentId: string };

/** The scans of these parcels; statements about the whole parcel and decisions of ours tell no shopper anything. */
export async function readScans(
  tx: ShopTx,
  shopId: string,
  shipmentIds: readonly string[],
): Promise<Map<string, ParcelScan[]>> {
  const rows = await tx.$queryRaw<ScanRow[]>`
    SELECT e.* FROM unnest(${[...shipmentIds]}::text[]) AS s (id) CROSS JOIN LATERAL (
      SELECT shipment_id AS "shipmentId", fingerprint, status, sub_status AS "subStatus", occurred_at AS "occurredAt",
        local_time AS "localTime", received_at AS "receivedAt", source, rule, country_code AS "countryCode"
      FROM tracking_event WHERE shop_id = ${shopId} AND shipment_id = s.id
      ORDER BY received_at DESC, fingerprint LIMIT ${MOST_SCANS}::int) e`;
  const scans = new Map<string, ParcelScan[]>();
  for (const row of rows) {
    if (!isScan(row)) continue;
    const { fingerprint, status, subStatus, occurredAt, localTime, receivedAt, countryCode } = row;
    const scan: ParcelScan = { fingerprint, status, subStatus, occurredAt, localTime, receivedAt, countryCode };
    const list = scans.get(row.shipmentId) ?? [];
    list.push(row.rule.startsWith(MAPPED) ? { ...scan, mapped: true } : scan);
    scans.set(row.shipmentId, list);
  }
  return scans;
}

const shownDate = z.object({ on: z.string(), from: z.string().optional() }).nullable().catch(null);
const found = z.array(z.object({ kind: z.string(), since: z.coerce.date() })).catch([]);

/** What is foreseen of a parcel, as far as messages need it; null while neither a promise nor a forecast is known. */
export function outlookOf(row: Pick<ParcelRow, "promisedOn" | "shown" | "troubles">, orderPromise: string | null) {
  const shown = shownDate.parse(row.shown ?? null);
  const promisedOn = row.promisedOn ?? orderPromise;
  const troubles = found.parse(row.troubles ?? []);
  if (!shown && promisedOn === null && troubles.length === 0) return null;
  const outlook: ParcelOutlook = {
    promisedOn,
    expectedOn: shown?.on ?? null,
    expectedFrom: shown?.from ?? null,
    troubles,
  };
  return outlook;
}

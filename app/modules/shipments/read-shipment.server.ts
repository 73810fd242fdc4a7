import type { ShopTx } from "#app/lib/db.server.ts";
import type { LoggedEvent, StoredEvent } from "./stored-event.ts";

/** Rows of one log that are read for a page; real parcels have a few dozen. */
const MAX_EVENTS = 1_000;

const WITHOUT_RAW = {
  fingerprint: true,
  source: true,
  carrier: true,
  status: true,
  subStatus: true,
  code: true,
  description: true,
  location: true,
  countryCode: true,
  localTime: true,
  utcOffset: true,
  occurredAt: true,
  zoneSource: true,
  zoneName: true,
  unknownCode: true,
  rule: true,
  sequence: true,
  receivedAt: true,
} as const;

/** A parcel with its order and its whole log, raw pieces included: for the merchant's detail page. Null when there is none. */
export async function shipmentDetail(tx: ShopTx, shopId: string, id: string) {
  const shipment = await tx.shipment.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { order: true, fulfillment: true },
  });
  if (!shipment) return null;
  const events = await tx.trackingEvent.findMany({
    where: { shopId, shipmentId: id },
    select: { ...WITHOUT_RAW, raw: true },
    orderBy: { receivedAt: "desc" },
    take: MAX_EVENTS,
  });
  return { ...shipment, events: events as LoggedEvent[] };
}

/** The parcels of an order that still belong to it, oldest first, with their logs but without raw pieces. */
export async function shipmentsOfOrder(tx: ShopTx, shopId: string, orderId: string) {
  const shipments = await tx.shipment.findMany({
    where: { shopId, orderId, lifecycle: { not: "removed" } },
    include: { events: { select: WITHOUT_RAW, orderBy: { receivedAt: "desc" }, take: MAX_EVENTS } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 100,
  });
  return shipments.map((shipment) => ({ ...shipment, events: shipment.events as StoredEvent[] }));
}

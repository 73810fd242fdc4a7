import type { ShopTx } from "#app/lib/db.server.ts";
import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { readDetection } from "./detection.ts";
import { linesOfFulfillment } from "./fulfilled-lines.ts";
import type { StoredEvent } from "./stored-event.ts";
import { type Timeline, timelineOf } from "./timeline.ts";

/** Scans that one page reads; real parcels have a few dozen. */
const MAX_EVENTS = 500;
const MAX_LINES = 250;

/** Everything that the merchant's page of one parcel shows. */
export interface ParcelPage {
  parcel: ParcelFacts;
  order: OrderFacts;
  items: { id: string; title: string; variant: string | null; quantity: number }[];
  timeline: Timeline;
  /** The scan that made the status what it is; null while nothing has, or when it is not among those read. */
  decidedBy: { description: string | null; location: string | null; localTime: string | null } | null;
}

export interface ParcelFacts {
  id: string;
  trackingNumber: string;
  carrier: string | null;
  companyName: string | null;
  trackingUrl: string | null;
  service: string | null;
  origin: string;
  lifecycle: string;
  status: ShipmentStatus;
  subStatus: string | null;
  statusSince: Date;
  statusReason: { rule: string; fingerprint: string; source: string; at: string | null } | null;
  deliveredLocal: string | null;
  estimatedDelivery: EstimatedDelivery | null;
  flags: string[];
  lastEventAt: Date | null;
  nextCheckAt: Date | null;
  lastCheckAt: Date | null;
  checkProblem: { kind: string; message: string; at: string } | null;
  pushUntil: Date | null;
  stopReason: string | null;
  /** Who does not know the number and is not asked, by our id. */
  givenUp: string[];
  createdAt: Date;
}

export interface OrderFacts {
  id: string;
  name: string;
  /** Town and country, never a street. */
  destination: string | null;
  recipientName: string | null;
  cancelled: boolean;
  linkTokenSealed: string;
  linkExpiresAt: Date;
}

/** One parcel with its order and timeline, or null when the shop has none of that id. */
export async function readParcelPage(tx: ShopTx, shopId: string, id: string): Promise<ParcelPage | null> {
  const row = await tx.shipment.findUnique({
    where: { shopId_id: { shopId, id } },
    include: {
      order: { include: { lines: { orderBy: { position: "asc" }, take: MAX_LINES } } },
      fulfillment: { select: { lines: true } },
      events: { orderBy: { receivedAt: "desc" }, take: MAX_EVENTS, omit: { raw: true } },
    },
  });
  if (!row) return null;
  const { order, fulfillment, events, ...parcel } = row;
  const statusReason = parcel.statusReason as ParcelFacts["statusReason"];
  const decisive = events.find((event) => event.fingerprint === statusReason?.fingerprint);
  return {
    parcel: {
      ...parcel,
      statusReason,
      status: parcel.status as ShipmentStatus,
      estimatedDelivery: parcel.estimatedDelivery as EstimatedDelivery | null,
      checkProblem: parcel.checkProblem as ParcelFacts["checkProblem"],
      givenUp: readDetection(parcel.detection).givenUp.map(({ asked }) => asked),
    },
    order: {
      id: order.id,
      name: order.name,
      destination: [order.city, order.provinceCode, order.countryCode].filter(Boolean).join(", ") || null,
      recipientName: order.recipientName,
      cancelled: order.cancelledAt !== null,
      linkTokenSealed: order.linkTokenSealed,
      linkExpiresAt: order.linkExpiresAt,
    },
    items: linesOfFulfillment(fulfillment.lines, order.lines),
    timeline: timelineOf(events as StoredEvent[]),
    decidedBy: decisive
      ? { description: decisive.description, location: decisive.location, localTime: decisive.localTime }
      : null,
  };
}

/** The piece of the carrier's answer that one scan was read from; null when the shop has no such scan. */
export async function readRawEvent(
  tx: ShopTx,
  { shopId, shipmentId, fingerprint }: { shopId: string; shipmentId: string; fingerprint: string },
): Promise<{ raw: unknown; receivedAt: Date; rule: string; code: string | null } | null> {
  return tx.trackingEvent.findUnique({
    where: { shopId_shipmentId_fingerprint: { shopId, shipmentId, fingerprint } },
    select: { raw: true, receivedAt: true, rule: true, code: true },
  });
}

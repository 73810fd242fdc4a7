import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { orderEvents } from "#app/modules/shipments/order-events.ts";
import { type ShopperDate, type ShopperDates, shopperDateText } from "#app/modules/shipments/shopper-date.ts";
import { isStatement, type StoredEvent } from "#app/modules/shipments/stored-event.ts";
import {
  isTroubled,
  redactView,
  stepOf,
  type TrackingView,
  type ViewEvent,
  type ViewItem,
  type ViewParcel,
  type ViewTier,
} from "./tracking-view.ts";

export interface ViewDeps {
  carrierName(carrier: string | null, companyName: string | null): string | null;
  carrierPage(carrier: string | null, trackingNumber: string): string | null;
  shopperDates: ShopperDates;
}

export interface ViewRequest {
  shopId: string;
  tier: ViewTier;
  locale: string;
  /** Whether the merchant shows items at all. */
  showItems: boolean;
}

const MAX_PARCELS = 50;
const MAX_EVENTS = 200;
const MAX_MESSAGES = 20;

/** Everything about one order that the tier may see, or null when the order is gone. */
export async function loadOrderView(
  tx: ShopTx,
  deps: ViewDeps,
  { orderId, ...request }: ViewRequest & { orderId: string },
): Promise<TrackingView | null> {
  const { shopId } = request;
  const order = await tx.order.findUnique({
    where: { shopId_id: { shopId, id: orderId } },
    include: { lines: { orderBy: { position: "asc" }, take: 250 }, fulfillments: { take: 100 } },
  });
  if (!order) return null;
  const parcels = await loadParcels(tx, { orderId });
  const dates = await datesOf(tx, deps, { shopId, parcels });
  const fulfilled = order.fulfillments.filter(({ status }) => status !== "cancelled");
  const items = new Map(order.lines.map((line) => [line.id, line]));
  const shippedOf = (fulfillmentId: string): ViewItem[] =>
    linesOf(fulfilled.find(({ id }) => id === fulfillmentId)?.lines).flatMap(({ lineId, quantity }) => {
      const line = items.get(lineId);
      return line ? [toItem(line, quantity)] : [];
    });
  const messages = await tx.notification.findMany({
    where: { shopId, orderId, state: "sent" },
    orderBy: { sentAt: "desc" },
    take: MAX_MESSAGES,
    select: { subject: true, sentAt: true },
  });
  return redactView({
    tier: request.tier,
    orderName: order.name,
    cancelled: order.cancelledAt !== null,
    destination: [order.city, order.provinceCode, order.countryCode].filter(Boolean).join(", ") || null,
    parcels: parcels.map((row, index) => ({
      ...toParcel(row, { deps, locale: request.locale, date: dates.get(row.id) ?? null }),
      index: index + 1,
      count: parcels.length,
      items: request.showItems ? shippedOf(row.fulfillmentId) : [],
    })),
    unshipped: request.showItems && !order.cancelledAt ? unshippedItems(order.lines, fulfilled) : [],
    messages: messages.flatMap(({ subject, sentAt }) => (subject && sentAt ? [{ subject, sentAt }] : [])),
  });
}

/** One parcel alone, for somebody who knows its number: status and dates. */
export async function loadParcelView(
  tx: ShopTx,
  deps: ViewDeps,
  { shipmentId, ...request }: ViewRequest & { shipmentId: string },
): Promise<TrackingView | null> {
  const [row] = await loadParcels(tx, { id: shipmentId });
  if (!row) return null;
  const dates = await datesOf(tx, deps, { shopId: request.shopId, parcels: [row] });
  const parcel = toParcel(row, { deps, locale: request.locale, date: dates.get(row.id) ?? null });
  return redactView({
    tier: "number",
    orderName: null,
    cancelled: false,
    destination: null,
    parcels: [{ ...parcel, index: 1, count: 1, items: [] }],
    unshipped: [],
    messages: [],
  });
}

function loadParcels(tx: ShopTx, where: { orderId: string } | { id: string }) {
  return tx.shipment.findMany({
    where: { ...where, lifecycle: "active" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: MAX_PARCELS,
    include: {
      events: { orderBy: { receivedAt: "desc" }, take: MAX_EVENTS, omit: { raw: true } },
    },
  });
}

type ParcelRow = Awaited<ReturnType<typeof loadParcels>>[number];

function datesOf(
  tx: ShopTx,
  { shopperDates }: ViewDeps,
  { shopId, parcels }: { shopId: string; parcels: readonly ParcelRow[] },
): Promise<Map<string, ShopperDate>> {
  return shopperDates.of(
    tx,
    shopId,
    parcels.map(({ id }) => id),
  );
}

function toParcel(
  row: ParcelRow,
  { deps, locale, date }: { deps: ViewDeps; locale: string; date: ShopperDate | null },
): Omit<ViewParcel, "index" | "count" | "items"> {
  const status = row.status as ShipmentStatus;
  const carrierName = deps.carrierName(row.carrier, row.companyName);
  const open = status !== "delivered" && !isTroubled(status);
  return {
    status,
    step: stepOf(status),
    troubled: isTroubled(status),
    carrierName,
    trackingNumber: row.trackingNumber,
    carrierUrl: deps.carrierPage(row.carrier, row.trackingNumber),
    shopUrl: safeUrl(row.trackingUrl),
    expected: open ? shopperDateText(date, locale) : null,
    deliveredLocal: status === "delivered" ? row.deliveredLocal : null,
    lastCheckAt: row.lastCheckAt,
    stale: row.checkProblem !== null && row.checkFailures > 0,
    events: historyOf(row.events as StoredEvent[]).map(toEvent),
  };
}

/** Statements about the whole parcel and our own decisions are no scans: they have no place in a history. */
function historyOf(events: readonly StoredEvent[]): StoredEvent[] {
  return orderEvents(events.filter((event) => !isStatement(event) && event.source !== "system")).reverse();
}

function toEvent(event: StoredEvent): ViewEvent {
  return {
    date: event.localTime?.slice(0, 10) ?? null,
    time: event.localTime?.includes("T") ? event.localTime.slice(11, 16) : null,
    zone: event.zoneSource,
    status: event.status,
    description: event.description,
    location: event.location,
  };
}

interface Line {
  id: string;
  title: string;
  variantTitle: string | null;
  quantity: number;
  imageUrl: string | null;
  requiresShipping: boolean;
}

function unshippedItems(lines: readonly Line[], fulfillments: readonly { lines: unknown }[]): ViewItem[] {
  const shipped = new Map<string, number>();
  for (const { lineId, quantity } of fulfillments.flatMap(({ lines: part }) => linesOf(part))) {
    shipped.set(lineId, (shipped.get(lineId) ?? 0) + quantity);
  }
  return lines.flatMap((line) => {
    const left = line.quantity - (shipped.get(line.id) ?? 0);
    return line.requiresShipping && left > 0 ? [toItem(line, left)] : [];
  });
}

function toItem(line: Line, quantity: number): ViewItem {
  return { title: line.title, variant: line.variantTitle, quantity, imageUrl: safeUrl(line.imageUrl) };
}

function linesOf(stored: unknown): { lineId: string; quantity: number }[] {
  return Array.isArray(stored) ? (stored as { lineId: string; quantity: number }[]) : [];
}

/** Only https addresses reach a page: a link typed by anybody may be anything. */
function safeUrl(url: string | null): string | null {
  return url?.startsWith("https://") ? url.slice(0, 2_000) : null;
}

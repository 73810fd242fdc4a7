/** One parcel as the backend tells it; texts are already in the shopper's language, descriptions are the carrier's words. */
export interface ShipmentStatus {
  trackingNumber: string;
  carrier: string;
  /** One of the eleven statuses of the product; unknown words are shown by their label and treated as neutral. */
  status: string;
  statusLabel: string;
  lastEvent: ScanEvent | null;
  estimatedDelivery: string | null;
  /** Absolute https address of the full timeline; null when the backend sent anything else. */
  trackingUrl: string | null;
}

export interface ScanEvent {
  /** ISO 8601: an instant (`…Z`), a local time with or without offset, or a date; null when the carrier gave none. */
  at: string | null;
  description: string | null;
  location: string | null;
}

const MAX_SHIPMENTS = 50;

/**
 * Reads the backend's answer (contract: tests/extensions/order-status-contract.ts). Returns null when it is not such an
 * answer or speaks of another fulfillment; extra fields are ignored, so that the backend can grow first.
 */
export function parseAnswer(body: unknown, fulfillmentId: string): ShipmentStatus[] | null {
  const answer = record(body);
  if (record(answer?.["fulfillment"])?.["id"] !== fulfillmentId) return null;
  const list = answer?.["shipments"];
  if (!Array.isArray(list)) return null;
  const shipments = list.slice(0, MAX_SHIPMENTS).map(parseShipment);
  return shipments.every((shipment) => shipment !== null) ? shipments : null;
}

function parseShipment(value: unknown): ShipmentStatus | null {
  const shipment = record(value);
  const trackingNumber = text(shipment?.["trackingNumber"]);
  const status = text(shipment?.["status"]);
  const statusLabel = text(shipment?.["statusLabel"]);
  if (!shipment || trackingNumber === null || status === null || statusLabel === null) return null;
  return {
    trackingNumber,
    carrier: text(shipment["carrier"]) ?? "",
    status,
    statusLabel,
    lastEvent: parseEvent(shipment["lastEvent"]),
    estimatedDelivery: text(record(shipment["estimatedDelivery"])?.["text"]),
    trackingUrl: httpsUrl(shipment["trackingUrl"]),
  };
}

function parseEvent(value: unknown): ScanEvent | null {
  const event = record(value);
  if (!event) return null;
  return { at: text(event["at"]), description: text(event["description"]), location: text(event["location"]) };
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.length > 0 ? value : null;
}

function httpsUrl(value: unknown): string | null {
  const url = text(value);
  return url !== null && URL.canParse(url) && new URL(url).protocol === "https:" ? url : null;
}

import type {
  Carrier,
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  CarrierTime,
  EstimatedDelivery,
} from "./carrier.ts";
import { cleanText } from "./clean-text.ts";
import { CARRIERS, carrierById } from "./registry.server.ts";

interface PrintedTime {
  local: string;
  offset: string | null;
  utc: string | null;
  inferred?: true;
  zoneName?: string;
}

export interface PrintedAnswer {
  shipments: ReturnType<typeof printShipment>[];
  error: Pick<CarrierError, "kind" | "retryable" | "message" | "trackingNumber"> | null;
}

interface AnswerReport {
  output: PrintedAnswer;
  /** 0, or 2 when the input could not be read as an answer of that carrier. */
  exitCode: 0 | 2;
}

/** Older forms of an answer that the adapter of the successor reads, by the name they are known under. */
const READ_BY: Readonly<Record<string, string>> = { "dhl-express-xml": "mydhl", lasership: "ontrac" };

/** The adapter that reads answers of this name, or null. */
export function carrierOf(name: string): Carrier | null {
  return carrierById(READ_BY[name] ?? name);
}

/** One raw answer in the form that `npm run carriers:read` prints. Never throws. */
export function readCarrierAnswer(carrierId: string, body: Uint8Array | string): AnswerReport {
  const carrier = carrierOf(carrierId);
  if (!carrier) return { output: { shipments: [], error: unknownCarrier(carrierId) }, exitCode: 2 };
  const reading = carrier.read({ body });
  return { output: printReading(reading), exitCode: isUnreadable(reading) ? 2 : 0 };
}

function isUnreadable(reading: CarrierReading): boolean {
  return reading.shipments.length === 0 && reading.errors.some((error) => error.kind === "unreadable");
}

function unknownCarrier(carrierId: string): CarrierError {
  const known = Object.keys(CARRIERS).join(", ");
  const asked = cleanText(carrierId, 40) ?? "";
  return { kind: "not_supported", retryable: false, message: `Unknown carrier "${asked}". Known: ${known}.` };
}

function printReading(reading: CarrierReading): PrintedAnswer {
  const error = reading.errors[0];
  return { shipments: reading.shipments.map(printShipment), error: error ? printError(error) : null };
}

function printError({ kind, retryable, message, trackingNumber }: CarrierError) {
  return { kind, retryable, message, ...(trackingNumber === undefined ? {} : { trackingNumber }) };
}

function printShipment(shipment: CarrierShipment) {
  return {
    // Some answers name no number at all: whoever asked knows it.
    trackingNumber: shipment.trackingNumber || null,
    status: shipment.status,
    subStatus: shipment.subStatus,
    deliveredAt: printTime(shipment.deliveredAt),
    estimatedDelivery: printEstimate(shipment.estimatedDelivery),
    events: shipment.events.map(printEvent),
  };
}

function printEvent(event: CarrierEvent) {
  const { status, subStatus, code, description, location, unknownCode } = event;
  return { at: printTime(event.at), status, subStatus, code, description, location, unknownCode };
}

function printTime(time: CarrierTime | null): PrintedTime | null {
  if (time === null) return null;
  const { local, offset, utc, inferred, zoneName } = time;
  return { local, offset, utc, ...(inferred ? { inferred } : {}), ...(zoneName === undefined ? {} : { zoneName }) };
}

function printEstimate(estimate: EstimatedDelivery | null) {
  if (estimate === null) return null;
  if ("date" in estimate) return { date: estimate.date, ...estimate.hours };
  return {
    ...("at" in estimate ? { at: printTime(estimate.at) } : {}),
    ...("from" in estimate ? { from: printTime(estimate.from), to: printTime(estimate.to) } : {}),
  };
}

import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { compactDate } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { byCode, byText, unknownCode } from "../map-status.ts";
import { decodeJson, list, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import {
  postnlAnswer,
  postnlError,
  postnlUpdate,
  type PostnlScan,
  type PostnlShipment,
  type PostnlStatus,
  type PostnlUpdate,
} from "./postnl-schema.ts";
import { POSTNL_EVENTS } from "./postnl-events.ts";
import { POSTNL_ERRORS, POSTNL_STATUSES } from "./postnl-status.ts";
import { readPostnlTime } from "./read-postnl-time.ts";

const updates = list(postnlUpdate, { max: 200 });

/** Reads an answer of PostNL's Shipping Status API: one barcode, or the list of updated shipments. Never throws. */
export function readPostnl(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  if (Array.isArray(decoded.value)) return readUpdates(decoded.value, answer);
  const parsed = postnlAnswer.safeParse(decoded.value);
  const holder = parsed.success ? (parsed.data.CompleteStatus ?? parsed.data.CurrentStatus) : null;
  const shipments = holder?.Shipment.filter(({ Barcode }) => Barcode !== null) ?? [];
  if (shipments.length > 0) return { shipments: shipments.map(toShipment), errors: [] };
  const [warning] = parsed.success ? parsed.data.Warnings : [];
  // What PostNL does not know, or does not tell this customer, comes without a shipment and at times with a warning.
  if (holder || warning) return { shipments: [], errors: [notFound(warning?.Description ?? warning?.Message ?? null)] };
  const error = readError(decoded.value, answer);
  if (error) return { shipments: [], errors: [error] };
  return failedReading(answer, unreadable("This is not an answer of PostNL's shipping status service."));
}

/** The feed tells the newest status of each parcel and nothing before it; no news is an empty list. */
function readUpdates(lines: readonly unknown[], answer: RawAnswer): CarrierReading {
  const known = updates.parse(lines).filter(({ Barcode, Status }) => Barcode !== null && Status !== null);
  if (lines.length > 0 && known.length === 0) {
    return failedReading(answer, unreadable("This is not a list of PostNL's updated shipments."));
  }
  return { shipments: known.map(toUpdate), errors: [] };
}

function toUpdate({ Barcode, Status }: PostnlUpdate): CarrierShipment {
  const scans = Status ? [toStatusEvent(Status, 0)] : [];
  return buildShipment({ trackingNumber: Barcode ?? "", topLevelStatus: topLevel(Status) }, scans);
}

function notFound(message: string | null): CarrierError {
  const silent = "PostNL does not know this barcode among this customer's parcels.";
  return { kind: "not_found", retryable: true, message: message ?? silent };
}

function readError(value: unknown, answer: RawAnswer): CarrierError | null {
  const parsed = postnlError.safeParse(value);
  if (!parsed.success) return null;
  const fault = parsed.data.fault ?? parsed.data;
  const code = fault.detail?.errorcode ?? null;
  if (code === null && fault.faultstring === null) return null;
  return classifyError(POSTNL_ERRORS, {
    code,
    message: fault.faultstring,
    httpStatus: answer.httpStatus,
    headers: answer.headers,
  });
}

function toShipment(shipment: PostnlShipment): CarrierShipment {
  const scans = eventsOf(shipment);
  const told = shipment.Event.length > 0 && scans.some(({ status }) => status !== "unknown");
  const day = compactDate(shipment.DeliveryDate);
  return buildShipment(
    {
      trackingNumber: shipment.Barcode ?? "",
      // An event says more than the status it is filed under, so the status speaks only where no event does.
      topLevelStatus: told ? null : topLevel(shipment.Status),
      estimatedDelivery: expectation(shipment) ?? (day === null ? null : { date: day }),
      service: shipment.ProductDescription,
      pieceCount: shipment.ShipmentAmount || null,
    },
    scans,
  );
}

/** Scans where there are any; else the statuses, which repeat them more coarsely. */
function eventsOf({ Event, Status, OldStatus }: PostnlShipment): CarrierEvent[] {
  if (Event.length > 0) return Event.map((scan, index) => toEvent(scan, Event.length - 1 - index));
  const statuses = Status ? [Status, ...OldStatus] : OldStatus;
  return statuses.map((status, index) => toStatusEvent(status, statuses.length - 1 - index));
}

function topLevel(status: PostnlStatus | null): CarrierShipment["topLevelStatus"] {
  const code = status?.StatusCode ?? null;
  const known = byCode(POSTNL_STATUSES, code);
  if (!known || code === null || known.status === "unknown") return null;
  return { status: known.status, subStatus: known.subStatus, code };
}

function toEvent({ Code, Description, TimeStamp, raw }: PostnlScan, sequence: number): CarrierEvent {
  return {
    at: readPostnlTime(TimeStamp),
    ...(byCode(POSTNL_EVENTS, Code) ?? (Code === null ? byText(Description) : unknownCode())),
    ...{ code: Code, description: Description, sequence },
    ...{ location: null, countryCode: null, raw: boundedCopy(raw) },
  };
}

function toStatusEvent(status: PostnlStatus, sequence: number): CarrierEvent {
  const { StatusCode: code, StatusDescription: description } = status;
  return {
    at: readPostnlTime(status.TimeStamp ?? status.Timestamp),
    ...(byCode(POSTNL_STATUSES, code) ?? (code === null ? byText(description) : unknownCode())),
    ...{ code, description, sequence },
    ...{ location: null, countryCode: null, raw: boundedCopy(status.raw) },
  };
}

function expectation({ Expectation }: PostnlShipment): EstimatedDelivery | null {
  const from = readPostnlTime(Expectation?.ETAFrom ?? null);
  const to = readPostnlTime(Expectation?.ETATo ?? null);
  if (from && to) return { from, to };
  const only = to ?? from;
  return only === null ? null : { at: only };
}

import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { readEstimate } from "../estimated-delivery.ts";
import { byCode, byText, type MappedStatus, unknownCode } from "../map-status.ts";
import { carrierOfPartnerCode } from "../partner-codes.ts";
import { decodeJson, MAX_EVENTS, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { oldestFirst } from "../scan-order.ts";
import { answer, batchOutcome, type Checkpoint, type Leg, type Tracking, trackings } from "./trackingmore-schema.ts";
import { TRACKINGMORE_CARRIERS, TRACKINGMORE_ERRORS, TRACKINGMORE_STATUSES } from "./trackingmore-status.ts";

/**
 * Reads trackings, the outcome of a batch, a webhook around one, or TrackingMore's errors; a number refused inside a batch
 * is an error with its `trackingNumber`. Never throws.
 */
export function readTrackingmore(raw: RawAnswer): CarrierReading {
  const decoded = decodeJson(raw);
  if (!decoded.ok) return failedReading(raw, decoded.error);
  const read = answer.safeParse(decoded.value);
  if (!read.success) return failedReading(raw, notTrackingmore());
  const { meta, data } = read.data;
  // A webhook of an older version has code and message bare.
  const code = meta?.code ?? read.data.code;
  const message = meta?.message ?? read.data.message;
  if (code === null || !/^\d{3,5}$/.test(code)) return failedReading(raw, notTrackingmore());
  if (!/^20[0124]$/.test(code)) {
    return { shipments: [], errors: [classifyError(TRACKINGMORE_ERRORS, { ...raw, code, message })] };
  }
  const batch = batchOutcome.parse(data);
  const found = batch && batch.success.length + batch.error.length > 0 ? batch.success : trackings.parse(data);
  const shipments = found.filter((one) => one.tracking_number !== null).map(toShipment);
  return { shipments, errors: (batch?.error ?? []).map((one) => refused(one, raw)) };
}

const notTrackingmore = () => unreadable("This is not an answer of the TrackingMore tracking service.");

function refused(
  { tracking_number: trackingNumber, errorCode: code, errorMessage: message }: Tracking,
  raw: RawAnswer,
): CarrierError {
  return classifyError(TRACKINGMORE_ERRORS, { ...raw, code, message, trackingNumber });
}

function toShipment(value: Tracking): CarrierShipment {
  return buildShipment(
    {
      trackingNumber: value.tracking_number ?? "",
      topLevelStatus: topLevel(value),
      estimatedDelivery: readEstimate(value.scheduled_delivery_date),
      service: value.service_type,
      underlyingCarrier: value.courier_code,
      underlyingCarrierId: carrierOfPartnerCode(TRACKINGMORE_CARRIERS, value.courier_code),
      carrierUniqueId: value.id,
    },
    inOrder([value.origin_info, value.destination_info]).map(toEvent),
  );
}

/** The country of origin first, then the destination's own list. */
function inOrder(legs: readonly (Leg | null)[]): Checkpoint[] {
  return legs.flatMap((leg) => oldestFirst(leg?.trackinfo ?? [], (scan) => scan.checkpoint_date)).slice(-MAX_EVENTS);
}

/** Null for "pending", "notfound" and words that nobody published: the scans decide. */
function topLevel({ delivery_status: status, substatus }: Tracking): CarrierShipment["topLevelStatus"] {
  const known = lookUp(status, substatus);
  if (!known || known.status === "unknown") return null;
  return { status: known.status, subStatus: known.subStatus, code: substatus ?? status ?? "" };
}

/** The status decides; a known sub-status of the same family refines it. */
function lookUp(status: string | null, substatus: string | null): MappedStatus | null {
  const family = status ?? substatus?.replace(/\d+$/, "") ?? null;
  const fine = substatus !== null && family !== null && substatus.startsWith(family) ? substatus : null;
  return byCode(TRACKINGMORE_STATUSES, fine) ?? byCode(TRACKINGMORE_STATUSES, family);
}

function toEvent(scan: Checkpoint, sequence: number): CarrierEvent {
  const {
    checkpoint_delivery_status: status,
    checkpoint_delivery_substatus: substatus,
    tracking_detail: detail,
  } = scan;
  const code = substatus ?? status;
  return {
    // The carrier's clock, as a rule without an offset.
    at: parseIsoTime(scan.checkpoint_date),
    ...(code === null ? byText(detail) : (lookUp(status, substatus) ?? unknownCode())),
    code,
    description: detail,
    location: scan.location ?? joinPlace([scan.city, scan.state, scan.zip, scan.country_iso2]),
    countryCode: countryCode(scan.country_iso2),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

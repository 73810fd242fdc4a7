import type { CarrierEvent, CarrierReading, CarrierShipment, EstimatedDelivery, RawAnswer } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, joinPlace } from "../clean-text.ts";
import { readEstimate } from "../estimated-delivery.ts";
import { byCode, byText, type MappedStatus, unknownCode } from "../map-status.ts";
import { carrierOfPartnerCode } from "../partner-codes.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { answer, bare, type Checkpoint, type Meta, pushed, type Tracking } from "./aftership-schema.ts";
import { AFTERSHIP_CARRIERS, AFTERSHIP_ERRORS, AFTERSHIP_STATUSES } from "./aftership-status.ts";

/** Reads a tracking, a page of trackings, a webhook around one, or AfterShip's error object. Never throws. */
export function readAftership(raw: RawAnswer): CarrierReading {
  const decoded = decodeJson(raw);
  if (!decoded.ok) return failedReading(raw, decoded.error);
  const push = pushed.safeParse(decoded.value);
  if (push.success && push.data.event !== null) return reading(push.data.msg ? [push.data.msg] : []);
  const read = answer.safeParse(decoded.value);
  const meta = read.success ? read.data.meta : null;
  if (meta?.code && !/^20\d$/.test(meta.code)) return refused(meta, raw);
  const trackings = meta && read.success ? findTrackings(read.data.data, decoded.value) : null;
  return trackings
    ? reading(trackings)
    : failedReading(raw, unreadable("This is not an answer of the AfterShip tracking service."));
}

type Data = ReturnType<typeof answer.parse>["data"];

/** Null when there is no place for trackings at all; an empty page is an answer too. */
function findTrackings(data: Data, value: unknown): Tracking[] | null {
  if (!data) return null;
  if (data.tracking) return [data.tracking];
  if (data.tracking_number === null) return data.trackings;
  const single = bare.safeParse(value);
  return single.success ? [single.data.data] : null;
}

function reading(trackings: readonly Tracking[]): CarrierReading {
  return { shipments: trackings.filter((one) => one.tracking_number !== null).map(toShipment), errors: [] };
}

function refused({ code, message }: Meta, raw: RawAnswer): CarrierReading {
  return { shipments: [], errors: [classifyError(AFTERSHIP_ERRORS, { ...raw, code, message })] };
}

function toShipment(value: Tracking): CarrierShipment {
  const events = value.checkpoints.map(toEvent);
  const promised = value.order_promised_delivery_date;
  return buildShipment(
    {
      trackingNumber: value.tracking_number ?? "",
      topLevelStatus: topLevel(value),
      estimatedDelivery: estimate(value, events),
      promisedDelivery: promised === null ? null : promisedDay(promised),
      service: value.shipment_type,
      underlyingCarrier: value.slug,
      underlyingCarrierId: carrierOfPartnerCode(AFTERSHIP_CARRIERS, value.slug),
      carrierUniqueId: value.id,
      pieceCount: value.shipment_package_count || null,
    },
    events,
  );
}

/** Recorded answers have estimates years after the delivery; one so far from the newest scan is not this journey's. */
const LONGEST_WAIT = 90 * 24 * 60 * 60_000;

function estimate(value: Tracking, events: readonly CarrierEvent[]): EstimatedDelivery | null {
  const { latest_estimated_delivery: latest, expected_delivery: expected } = value;
  const window = latest?.datetime_min ? readEstimate(latest.datetime_min, latest.datetime_max) : null;
  const told = window ?? readEstimate(latest?.datetime ?? expected);
  const newest = events.at(-1)?.at?.local.slice(0, 10);
  if (!told || newest === undefined) return told;
  const day = "date" in told ? told.date : ("at" in told ? told.at : told.from).local.slice(0, 10);
  return Date.parse(day) - Date.parse(newest) > LONGEST_WAIT ? null : told;
}

/** The merchant's own promise to the shopper, told to AfterShip as a date. */
function promisedDay(value: string): EstimatedDelivery | null {
  const day = parseIsoTime(value)?.local.slice(0, 10);
  return day === undefined ? null : { date: day };
}

/**
 * Null for "Pending" and tags that nobody published: the scans decide. A parcel that is delivered on its way back is
 * returned, not delivered.
 */
function topLevel(value: Tracking): CarrierShipment["topLevelStatus"] {
  const known = lookUp(value);
  if (!known || known.status === "unknown") return null;
  const code = value.subtag ?? value.tag ?? "";
  if (known.status === "delivered" && value.return_to_sender === "true") {
    return { status: "return_to_sender", subStatus: "returned", code };
  }
  return { status: known.status, subStatus: known.subStatus, code };
}

/** The tag decides; a known subtag of the same family refines it, an unknown one says nothing. */
function lookUp({ tag, subtag }: Pick<Checkpoint, "tag" | "subtag">): MappedStatus | null {
  const family = tag ?? subtag?.split("_", 1)[0] ?? null;
  const fine = subtag !== null && family !== null && subtag.startsWith(`${family}_`) ? subtag : null;
  return byCode(AFTERSHIP_STATUSES, fine) ?? byCode(AFTERSHIP_STATUSES, family);
}

function toEvent(scan: Checkpoint, sequence: number): CarrierEvent {
  const { tag, subtag, message, city, state } = scan;
  const code = subtag ?? tag;
  const status = code === null ? byText(message) : (lookUp(scan) ?? unknownCode());
  const country = scan.country_region_name ?? scan.country_name;
  return {
    // With an offset, without one, or a date alone: only the first tells the instant.
    at: parseIsoTime(scan.checkpoint_time),
    ...status,
    code,
    description: message,
    location: scan.location ?? joinPlace([city, state, scan.postal_code ?? scan.zip, country]),
    countryCode: null,
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

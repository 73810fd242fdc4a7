import { z } from "zod";
import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { compactDate, parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, cleanText, countryCode, joinPlace } from "../clean-text.ts";
import { carrierOfCompany } from "../known-companies.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, list, MAX_EVENTS, part, text, unreadable, withRaw } from "../read-json.ts";
import { buildShipment, reduceEvents } from "../reduce-events.ts";
import type { SubStatus } from "../status.ts";
import { EASYPOST_ATTEMPT_WORDS, EASYPOST_DETAILS, EASYPOST_ERRORS, EASYPOST_STATUSES } from "./easypost-status.ts";

const place = z.object({ city: text(80), state: text(40), zip: text(20), country: text(40) });

const detail = withRaw({
  message: text(500),
  description: text(500),
  status: text(40),
  status_detail: text(60),
  datetime: text(40),
  tracking_location: part(place),
});

const tracker = z.object({
  object: z.literal("Tracker"),
  id: text(80),
  tracking_code: text(60),
  status: text(40),
  status_detail: text(60),
  est_delivery_date: text(40),
  carrier: text(80),
  // Oldest first: the newest are at the end.
  tracking_details: list(detail, { max: MAX_EVENTS, keep: "last" }),
  carrier_detail: part(
    z.object({ service: text(120), guaranteed_delivery_date: text(40), alternate_identifier: text(60) }),
  ),
});

const trackerList = z.object({ trackers: list(tracker, { max: 200 }) });
const event = z.object({ object: z.literal("Event"), result: part(tracker) });
const refusal = z.object({ error: z.object({ code: text(80), message: z.unknown() }) });

type Tracker = z.output<typeof tracker>;
type Detail = z.output<typeof detail>;

/** Reads a tracker, a list of trackers, a webhook event around one, or EasyPost's error object. Never throws. */
export function readEasypost(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const refused = refusal.safeParse(decoded.value);
  if (refused.success) return { shipments: [], errors: [toError(refused.data.error, answer)] };
  const trackers = findTrackers(decoded.value);
  if (trackers) return { shipments: trackers.map(toShipment), errors: [] };
  return failedReading(answer, unreadable("This is not an answer of the EasyPost tracking service."));
}

/** Null when the value is none of the known forms; an event about something else than a tracker is an empty list. */
function findTrackers(value: unknown): Tracker[] | null {
  const single = tracker.safeParse(value);
  if (single.success) return [single.data];
  const pushed = event.safeParse(value);
  if (pushed.success) return pushed.data.result ? [pushed.data.result] : [];
  const many = trackerList.safeParse(value);
  return many.success && many.data.trackers.length > 0 ? many.data.trackers : null;
}

/** The message is a sentence, a list of them, or an object with one per field. */
function toError(error: { code: string | null; message: unknown }, answer: RawAnswer): CarrierError {
  const message = typeof error.message === "string" ? error.message : JSON.stringify(error.message ?? null);
  return classifyError(EASYPOST_ERRORS, {
    code: error.code,
    message: message === "null" ? null : cleanText(message, 300),
    httpStatus: answer.httpStatus,
    headers: answer.headers,
  });
}

function toShipment(value: Tracker): CarrierShipment {
  const scans = value.tracking_details.map(toEvent);
  const estimate = parseIsoTime(value.est_delivery_date);
  const guaranteed = compactDate(value.carrier_detail?.guaranteed_delivery_date?.slice(0, 10) ?? null);
  const alternate = value.carrier_detail?.alternate_identifier ?? null;
  return buildShipment(
    {
      trackingNumber: value.tracking_code ?? "",
      topLevelStatus: topLevel(value, scans),
      estimatedDelivery: estimate?.utc ? { at: estimate } : estimate && { date: estimate.local.slice(0, 10) },
      promisedDelivery: guaranteed === null ? null : { date: guaranteed },
      service: value.carrier_detail?.service ?? null,
      underlyingCarrier: value.carrier,
      underlyingCarrierId: carrierOfCompany(value.carrier),
      carrierUniqueId: value.id,
      alternateNumbers: alternate === null ? [] : [alternate],
    },
    scans,
  );
}

/** Null for "unknown", "error" and words nobody published: EasyPost has nothing to say, so the scans decide. */
function topLevel(value: Tracker, scans: readonly CarrierEvent[]): CarrierShipment["topLevelStatus"] {
  const known = byCode(EASYPOST_STATUSES, value.status);
  if (!known || value.status === null || known.status === "unknown") return null;
  const code = value.status;
  const attempted = code === "failure" && reduceEvents(scans).status === "delivery_attempted";
  if (attempted) return { status: "delivery_attempted", subStatus: null, code };
  return { status: known.status, subStatus: refine(known, value.status_detail), code };
}

/** EasyPost always writes `Z`, computed from zones it guessed where the carrier sent none. */
function toEvent(scan: Detail, sequence: number): CarrierEvent {
  const where = scan.tracking_location;
  const description = scan.message ?? scan.description;
  const status = mapStatus(scan, description);
  return {
    at: parseIsoTime(scan.datetime),
    ...status,
    code: status.unknownCode ? scan.status : scan.status_detail,
    description,
    location: joinPlace([where?.city ?? null, where?.state ?? null, where?.zip ?? null, where?.country ?? null]),
    countryCode: countryCode(where?.country ?? null),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

function mapStatus(scan: Detail, description: string | null): MappedStatus {
  if (scan.status === null) return byText(description);
  const known = byCode(EASYPOST_STATUSES, scan.status);
  if (!known) return unknownCode();
  if (scan.status === "failure" && EASYPOST_ATTEMPT_WORDS.test(description ?? "")) {
    return mapped(["delivery_attempted"], "code:failure+text:attempt");
  }
  return { ...known, subStatus: refine(known, scan.status_detail) };
}

function refine(known: MappedStatus, detailWord: string | null): SubStatus | null {
  if (known.status === "unknown" || detailWord === null) return known.subStatus;
  const refined = Object.hasOwn(EASYPOST_DETAILS.codes, detailWord) ? EASYPOST_DETAILS.codes[detailWord] : undefined;
  return refined ?? known.subStatus;
}

import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { compactDate, parseIsoTime, parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, cleanText, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import {
  errorAnswer,
  gatewayFault,
  legacySummary,
  pushEnvelope,
  trackAnswer,
  type UspsEvent,
  type UspsTracking,
} from "./usps-schema.ts";
import {
  USPS_CODES,
  USPS_ERRORS,
  USPS_HANDOVERS,
  USPS_MAIL_CLASS_MARKS,
  USPS_NOT_FOUND_WORDS,
  USPS_PHRASES,
} from "./usps-status.ts";

/** Reads an answer of the Tracking API v3, a push of the Subscriptions API, or any error body of USPS. Never throws. */
export function readUsps(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const errors = readErrors(decoded.value, answer);
  if (errors) return { shipments: [], errors };
  const shipments = readShipments(decoded.value) ?? readPush(decoded.value);
  if (shipments) return { shipments, errors: [] };
  return failedReading(answer, unreadable("This is not an answer of the USPS tracking service."));
}

function readErrors(value: unknown, answer: RawAnswer): CarrierError[] | null {
  const parsed = errorAnswer.safeParse(value);
  if (parsed.success) {
    const { code, message, errors } = parsed.data.error;
    const words = parsed.data.error_description ?? message ?? errors[0]?.detail ?? errors[0]?.title ?? null;
    return code === null && words === null ? null : [toError(code, words, answer)];
  }
  const gateway = gatewayFault.safeParse(value);
  if (!gateway.success) return null;
  return [toError(gateway.data.fault.detail?.errorcode ?? null, gateway.data.fault.faultstring, answer)];
}

function toError(code: string | null, message: string | null, answer: RawAnswer): CarrierError {
  const { httpStatus, headers } = answer;
  const facts = { code: cleanText(code, 100), message, httpStatus, headers };
  const error = classifyError(USPS_ERRORS, facts);
  const missing = error.kind === "invalid_request" && USPS_NOT_FOUND_WORDS.test(message ?? "");
  return missing ? { ...error, kind: "not_found", retryable: true } : error;
}

/** Null when the value is none of the two forms. */
function readShipments(value: unknown): CarrierShipment[] | null {
  const tracked = trackAnswer.safeParse(value);
  if (tracked.success && tracked.data.trackingNumber !== null) return [toShipment(tracked.data)];
  const summary = legacySummary.safeParse(value);
  if (!summary.success) return null;
  return summary.data.TrackResults.TrackInfo.map((info) => {
    const said = byText(info.TrackSummary);
    const top = said.rule === "none" ? null : { status: said.status, subStatus: said.subStatus, code: said.rule };
    return buildShipment({ trackingNumber: info["@ID"] ?? "", topLevelStatus: top }, []);
  });
}

function readPush(value: unknown): CarrierShipment[] | null {
  const pushed = pushEnvelope.safeParse(value);
  if (!pushed.success || typeof pushed.data.payload !== "string") return null;
  const inner = decodeJson({ body: pushed.data.payload });
  return inner.ok ? readShipments(inner.value) : null;
}

function toShipment(tracking: UspsTracking): CarrierShipment {
  const scans = tracking.trackingEvents.map((event, index) =>
    toEvent(event, tracking.trackingEvents.length - 1 - index),
  );
  return buildShipment(
    {
      trackingNumber: tracking.trackingNumber ?? "",
      estimatedDelivery: timeOrDate(tracking.expectedDeliveryTimeStamp) ?? predicted(tracking),
      promisedDelivery: timeOrDate(tracking.guaranteedDeliveryTimeStamp),
      service: cleanText(tracking.mailClass?.replace(USPS_MAIL_CLASS_MARKS, ""), 120),
      carrierUniqueId: tracking.uniqueMailPieceID ?? tracking.uniqueMailPieceId ?? tracking.uniqueTrackingId,
    },
    scans,
  );
}

/** USPS writes a bare date as midnight. */
function timeOrDate(value: string | null): EstimatedDelivery | null {
  const time = parseIsoTime(value);
  if (!time) return null;
  const date = time.local.slice(0, 10);
  return time.local === date || time.local.endsWith("T00:00:00") ? { date } : { at: time };
}

/** The window's hours belong to the destination, whose zone the answer does not state. */
function predicted(tracking: UspsTracking): EstimatedDelivery | null {
  const date = compactDate(tracking.predictedDeliveryDate);
  if (date === null) return timeOrDate(tracking.predictedDeliveryTimeStamp);
  const from = parseSplitTime({ date, time: tracking.predictedDeliveryWindowStartTime });
  const to = parseSplitTime({ date, time: tracking.predictedDeliveryWindowEndTime });
  return from && to && from.local !== date && to.local !== date ? { from, to } : { date };
}

/**
 * The instant comes from the wall clock and `GMTOffset`. `GMTTimestamp` is not looked at: it keeps the local date, so it
 * is a day early whenever UTC is past midnight; the `Z` that the specification puts behind the wall clock is wrong too.
 */
function toEvent(event: UspsEvent, sequence: number): CarrierEvent {
  const written = event.eventTimestamp ?? "";
  return {
    at: parseSplitTime({ date: written.slice(0, 10), time: written.slice(11, 19), offset: event.GMTOffset }),
    ...mapStatus(event.eventCode, event.eventType),
    code: event.eventCode,
    description: event.eventType,
    location: joinPlace([event.eventCity, event.eventState, event.eventZIP, event.eventCountry]),
    countryCode: countryCode(event.eventCountry),
    sequence,
    raw: boundedCopy(event.raw),
  };
}

function mapStatus(code: string | null, words: string | null): MappedStatus {
  const known = byCode(USPS_CODES, code);
  if (known?.status === "delivered") {
    const handover = USPS_HANDOVERS.find(([pattern]) => pattern.test(words ?? ""));
    return handover ? mapped(handover[1], known.rule) : known;
  }
  if (known) return known;
  if (code !== null) return unknownCode();
  const phrase = USPS_PHRASES.find(([, pattern]) => pattern.test(words ?? ""));
  return phrase ? mapped(phrase[2], `text:${phrase[0]}`) : byText(words);
}

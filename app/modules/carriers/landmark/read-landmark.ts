import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  CarrierTime,
  RawAnswer,
} from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { byCode, byText, unknownCode } from "../map-status.ts";
import { unreadable } from "../read-json.ts";
import { decodeXml } from "../read-xml.ts";
import { buildShipment } from "../reduce-events.ts";
import { landmarkAnswer, type LandmarkEvent, type LandmarkPackage } from "./landmark-schema.ts";
import { LANDMARK_CODES, LANDMARK_ERRORS, LANDMARK_NOT_FOUND_WORDS } from "./landmark-status.ts";

/** Reads an answer of Landmark's Track API: one shipment for each package, or its errors at HTTP 200. Never throws. */
export function readLandmark(answer: RawAnswer): CarrierReading {
  const decoded = decodeXml(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = landmarkAnswer.safeParse(decoded.value);
  if (!parsed.success) return failedReading(answer, notLandmark());
  const { Result: result, Errors: errors } = parsed.data.TrackResponse;
  const partner = lastMile(result?.ShipmentDetails?.EndDeliveryCarrier ?? null);
  const shipments = (result?.Packages?.Package ?? []).flatMap((one) => toShipment(one, partner) ?? []);
  const remarks = (errors?.Error ?? []).map(({ ErrorCode: code, ErrorMessage: message }) => ({ code, message }));
  const told = remarks.filter(({ code, message }) => code !== null || message !== null);
  if (told.length === 0 && result?.Success?.toLowerCase() === "false") {
    told.push({ code: null, message: result.ResultMessage });
  }
  if (shipments.length === 0 && told.length === 0) return failedReading(answer, notLandmark());
  return { shipments, errors: told.map((remark) => toError(remark, answer)) };
}

function notLandmark(): CarrierError {
  return unreadable("This is not an answer of Landmark Global's tracking service.");
}

function toError({ code, message }: { code: string | null; message: string | null }, answer: RawAnswer): CarrierError {
  const { httpStatus, headers } = answer;
  const error = classifyError(LANDMARK_ERRORS, { code, message, httpStatus, headers });
  const unknownNumber = error.kind === "unknown" && LANDMARK_NOT_FOUND_WORDS.test(error.message);
  return unknownNumber ? { ...error, kind: "not_found", retryable: true } : error;
}

/** The last mile's number comes first, Landmark's own beside it; before the hand-over there is only the latter. */
function toShipment(one: LandmarkPackage, partner: string | null): CarrierShipment | null {
  const trackingNumber = one.TrackingNumber ?? one.LandmarkTrackingNumber;
  if (trackingNumber === null) return null;
  const own = one.LandmarkTrackingNumber;
  return buildShipment(
    {
      trackingNumber,
      underlyingCarrier: partner,
      alternateNumbers: own === null || own === trackingNumber ? [] : [own],
    },
    (one.Events?.Event ?? []).map(toEvent),
  );
}

/** "To be routed" is no carrier. */
function lastMile(name: string | null): string | null {
  return name !== null && /routed/i.test(name) ? null : name;
}

/** Oldest first. */
function toEvent(event: LandmarkEvent, sequence: number): CarrierEvent {
  const { EventCode: code, Status: description } = event;
  return {
    at: parseLandmarkTime(event.DateTime),
    ...(code === null ? byText(description) : (byCode(LANDMARK_CODES, code) ?? unknownCode())),
    code,
    description,
    location: event.Location,
    countryCode: null,
    sequence,
    raw: boundedCopy(event.raw),
  };
}

const TWELVE_HOURS = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))? ?([AP])M$/i;

/** `09/27/2025 02:05 PM` (month first) or `2025-10-28 08:41:59`; both are wall clocks of the place, without a zone. */
function parseLandmarkTime(value: string | null): CarrierTime | null {
  const match = TWELVE_HOURS.exec(value ?? "");
  if (!match) return parseIsoTime(value);
  const [, month = "", day = "", year = "", hour = "", minute = "", second = "00", half = ""] = match;
  const hours = (Number(hour) % 12) + (half.toUpperCase() === "P" ? 12 : 0);
  if (Number(hour) < 1 || Number(hour) > 12) return null;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return parseIsoTime(`${date}T${String(hours).padStart(2, "0")}:${minute}:${second}`);
}

import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, MAX_EVENTS, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { amazonAnswer, amazonError, type AmazonScan, type AmazonTracking } from "./amazon-shipping-schema.ts";
import {
  AMAZON_CODES,
  AMAZON_DETAILS,
  AMAZON_ERRORS,
  AMAZON_EXPIRED_WORDS,
  AMAZON_STATUSES,
} from "./amazon-shipping-status.ts";

/** Reads an answer of Amazon's Shipping API, version 1 (oldest scan first) or 2 (newest first). Never throws. */
export function readAmazonShipping(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = amazonAnswer.safeParse(decoded.value);
  const payload = parsed.success ? parsed.data.payload : null;
  if (payload && (payload.trackingId !== null || payload.eventHistory.length > 0)) {
    return { shipments: [toShipment(payload)], errors: [] };
  }
  const errors = readErrors(decoded.value, answer);
  if (errors.length > 0) return { shipments: [], errors };
  return failedReading(answer, unreadable("This is not an answer of Amazon's tracking service."));
}

function readErrors(value: unknown, answer: RawAnswer): CarrierError[] {
  const parsed = amazonError.safeParse(value);
  if (!parsed.success) return [];
  const { errors, error, error_description: description } = parsed.data;
  const login = error === null ? [] : [{ code: error, message: description, details: null }];
  return [...errors, ...login]
    .filter(({ code, message }) => code !== null || message !== null)
    .map(({ code, message, details }) => {
      const facts = { code, message, httpStatus: answer.httpStatus, headers: answer.headers };
      const found = classifyError(AMAZON_ERRORS, facts);
      const expired = AMAZON_EXPIRED_WORDS.test(`${message ?? ""} ${details ?? ""}`);
      return found.kind === "auth" && code === "Unauthorized" && expired ? { ...found, retryable: true } : found;
    });
}

function toShipment(payload: AmazonTracking): CarrierShipment {
  const history = chronological(payload.eventHistory).slice(-MAX_EVENTS);
  const scans = history.map(toEvent);
  const promised = moment(payload.promisedDeliveryDate);
  const { trackingId, alternateLegTrackingId: other } = payload;
  const built = buildShipment(
    {
      trackingNumber: trackingId ?? "",
      topLevelStatus: topLevel(payload, scans),
      estimatedDelivery: promised,
      promisedDelivery: promised,
      alternateNumbers: other === null || other === trackingId ? [] : [other],
    },
    scans,
  );
  if (built.status !== "delivered") return built;
  const details = payload.summary?.trackingDetailCodes?.forward ?? [];
  const detail = details.map((code) => (code === null ? undefined : AMAZON_DETAILS[code])).find(Boolean);
  return { ...built, subStatus: built.subStatus ?? detail ?? null };
}

/** The instants (always UTC) say which way round a history is; where they do not, it is taken as newest first, as version 2 is. */
function chronological(history: readonly AmazonScan[]): AmazonScan[] {
  const first = history.find((scan) => scan.eventTime !== null)?.eventTime ?? "";
  const last = history.findLast((scan) => scan.eventTime !== null)?.eventTime ?? "";
  return first < last ? [...history] : history.toReversed();
}

/** The summary knows no return: when scans tell of one, they decide. */
function topLevel({ summary }: AmazonTracking, scans: readonly CarrierEvent[]): CarrierShipment["topLevelStatus"] {
  const code = summary?.status ?? null;
  const known = byCode(AMAZON_STATUSES, code);
  if (!known || code === null || scans.some((scan) => scan.status === "return_to_sender")) return null;
  return { status: known.status, subStatus: known.subStatus, code };
}

function toEvent(scan: AmazonScan, sequence: number): CarrierEvent {
  const place = scan.location;
  return {
    at: parseIsoTime(scan.eventTime),
    ...mapScan(scan),
    code: scan.eventCode,
    description: null,
    location: joinPlace([place?.city ?? null, place?.stateOrRegion ?? null, place?.countryCode ?? null]),
    countryCode: countryCode(place?.countryCode ?? null),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

/** On the way back every code is about the sender: a delivery is the end of the return. */
function mapScan({ eventCode, shipmentType }: AmazonScan): MappedStatus {
  const known = byCode(AMAZON_CODES, eventCode);
  if (!known) return unknownCode();
  if (shipmentType !== "RETURNS") return known;
  return mapped(
    ["return_to_sender", known.status === "delivered" ? "returned" : "returning"],
    `code:${eventCode}/RETURNS`,
  );
}

/** A promise at midnight is a date. */
function moment(value: string | null): EstimatedDelivery | null {
  const time = parseIsoTime(value);
  if (time === null) return null;
  const [date = time.local, clock = "00:00:00"] = time.local.split("T");
  return clock === "00:00:00" ? { date } : { at: time };
}

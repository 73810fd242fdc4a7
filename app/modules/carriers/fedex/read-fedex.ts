import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  CarrierTime,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading, type ErrorFacts } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { errorAnswer, trackAnswer, type FedexResult, type FedexScan, type FedexWindow } from "./fedex-schema.ts";
import { FEDEX_ATTEMPTS, FEDEX_CODES, FEDEX_ERRORS, FEDEX_TOKEN_WORDS } from "./fedex-status.ts";

/** Reads an answer of the Track API, a webhook body, or any error body of FedEx. Never throws. */
export function readFedex(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const tracked = trackAnswer.safeParse(decoded.value);
  if (tracked.success && tracked.data.output.completeTrackResults.length > 0) {
    const reading: CarrierReading = { shipments: [], errors: [] };
    for (const { trackingNumber, trackResults } of tracked.data.output.completeTrackResults) {
      for (const result of trackResults) addResult(reading, result, trackingNumber);
    }
    return reading;
  }
  const errors = readErrors(decoded.value, answer);
  if (errors.length > 0) return { shipments: [], errors };
  return failedReading(answer, unreadable("This is not an answer of the FedEx tracking service."));
}

/** One number may have several results (reuse, split): each is a shipment of its own, told apart by its unique id. */
function addResult(reading: CarrierReading, result: FedexResult, asked: string | null): void {
  const trackingNumber = result.trackingNumberInfo?.trackingNumber ?? asked ?? "";
  const code = result.error?.code ?? null;
  // An error beside scans is a remark; without scans it is the answer, at HTTP 200.
  if (result.scanEvents.length > 0 || code === null) reading.shipments.push(toShipment(result, trackingNumber));
  else reading.errors.push(toError({ code, message: result.error?.message ?? null, trackingNumber }));
}

function readErrors(value: unknown, answer: RawAnswer): CarrierError[] {
  const parsed = errorAnswer.safeParse(value);
  if (!parsed.success) return [];
  const { errors, error, error_description: description } = parsed.data;
  const oauth = error === null ? [] : [{ code: error, message: description }];
  return [...errors, ...oauth]
    .filter((remark) => remark.code !== null || remark.message !== null)
    .map((remark) => toError({ ...remark, httpStatus: answer.httpStatus, headers: answer.headers }));
}

function toError(facts: ErrorFacts): CarrierError {
  const error = classifyError(FEDEX_ERRORS, facts);
  const aboutToken = error.kind === "invalid_request" && FEDEX_TOKEN_WORDS.test(error.message);
  return aboutToken ? { ...error, kind: "auth", retryable: true } : error;
}

function toShipment(result: FedexResult, trackingNumber: string): CarrierShipment {
  const scans = result.scanEvents.map((scan, index) => toEvent(scan, result.scanEvents.length - 1 - index));
  const built = buildShipment(
    {
      trackingNumber,
      topLevelStatus: scans.length === 0 ? latestStatus(result) : null,
      estimatedDelivery: windowOf(result.estimatedDeliveryTimeWindow) ?? moment(timeOf(result, "ESTIMATED_DELIVERY")),
      promisedDelivery: windowOf(result.standardTransitTimeWindow) ?? moment(timeOf(result, "COMMITMENT")),
      service: result.serviceDetail?.description ?? null,
      carrierUniqueId: result.trackingNumberInfo?.trackingNumberUniqueId ?? null,
      alternateNumbers: alternates(result, trackingNumber),
      pieceCount: Number.parseInt(result.packageDetails?.count ?? "", 10) || null,
    },
    scans,
  );
  if (built.status === "delivered") {
    return { ...built, deliveredAt: built.deliveredAt ?? timeOf(result, "ACTUAL_DELIVERY") };
  }
  const late =
    result.latestStatusDetail?.derivedCode === "RL" || isDelayed(result.latestStatusDetail?.delayDetail ?? null);
  return late && built.status === "in_transit" ? { ...built, subStatus: "delayed" } : built;
}

function toEvent(scan: FedexScan, sequence: number): CarrierEvent {
  const place = scan.scanLocation;
  return {
    at: parseIsoTime(scan.date),
    ...mapScan(scan),
    code: scan.eventType ?? scan.derivedStatusCode,
    description: scan.eventDescription ?? scan.exceptionDescription,
    location: joinPlace([place?.city ?? null, place?.stateOrProvinceCode ?? null, place?.countryCode ?? null]),
    countryCode: countryCode(place?.countryCode ?? null),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

/** `derivedStatusCode` is FedEx's own family for a scan: it counts only where the scan has no code of its own. */
function mapScan(scan: FedexScan): MappedStatus {
  if (scan.eventType === "DE") return attempt(scan) ?? mapped(["exception"], "code:DE");
  const known = byCode(FEDEX_CODES, scan.eventType);
  if (known)
    return isDelayed(scan.delayDetail) && known.status === "in_transit" ? { ...known, subStatus: "delayed" } : known;
  if (scan.eventType !== null) return unknownCode();
  const derived = byCode(FEDEX_CODES, scan.derivedStatusCode, "derived");
  if (derived) return derived;
  return scan.derivedStatusCode === null ? byText(scan.eventDescription) : unknownCode();
}

function attempt(scan: FedexScan): MappedStatus | null {
  const reason = scan.exceptionCode?.replace(/^0+(?=\d)/, "") ?? "";
  const meaning = Object.hasOwn(FEDEX_ATTEMPTS.codes, reason) ? FEDEX_ATTEMPTS.codes[reason] : undefined;
  return meaning ? mapped(meaning, `code:DE/${scan.exceptionCode ?? ""}`) : null;
}

function isDelayed(delay: { status: string | null } | null): boolean {
  return delay?.status === "DELAYED";
}

/** Only `code` has a published meaning; `derivedCode` alone has been seen contradicting every scan. */
function latestStatus(result: FedexResult): CarrierShipment["topLevelStatus"] {
  const code = result.latestStatusDetail?.code ?? null;
  const known = byCode(FEDEX_CODES, code);
  return known && code !== null ? { status: known.status, subStatus: known.subStatus, code } : null;
}

function timeOf(result: FedexResult, type: string): CarrierTime | null {
  return parseIsoTime(result.dateAndTimes.find((entry) => entry.type === type)?.dateTime ?? null);
}

function windowOf(value: FedexWindow): EstimatedDelivery | null {
  const from = parseIsoTime(value?.window?.begins ?? null);
  const to = parseIsoTime(value?.window?.ends ?? null);
  return from && to ? { from, to } : moment(to ?? from);
}

/** FedEx writes a bare date as midnight, at an offset that is not the parcel's: such a time is a date. */
function moment(time: CarrierTime | null): EstimatedDelivery | null {
  if (time === null) return null;
  const [date = time.local, clock = "00:00:00"] = time.local.split("T");
  return clock === "00:00:00" ? { date } : { at: time };
}

const OTHER_NUMBERS = new Set(["TRACKING_NUMBER_OR_DOORTAG", "PARTNER_CARRIER_NUMBER", "PARTNER_CARRIER_NBR"]);

function alternates(result: FedexResult, own: string): string[] {
  const entries = result.additionalTrackingInfo?.packageIdentifiers ?? [];
  const numbers = entries
    .filter((entry) => OTHER_NUMBERS.has(entry.type ?? ""))
    .flatMap((entry) => [entry.value, ...entry.values])
    .filter((number): number is string => number !== null && number !== own);
  return [...new Set(numbers)];
}

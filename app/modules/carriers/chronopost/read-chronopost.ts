import type { CarrierError, CarrierEvent, CarrierReading, CarrierShipment, RawAnswer } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, joinPlace } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode } from "../map-status.ts";
import { unreadable } from "../read-json.ts";
import { decodeXml } from "../read-xml.ts";
import { buildShipment } from "../reduce-events.ts";
import { chronopostAnswer, type ChronopostResult, type ChronopostScan } from "./chronopost-schema.ts";
import {
  CHRONOPOST_ACCOUNT_WORDS,
  CHRONOPOST_CODES,
  CHRONOPOST_ERRORS,
  CHRONOPOST_PARTNER_NUMBER,
} from "./chronopost-status.ts";

/** Reads an answer of Chronopost's `TrackingServiceWS`. Scans come oldest first, with their offset. Never throws. */
export function readChronopost(answer: RawAnswer): CarrierReading {
  const decoded = decodeXml(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = chronopostAnswer.safeParse(decoded.value);
  const body = parsed.success ? parsed.data.Envelope.Body : null;
  const result = body?.trackSkybillV2Response?.return ?? body?.trackWithSenderRefResponse?.return ?? null;
  if (body?.Fault) return refusal(answer, { code: body.Fault.faultcode, message: body.Fault.faultstring });
  if (result === null)
    return failedReading(answer, unreadable("This is not an answer of Chronopost's tracking service."));
  const { errorCode, errorMessage, listEventInfoComp: history } = result;
  // The service says "0" and tells no scan when it does not know a number.
  if (errorCode !== null && errorCode !== "0") return refusal(answer, { code: errorCode, message: errorMessage });
  if (!history || history.events.length === 0) return { shipments: [], errors: [notFound()] };
  return { shipments: [toShipment(history)], errors: [] };
}

function refusal(answer: RawAnswer, remark: { code: string | null; message: string | null }): CarrierReading {
  const error = classifyError(CHRONOPOST_ERRORS, { ...remark, httpStatus: answer.httpStatus, headers: answer.headers });
  const aboutAccount = error.kind !== "server" && CHRONOPOST_ACCOUNT_WORDS.test(remark.message ?? "");
  return { shipments: [], errors: [aboutAccount ? { ...error, kind: "auth", retryable: false } : error] };
}

function notFound(): CarrierError {
  return { kind: "not_found", retryable: true, message: "Chronopost does not know this number (yet)." };
}

function toShipment(history: NonNullable<ChronopostResult["listEventInfoComp"]>): CarrierShipment {
  const trackingNumber = history.skybillNumber ?? "";
  const partners = history.events.flatMap(partnerNumbers).filter((number) => number !== trackingNumber);
  const scans = readInContext(history.events.map(toEvent));
  return buildShipment({ trackingNumber, alternateNumbers: [...new Set(partners)] }, scans);
}

function toEvent(scan: ChronopostScan, sequence: number): CarrierEvent {
  return {
    at: parseIsoTime(scan.eventDate),
    ...(byCode(CHRONOPOST_CODES, scan.code) ?? (scan.code === null ? byText(scan.eventLabel) : unknownCode())),
    code: scan.code,
    description: scan.eventLabel,
    location: joinPlace([scan.officeLabel, scan.zipCode]),
    countryCode: null,
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

/**
 * Two codes mean something else after another one: a delivery after the parcel turned back (`R`) is the sender's, and the
 * driver's drop-off (`RB`) is told minutes after the shop has already taken the parcel in (`AB`).
 */
function readInContext(events: readonly CarrierEvent[]): CarrierEvent[] {
  const turnedBack = earliest(events, "R");
  const takenIn = earliest(events, "AB");
  return events.map((event) => {
    if (event.code === "D" && isAfter(event, turnedBack)) {
      return { ...event, ...mapped(["return_to_sender", "returned"], "code:D after R") };
    }
    if (event.code === "RB" && isAfter(event, takenIn)) {
      return { ...event, ...mapped(["available_for_pickup"], "code:RB after AB") };
    }
    return event;
  });
}

function earliest(events: readonly CarrierEvent[], code: string): string | null {
  const times = events.flatMap((event) => (event.code === code ? [event.at?.utc ?? null] : []));
  return times.filter((time) => time !== null).toSorted()[0] ?? null;
}

function isAfter(event: CarrierEvent, moment: string | null): boolean {
  return moment !== null && (event.at?.utc ?? "") >= moment;
}

/** "GEO/XT0000000000001": the network's prefix, then the number. */
function partnerNumbers(scan: ChronopostScan): string[] {
  return scan.infoCompList.flatMap(({ name, value }) => {
    const number = /^(?:GEO\/)?([A-Z0-9]{8,40})$/.exec(value ?? "")?.[1];
    return number !== undefined && CHRONOPOST_PARTNER_NUMBER.has(name ?? "") ? [number] : [];
  });
}

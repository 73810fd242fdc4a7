import type { CarrierEvent, CarrierReading, RawAnswer } from "../carrier.ts";
import { compactDate, parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, unknownCode } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { lasershipAnswer, type LasershipAnswer, type LasershipEvent } from "./ontrac-schema.ts";
import { LASERSHIP_TYPES, ONTRAC_ERRORS } from "./ontrac-status.ts";

/** LaserShip answered in JSON, OnTrac answers in XML. */
export function looksLikeLasership(body: RawAnswer["body"]): boolean {
  const head = typeof body === "string" ? body.slice(0, 64) : Buffer.from(body.subarray(0, 64)).toString("latin1");
  return head.trimStart().startsWith("{");
}

/** Reads an answer of LaserShip, which became OnTrac in 2021. Never throws. */
export function readLasership(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const parsed = lasershipAnswer.safeParse(decoded.value).data;
  const numbers = (parsed?.Pieces ?? []).map((piece) => piece.TrackingNumber).filter((number) => number !== null);
  if (parsed && numbers.length > 0) {
    return { shipments: numbers.map((number) => toShipment(parsed, number, numbers.length)), errors: [] };
  }
  if (parsed?.ErrorMessage) {
    const facts = { code: null, message: parsed.ErrorMessage, httpStatus: answer.httpStatus ?? 404 };
    return { shipments: [], errors: [classifyError(ONTRAC_ERRORS, facts)] };
  }
  return failedReading(answer, unreadable("This is not an answer of LaserShip's tracking service."));
}

/** The scans are those of the order: every piece of it has them. */
function toShipment(answer: LasershipAnswer, trackingNumber: string, pieces: number) {
  const due = compactDate(answer.EstimatedDeliveryDate?.slice(0, 10) ?? null);
  return buildShipment(
    {
      trackingNumber,
      estimatedDelivery: due === null ? null : { date: due },
      carrierUniqueId: answer.OrderNumber,
      pieceCount: pieces > 1 ? pieces : null,
    },
    answer.Events.map((event, index) => toEvent(event, answer.Events.length - 1 - index)),
  );
}

/**
 * The field beside it, `UTCDateTime`, is not believed: the same answers have been seen with one value for both clocks
 * (`ReceivedOn`, `UTCReceivedOn`), so that nobody knows which of them it is.
 */
function toEvent(event: LasershipEvent, sequence: number): CarrierEvent {
  const { EventType: code, EventShortText: description } = event;
  return {
    at: parseIsoTime(event.DateTime),
    ...(code === null ? byText(description) : (byCode(LASERSHIP_TYPES, code) ?? unknownCode())),
    code,
    description,
    location: joinPlace([event.City, event.State, event.Country]),
    countryCode: countryCode(event.Country),
    sequence,
    raw: boundedCopy(event.raw),
  };
}

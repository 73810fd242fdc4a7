import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { compactDate, parseIsoTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy } from "../clean-text.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { decodeJson, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import {
  errorAnswer,
  trackAnswer,
  type MailPiece,
  type RoyalMailError,
  type RoyalMailEvent,
} from "./royal-mail-schema.ts";
import { ROYAL_MAIL_CODES, ROYAL_MAIL_ERRORS, ROYAL_MAIL_PHRASES } from "./royal-mail-status.ts";

/** Reads a history, a list of summaries, or an error body: whatever the HTTP status, the body tells. Never throws. */
export function readRoyalMail(answer: RawAnswer): CarrierReading {
  const decoded = decodeJson(answer);
  if (!decoded.ok) return failedReading(answer, decoded.error);
  const tracked = trackAnswer.safeParse(decoded.value);
  const pieces = tracked.success ? tracked.data.mailPieces.filter((piece) => piece.summary ?? piece.mailPieceId) : [];
  if (pieces.length > 0) return readPieces(pieces);
  const errors = readErrors(decoded.value, answer);
  if (errors.length > 0) return { shipments: [], errors };
  return failedReading(answer, unreadable("This is not an answer of the Royal Mail tracking service."));
}

/** A refused number in a list has its error beside it; some carry an empty summary as well. */
function readPieces(pieces: readonly MailPiece[]): CarrierReading {
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (const piece of pieces) {
    const silent = piece.events.length === 0 && !piece.summary?.lastEventCode && !piece.summary?.lastEventName;
    if (piece.error?.errorCode && silent) reading.errors.push(toError(piece.error, piece.mailPieceId));
    else reading.shipments.push(toShipment(piece));
  }
  return reading;
}

function readErrors(value: unknown, answer: RawAnswer): CarrierError[] {
  const parsed = errorAnswer.safeParse(value);
  if (!parsed.success) return [];
  const { httpCode, httpMessage, moreInformation, errors } = parsed.data;
  const { httpStatus, headers } = answer;
  if (errors.some((error) => error.errorCode !== null)) {
    return errors.map((error) => ({ ...toError(error, null), ...waitOf(answer) }));
  }
  if (httpCode === null) return [];
  const facts = { code: httpCode, message: moreInformation ?? httpMessage, httpStatus, headers };
  return [classifyError(ROYAL_MAIL_ERRORS, facts)];
}

function toError({ errorCode, errorDescription }: RoyalMailError, trackingNumber: string | null): CarrierError {
  return classifyError(ROYAL_MAIL_ERRORS, { code: errorCode, message: errorDescription, trackingNumber });
}

function waitOf({ headers }: RawAnswer): Pick<CarrierError, "retryAfterSeconds"> {
  const { retryAfterSeconds } = classifyError(ROYAL_MAIL_ERRORS, { code: null, message: null, headers });
  return retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
}

function toShipment(piece: MailPiece): CarrierShipment {
  const own = piece.summary?.oneDBarcode ?? piece.mailPieceId ?? "";
  const others = [piece.mailPieceId, piece.summary?.uniqueItemId ?? null];
  return buildShipment(
    {
      trackingNumber: own,
      estimatedDelivery: estimate(piece),
      service: piece.summary?.productName ?? null,
      carrierUniqueId: piece.summary?.uniqueItemId ?? null,
      alternateNumbers: [...new Set(others)].filter((number): number is string => number !== null && number !== own),
    },
    scansOf(piece),
  );
}

/** A summary tells its newest scan alone. */
function scansOf({ events, summary }: MailPiece): CarrierEvent[] {
  if (events.length > 0) return events.map((event, index) => toEvent(event, events.length - 1 - index));
  if (!summary?.lastEventCode && !summary?.lastEventName) return [];
  const newest = {
    eventCode: summary.lastEventCode,
    eventName: summary.lastEventName,
    eventDateTime: summary.lastEventDateTime,
    locationName: summary.lastEventLocationName,
  };
  return [toEvent({ ...newest, raw: newest }, 0)];
}

/** The window is written as hours with an offset of its own beside a date; it is kept as written. */
function estimate({ estimatedDelivery }: MailPiece): EstimatedDelivery | null {
  const date = compactDate(estimatedDelivery?.date?.slice(0, 10) ?? null);
  if (!estimatedDelivery || date === null) return null;
  const { startOfEstimatedWindow: from, endOfEstimatedWindow: to } = estimatedDelivery;
  return from !== null && to !== null ? { date, hours: { from, to } } : { date };
}

function toEvent(event: RoyalMailEvent, sequence: number): CarrierEvent {
  return {
    at: parseIsoTime(event.eventDateTime),
    ...mapStatus(event.eventCode, event.eventName),
    code: event.eventCode,
    description: event.eventName,
    location: event.locationName,
    countryCode: null,
    sequence,
    raw: boundedCopy(event.raw),
  };
}

function mapStatus(code: string | null, words: string | null): MappedStatus {
  const known = byCode(ROYAL_MAIL_CODES, code);
  if (known) return known;
  if (code !== null) return unknownCode();
  const phrase = ROYAL_MAIL_PHRASES.find(([, pattern]) => pattern.test(words ?? ""));
  return phrase ? mapped(phrase[2], `text:${phrase[0]}`) : byText(words);
}

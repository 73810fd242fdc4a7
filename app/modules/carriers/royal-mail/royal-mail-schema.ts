import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const event = withRaw({ eventCode: text(20), eventName: text(300), eventDateTime: text(40), locationName: text(120) });

const error = z.object({ errorCode: text(20), errorDescription: text(300) });

const summary = withRaw({
  uniqueItemId: text(60),
  oneDBarcode: text(60),
  productName: text(120),
  lastEventCode: text(20),
  lastEventName: text(300),
  lastEventDateTime: text(40),
  lastEventLocationName: text(120),
});

const mailPiece = z.object({
  mailPieceId: text(60),
  summary: part(summary),
  estimatedDelivery: part(
    z.object({ date: text(40), startOfEstimatedWindow: text(40), endOfEstimatedWindow: text(40) }),
  ),
  events: list(event, { max: MAX_EVENTS, keep: "first" }),
  error: part(error),
});

/** Answer of `/mailpieces/v2/{id}/events` (one piece) or of `/mailpieces/v2/summary` (a list without histories). */
export const trackAnswer = z.object({ mailPieces: z.unknown().pipe(list(mailPiece, { max: 60 })) });

/** Errors of the API, and of the gateway before it, which lists none and writes `moreInformation`. */
export const errorAnswer = z.object({
  httpCode: text(10),
  httpMessage: text(200),
  moreInformation: text(300),
  errors: list(error, { max: 20 }),
});

export type MailPiece = z.output<typeof mailPiece>;
export type RoyalMailEvent = z.output<typeof event>;
export type RoyalMailError = z.output<typeof error>;

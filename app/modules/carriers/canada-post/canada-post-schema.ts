import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const occurrence = withRaw({
  "event-identifier": text(20),
  "event-date": text(20),
  "event-time": text(20),
  "event-time-zone": text(20),
  "event-description": text(500),
  "event-site": text(80),
  "event-province": text(40),
});

/** Answer of `GET /vis/track/pin/{pin}/detail`. */
const detail = z.object({
  pin: text(60),
  "expected-delivery-date": text(20),
  "changed-expected-date": text(20),
  "service-name": text(120),
  "return-pin": text(60),
  "original-pin": text(60),
  "significant-events": part(z.object({ occurrence: list(occurrence, { max: MAX_EVENTS, keep: "first" }) })),
});

/** One entry of the summary resource: the newest event alone, its time as `YYYYMMDD:HHMMSS`. */
const summary = withRaw({
  pin: text(60),
  "expected-delivery-date": text(20),
  "actual-delivery-date": text(20),
  "event-date-time": text(40),
  "event-description": text(500),
  "event-type": text(40),
  "event-location": text(120),
  "service-name": text(120),
});

const message = z.object({ code: text(40), description: text(300) });

export const canadaPostAnswer = z.object({
  "tracking-detail": part(detail),
  "tracking-summary": part(z.object({ "pin-summary": list(summary, { max: 50 }) })),
  messages: part(z.object({ message: list(message, { max: 20 }) })),
});

/** Answers have been kept with a wrapper around the root. */
export const wrapped = z.object({ wrapper: canadaPostAnswer });

export type CanadaPostDetail = z.output<typeof detail>;
export type CanadaPostSummary = z.output<typeof summary>;
export type CanadaPostOccurrence = z.output<typeof occurrence>;

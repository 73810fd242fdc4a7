import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const event = withRaw({
  eventType: text(500),
  eventTimestamp: text(40),
  GMTOffset: text(20),
  eventCity: text(80),
  eventState: text(40),
  eventZIP: text(20),
  eventCountry: text(60),
  eventCode: text(20),
});

const facts = {
  trackingNumber: text(60),
  status: text(300),
  statusCategory: text(80),
  mailClass: text(120),
  expectedDeliveryTimeStamp: text(40),
  predictedDeliveryTimeStamp: text(40),
  predictedDeliveryDate: text(40),
  predictedDeliveryWindowStartTime: text(20),
  predictedDeliveryWindowEndTime: text(20),
  guaranteedDeliveryTimeStamp: text(40),
  uniqueMailPieceID: text(60),
  uniqueMailPieceId: text(60),
  uniqueTrackingId: text(60),
};

/** Answer of `GET /tracking/v3/tracking/{number}?expand=DETAIL`, newest scan first; a push carries the same object. */
export const trackAnswer = z.object({
  ...facts,
  trackingEvents: list(event, { max: MAX_EVENTS, keep: "first" }),
});

/** The older shape that the documentation still shows for summaries: one sentence and no scans. */
export const legacySummary = z.object({
  TrackResults: z.object({ TrackInfo: list(z.object({ "@ID": text(60), TrackSummary: text(500) }), { max: 50 }) }),
});

/** Envelope of a push; `payload` is the answer as a JSON text. */
export const pushEnvelope = z.object({ subscriptionId: text(80), timestamp: text(60), payload: z.unknown() });

const detail = z.object({ code: text(60), title: text(200), detail: text(300) });

/** Errors of the API itself, and those of its OAuth server, which are flat. */
export const errorAnswer = z.object({
  error: z.union([
    z.string().transform((code) => ({ code, message: null, errors: [] })),
    z.object({ code: text(60), message: text(300), errors: list(detail, { max: 20 }) }),
  ]),
  error_description: text(300),
});

/** What the gateway before the API answers with. */
export const gatewayFault = z.object({
  fault: z.object({ faultstring: text(300), detail: part(z.object({ errorcode: text(100) })) }),
});

export type UspsEvent = z.output<typeof event>;
export type UspsTracking = z.output<typeof trackAnswer>;

import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const scan = withRaw({
  eventCode: text(80),
  eventTime: text(40),
  /** Version 2 only: `FORWARD`, or `RETURNS` on the way back. */
  shipmentType: text(20),
  location: part(z.object({ city: text(80), stateOrRegion: text(60), countryCode: text(20) })),
});

const summary = z.object({
  status: text(60),
  trackingDetailCodes: part(z.object({ forward: list(text(60), { max: 20 }) })),
});

const tracking = z.object({
  trackingId: text(60),
  alternateLegTrackingId: text(60),
  promisedDeliveryDate: text(40),
  summary: part(summary),
  // Versions 1 and 2 order the history differently; the end to keep is known only once it is read.
  eventHistory: list(scan, { max: 2 * MAX_EVENTS }),
});

/** Answer of `GET /shipping/v2/tracking` and of the same question in version 1. */
export const amazonAnswer = z.object({ payload: tracking });

/** SP-API's errors, and the one of Login with Amazon. */
export const amazonError = z.object({
  errors: list(z.object({ code: text(80), message: text(300), details: text(300) }), { max: 20 }),
  error: text(80),
  error_description: text(300),
});

export type AmazonTracking = z.output<typeof tracking>;
export type AmazonScan = z.output<typeof scan>;

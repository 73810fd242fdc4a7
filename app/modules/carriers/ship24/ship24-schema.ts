import { z } from "zod";
import { list, MAX_EVENTS, part, text, wholeNumber, withRaw } from "../read-json.ts";

const event = withRaw({
  status: text(500),
  // The carrier's wall clock. `datetime` is the same clock with a "Z" put behind it: not an instant.
  occurrenceDatetime: text(40),
  utcOffset: text(10),
  hasNoTime: text(10),
  order: wholeNumber(),
  location: text(200),
  courierCode: text(60),
  statusCode: text(60),
  statusMilestone: text(60),
});

const delivery = z.object({
  estimatedDeliveryDate: text(40),
  courierEstimatedDeliveryDate: part(z.object({ from: text(40), to: text(40) })),
  service: text(120),
});

const shipment = z.object({
  statusCode: text(60),
  statusMilestone: text(60),
  delivery: part(delivery),
  trackingNumbers: list(z.object({ tn: text(60) }), { max: 20 }),
});

const tracker = z.object({ trackerId: text(80), trackingNumber: text(60) });

const tracking = z.object({
  metadata: part(z.object({ messageId: text(80) })),
  tracker: part(tracker),
  shipment: part(shipment),
  // Newest first; a webhook has only those that the one before did not.
  events: list(event, { max: MAX_EVENTS }),
});

const refusal = z.object({ code: text(80), message: text(300) });

/** Answers carry `data` or `errors`, webhooks the list of trackings alone. */
export const answer = z.object({
  data: part(z.object({ trackings: list(tracking), tracker: part(tracker), trackers: list(tracker, { max: 500 }) })),
  trackings: list(tracking),
  errors: list(refusal, { max: 20 }),
});

export type Tracking = z.output<typeof tracking>;
export type Scan = z.output<typeof event>;
export type Refusal = z.output<typeof refusal>;

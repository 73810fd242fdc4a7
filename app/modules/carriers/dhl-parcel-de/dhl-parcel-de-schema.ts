import { z } from "zod";
import { list, MAX_EVENTS, text, withRaw } from "../read-json.ts";

const event = withRaw({
  "@event-timestamp": text(20),
  "@event-status": text(500),
  "@event-text": text(500),
  "@ice": text(10),
  "@ric": text(10),
  "@event-location": text(80),
  "@event-country": text(80),
  "@standard-event-code": text(10),
  "@ruecksendung": text(10),
});

const eventList = z.object({ data: list(event, { max: MAX_EVENTS, keep: "last" }) });

const shipment = z.object({
  "@name": z.literal("piece-shipment"),
  "@error-status": text(20),
  "@piece-code": text(60),
  "@searched-piece-code": text(60),
  "@piece-id": text(60),
  "@status": text(500),
  "@delivery-event-flag": text(5),
  "@recipient-id-text": text(120),
  "@product-name": text(120),
  "@ice": text(10),
  "@standard-event-code": text(10),
  "@status-timestamp": text(20),
  "@ruecksendung": text(10),
  data: list(eventList, { max: 3 }),
});

/** Answer to `d-get-piece-detail`: everything is a `<data>` element that says in `name` what it is. */
export const trackAnswer = z.object({
  data: z.object({
    "@name": text(60),
    "@code": text(20),
    "@error": text(300),
    data: list(shipment, { max: 50 }),
  }),
});

export type ParcelDeEvent = z.output<typeof event>;
export type ParcelDeShipment = z.output<typeof shipment>;

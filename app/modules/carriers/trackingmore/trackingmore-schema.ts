import { z } from "zod";
import { list, part, text, withRaw } from "../read-json.ts";

const checkpoint = withRaw({
  checkpoint_date: text(40),
  checkpoint_delivery_status: text(40),
  checkpoint_delivery_substatus: text(40),
  tracking_detail: text(500),
  location: text(200),
  country_iso2: text(2),
  state: text(60),
  city: text(80),
  zip: text(20),
});

// Newest first as a rule; bounded again when the order is known.
const leg = z.object({ courier_code: text(60), trackinfo: list(checkpoint, { max: 10_000 }) });

const tracking = z.object({
  id: text(80),
  tracking_number: text(80),
  courier_code: text(60),
  delivery_status: text(40),
  substatus: text(40),
  scheduled_delivery_date: text(40),
  service_type: text(120),
  origin_info: part(leg),
  destination_info: part(leg),
  // Of an entry that was refused inside a batch.
  errorCode: text(20),
  errorMessage: text(300),
});

const batch = z.object({ success: list(tracking, { max: 40 }), error: list(tracking, { max: 40 }) });

export const answer = z.object({
  meta: part(z.object({ code: text(20), message: text(300) })),
  code: text(20),
  message: text(300),
  data: z.unknown(),
});

/** `data` is a list, one tracking, or the outcome of a batch. */
export const trackings = list(tracking, { max: 200 });
export const batchOutcome = part(batch);

/** What a signature inside the body (v2 and v3) is made of. */
export const verifyInfo = z.object({ verifyInfo: z.object({ timeStr: text(40), signature: text(120) }) });

/** The couriers that may carry a number, the most probable first. */
export const detected = z.object({ data: list(z.object({ courier_code: text(60) }), { max: 20 }) });

export type Tracking = z.output<typeof tracking>;
export type Leg = z.output<typeof leg>;
export type Checkpoint = z.output<typeof checkpoint>;

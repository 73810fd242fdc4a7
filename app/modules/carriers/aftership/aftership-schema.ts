import { z } from "zod";
import { list, MAX_EVENTS, part, text, wholeNumber, withRaw } from "../read-json.ts";

const checkpoint = withRaw({
  checkpoint_time: text(40),
  tag: text(40),
  subtag: text(40),
  message: text(500),
  location: text(200),
  city: text(80),
  state: text(60),
  // Older and newer versions of the API differ in the names.
  zip: text(20),
  postal_code: text(20),
  country_name: text(60),
  country_region_name: text(60),
});

const latestEstimate = z.object({ datetime: text(40), datetime_min: text(40), datetime_max: text(40) });

const tracking = z.object({
  id: text(80),
  tracking_number: text(100),
  slug: text(80),
  tag: text(40),
  subtag: text(40),
  return_to_sender: text(10),
  expected_delivery: text(40),
  latest_estimated_delivery: part(latestEstimate),
  order_promised_delivery_date: text(40),
  shipment_type: text(120),
  shipment_package_count: wholeNumber(),
  // Oldest first: the newest are at the end.
  checkpoints: list(checkpoint, { max: MAX_EVENTS, keep: "last" }),
});

const meta = z.object({ code: text(20), message: text(300), type: text(60) });

/** One tracking (wrapped by older versions, bare in newer ones) or a page of them. */
export const answer = z.object({
  meta: part(meta),
  data: part(
    z.object({
      tracking: part(tracking),
      trackings: list(tracking, { max: 200 }),
      tracking_number: text(100),
    }),
  ),
});

export const bare = z.object({ data: tracking });

/** A webhook; `event_id` stays the same over all of its retries. */
export const pushed = z.object({ event: text(60), event_id: text(80), msg: part(tracking) });

export type Tracking = z.output<typeof tracking>;
export type Checkpoint = z.output<typeof checkpoint>;
export type Meta = z.output<typeof meta>;

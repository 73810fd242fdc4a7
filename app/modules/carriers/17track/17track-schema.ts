import { z } from "zod";
import { list, part, text, withRaw } from "../read-json.ts";

const address = z.object({ country: text(40), state: text(60), city: text(80), postal_code: text(20) });

const event = withRaw({
  time_iso: text(40),
  time_utc: text(40),
  time_raw: part(z.object({ date: text(20), time: text(20), timezone: text(20) })),
  description: text(500),
  location: text(200),
  stage: text(60),
  sub_status: text(60),
  address: part(address),
});

const provider = z.object({
  provider: part(z.object({ key: text(20), name: text(80) })),
  service_type: text(120),
  // In either order; bounded again when the order is known.
  events: list(event, { max: 10_000 }),
});

const trackInfo = z.object({
  latest_status: part(z.object({ status: text(60), sub_status: text(60) })),
  time_metrics: part(z.object({ estimated_delivery_date: part(z.object({ from: text(40), to: text(40) })) })),
  misc_info: part(z.object({ service_type: text(120), local_number: text(60), local_provider: text(80) })),
  tracking: part(z.object({ providers: list(provider, { max: 10 }) })),
});

/** One number of an answer: with its scans, or without as the answer to a registration. */
const accepted = z.object({ number: text(60), carrier: text(20), track_info: part(trackInfo) });

const refusal = z.object({ code: text(20), message: text(300) });
const rejected = z.object({ number: text(60), error: part(refusal) });

/** Every answer: `code` 0 with a list of numbers taken and refused, else the errors of the whole call. */
export const answer = z.object({
  code: text(20),
  data: part(
    z.object({
      accepted: list(accepted, { max: 40 }),
      rejected: list(rejected, { max: 40 }),
      errors: list(refusal, { max: 40 }),
      quota_remain: text(20),
    }),
  ),
});

export const pushed = z.object({ event: text(40), data: part(accepted) });

export type Accepted = z.output<typeof accepted>;
export type TrackInfo = z.output<typeof trackInfo>;
export type Provider = z.output<typeof provider>;
export type Scan = z.output<typeof event>;
export type Refusal = z.output<typeof refusal>;

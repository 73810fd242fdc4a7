import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const place = z.object({ city: text(80), state: text(40), zip: text(20), country: text(40) });

const status = withRaw({
  status: text(40),
  substatus: part(z.object({ code: text(60) })),
  status_details: text(500),
  status_date: text(40),
  location: part(place),
});

const track = z.object({
  carrier: text(60),
  tracking_number: text(80),
  eta: text(40),
  servicelevel: part(z.object({ name: text(120), token: text(80) })),
  tracking_status: part(status),
  // Oldest first: the newest are at the end.
  tracking_history: list(status, { max: MAX_EVENTS, keep: "last" }),
});

/** A track; a webhook has one under `data`; an error has words in one of several places. */
export const answer = track.extend({
  event: text(60),
  data: part(track),
  detail: text(300),
  message: text(300),
  error: text(300),
});

export type Track = z.output<typeof track>;
export type Status = z.output<typeof status>;

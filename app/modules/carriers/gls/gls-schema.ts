import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const scan = withRaw({
  code: text(60),
  city: text(80),
  postalCode: text(20),
  country: text(20),
  description: text(500),
  eventDateTime: text(40),
});

const parcel = z.object({
  requested: text(60),
  unitno: text(60),
  status: text(40),
  statusDateTime: text(40),
  events: list(scan, { max: MAX_EVENTS, keep: "first" }),
  errorCode: text(40),
  errorMessage: text(300),
});

/** Answer of `GET /tracking/simple/trackids/{ids}`. */
export const glsAnswer = z.object({ parcels: list(parcel, { max: 100 }) });

/** The gateway's fault, the service's problem document and the token endpoint's error, in one. */
export const glsError = z.object({
  fault: part(z.object({ faultstring: text(300), detail: part(z.object({ errorcode: text(120) })) })),
  error: text(120),
  error_description: text(300),
  title: text(120),
  detail: text(300),
});

export type GlsParcel = z.output<typeof parcel>;
export type GlsScan = z.output<typeof scan>;

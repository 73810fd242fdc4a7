import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const line = part(z.object({ content: text(500) }));

const status = withRaw({
  status: text(60),
  label: line,
  description: part(z.object({ content: list(z.object({ content: text(500) }), { max: 5 }) })),
  statusHasBeenReached: text(10),
  location: line,
  date: line,
});

const trackingResult = z.object({
  shipmentInfo: part(
    z.object({
      serviceDescription: part(z.object({ content: list(z.object({ content: text(120) }), { max: 5 }) })),
    }),
  ),
  statusInfo: list(status, { max: MAX_EVENTS, keep: "last" }),
});

/** `authenticationFault`, `faults` and whatever else DPD calls the one element inside `detail`. */
const faultDetail = z.object({
  errorCode: text(80),
  errorMessage: text(300),
  faultCode: text(80),
  message: text(300),
});

const fault = z.object({
  faultcode: text(60),
  faultstring: text(300),
  detail: part(z.record(z.string(), part(faultDetail))),
});

/** Answers of `ParcelLifeCycleService` 2.0 and `LoginService` 2.1, and their SOAP faults. */
export const dpdAnswer = z.object({
  Envelope: z.object({
    Body: z.object({
      getTrackingDataResponse: part(z.object({ trackingresult: part(trackingResult) })),
      getAuthResponse: part(z.object({ return: part(z.object({ authToken: text(200) })) })),
      Fault: part(fault),
    }),
  }),
});

export type DpdStatus = z.output<typeof status>;
export type DpdTracking = z.output<typeof trackingResult>;
export type DpdFault = z.output<typeof fault>;

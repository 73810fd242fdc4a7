import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const scan = withRaw({
  code: text(20),
  eventDate: text(40),
  eventLabel: text(500),
  officeLabel: text(120),
  zipCode: text(20),
  infoCompList: list(z.object({ name: text(80), value: text(200) }), { max: 30 }),
});

const result = part(
  z.object({
    errorCode: text(20),
    errorMessage: text(300),
    listEventInfoComp: part(
      z.object({ skybillNumber: text(60), events: list(scan, { max: MAX_EVENTS, keep: "last" }) }),
    ),
  }),
);

const response = part(z.object({ return: result }));

/** Answers of `TrackingServiceWS`: to a number, to a sender's reference, and the SOAP fault. */
export const chronopostAnswer = z.object({
  Envelope: z.object({
    Body: z.object({
      trackSkybillV2Response: response,
      trackWithSenderRefResponse: response,
      Fault: part(z.object({ faultcode: text(60), faultstring: text(300) })),
    }),
  }),
});

export type ChronopostScan = z.output<typeof scan>;
export type ChronopostResult = NonNullable<z.output<typeof result>>;

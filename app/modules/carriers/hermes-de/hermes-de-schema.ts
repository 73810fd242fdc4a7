import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const scan = withRaw({
  timestamp: text(40),
  code: text(20),
  description: text(500),
  scanningUnit: part(z.object({ name: text(120), city: text(80), countryCode: text(10) })),
});

const shipment = z.object({
  shipmentID: text(60),
  deliveryForecast: part(z.object({ date: text(40), timeSlot: part(z.object({ from: text(20), to: text(20) })) })),
  // Oldest first.
  status: list(scan, { max: MAX_EVENTS, keep: "last" }),
  result: list(z.object({ code: text(40), message: text(300) }), { max: 10 }),
});

/** Answer of `GET /shipmentinfo`. */
export const trackAnswer = z.object({
  shipmentinfo: z
    .unknown()
    .refine((value): boolean => Array.isArray(value))
    .pipe(list(shipment, { max: 100 })),
});

const resultCode = z.object({ code: text(40), message: text(300) });

/** Errors of the service, of its OAuth server, and of the gateway before both. */
export const errorAnswer = z.object({
  listOfResultCodes: list(resultCode, { max: 20 }),
  error: text(100),
  error_description: text(300),
  status: text(10),
  message: text(300),
});

export type HermesScan = z.output<typeof scan>;
export type HermesShipment = z.output<typeof shipment>;

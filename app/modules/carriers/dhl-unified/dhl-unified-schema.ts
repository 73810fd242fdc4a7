import { z } from "zod";
import { list, MAX_EVENTS, part, text, wholeNumber, withRaw } from "../read-json.ts";

const address = z.object({ countryCode: text(10), postalCode: text(20), addressLocality: text(120) });
const place = z.object({ address: part(address) });

const status = {
  timestamp: text(40),
  location: part(place),
  statusCode: text(40),
  status: text(200),
  statusDetailed: text(60),
  description: text(500),
  remark: text(300),
};

const event = withRaw(status);

const shipment = z.object({
  // A JSON number for some services.
  id: text(60),
  service: text(40),
  status: part(z.object(status)),
  estimatedTimeOfDelivery: text(40),
  estimatedDeliveryTimeFrame: part(z.object({ estimatedFrom: text(40), estimatedThrough: text(40) })),
  details: part(
    z.object({
      product: part(z.object({ productName: text(120) })),
      totalNumberOfPieces: wholeNumber(),
      pieceIds: list(text(60), { max: 200 }),
    }),
  ),
  events: list(event, { max: MAX_EVENTS, keep: "first" }),
});

/** Answer of `GET /track/shipments`; a push carries the same list. */
export const trackAnswer = z.object({
  shipments: z
    .unknown()
    .refine((value): boolean => Array.isArray(value))
    .pipe(list(shipment, { max: 50 })),
});

/** Problem details (RFC 7807). The key gateway before the API writes `detail` or `error_description` alone. */
export const problem = z.object({
  status: wholeNumber(),
  title: text(200),
  detail: text(300),
  error: text(100),
  error_description: text(300),
});

export type DhlEvent = z.output<typeof event>;
export type DhlShipment = z.output<typeof shipment>;

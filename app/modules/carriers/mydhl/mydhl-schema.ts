import { z } from "zod";
import { list, MAX_EVENTS, part, text, wholeNumber, withRaw } from "../read-json.ts";

const serviceArea = z.object({ code: text(10), description: text(120) });

const event = withRaw({
  date: text(20),
  time: text(20),
  GMTOffset: text(20),
  typeCode: text(10),
  description: text(500),
  serviceArea: list(serviceArea, { max: 3 }),
});

const events = list(event, { max: MAX_EVENTS, keep: "first" });

const shipment = z.object({
  shipmentTrackingNumber: text(60),
  productCode: text(20),
  description: text(120),
  estimatedTimeOfDelivery: text(40),
  estimatedDeliveryDate: text(40),
  numberOfPieces: wholeNumber(),
  pieces: list(z.object({ trackingNumber: text(60), events }), { max: 200 }),
  events,
});

/** Answer of `GET /tracking`. */
export const trackAnswer = z.object({
  shipments: z
    .unknown()
    .refine((value): boolean => Array.isArray(value))
    .pipe(list(shipment, { max: 100 })),
});

/** Problem details of the API, and the gateway's own form for refused credentials. */
export const problem = z.object({
  status: wholeNumber(),
  title: text(200),
  detail: text(300),
  message: text(300),
  reasons: list(z.object({ msg: text(300) }), { max: 10 }),
});

const xmlEvent = withRaw({
  Date: text(20),
  Time: text(20),
  ServiceEvent: part(z.object({ EventCode: text(10), Description: text(500) })),
  ServiceArea: part(z.object({ ServiceAreaCode: text(10), Description: text(120) })),
});

const status = z.object({
  ActionStatus: text(100),
  Condition: part(z.object({ ConditionCode: text(20), ConditionData: text(300) })),
});

const airWaybill = z.object({
  AWBNumber: text(60),
  Status: part(status),
  ShipmentInfo: part(
    z.object({
      Pieces: wholeNumber(),
      EstDlvyDate: text(60),
      GlobalProductCode: text(20),
      // Oldest first, unlike the JSON.
      ShipmentEvent: list(xmlEvent, { max: MAX_EVENTS, keep: "last" }),
    }),
  ),
});

/** The XML of the older service: its answers are still kept by merchants, and read here. */
export const xmlAnswer = z.object({ TrackingResponse: z.object({ AWBInfo: list(airWaybill, { max: 100 }) }) });

const errorResponse = z.object({ Response: z.object({ Status: status }) });

export const xmlError = z.object({
  ShipmentTrackingErrorResponse: part(errorResponse),
  ErrorResponse: part(errorResponse),
});

export type MydhlEvent = z.output<typeof event>;
export type MydhlShipment = z.output<typeof shipment>;
export type XmlEvent = z.output<typeof xmlEvent>;
export type AirWaybill = z.output<typeof airWaybill>;

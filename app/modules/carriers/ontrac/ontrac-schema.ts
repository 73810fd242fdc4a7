import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const event = withRaw({
  Status: text(20),
  Description: text(500),
  EventTime: text(40),
  Facility: text(80),
  City: text(80),
  State: text(20),
});

const shipment = z.object({
  Events: part(z.object({ Event: list(event, { max: MAX_EVENTS, keep: "first" }) })),
  Tracking: text(60),
  Exp_Del_Date: text(40),
  Delivered: text(10),
  Error: text(300),
});

/** Answer of `GET …/shipments?requestType=track`. */
export const ontracAnswer = z.object({
  OnTracTrackingResult: z.object({
    Shipments: part(z.object({ Shipment: list(shipment, { max: 200 }) })),
    Error: text(300),
  }),
});

const laserEvent = withRaw({
  DateTime: text(40),
  City: text(80),
  State: text(40),
  Country: text(40),
  EventType: text(60),
  EventShortText: text(500),
});

/** LaserShip's own answer, in JSON. */
export const lasershipAnswer = z.object({
  OrderNumber: text(80),
  EstimatedDeliveryDate: text(40),
  Pieces: list(z.object({ TrackingNumber: text(60) }), { max: 100 }),
  Events: list(laserEvent, { max: MAX_EVENTS, keep: "first" }),
  ErrorMessage: text(300),
});

export type OntracShipment = z.output<typeof shipment>;
export type OntracEvent = z.output<typeof event>;
export type LasershipAnswer = z.output<typeof lasershipAnswer>;
export type LasershipEvent = z.output<typeof laserEvent>;

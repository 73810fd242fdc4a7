import { z } from "zod";
import { list, MAX_EVENTS, part, text, wholeNumber, withRaw } from "../read-json.ts";

const scan = withRaw({ Code: text(20), Description: text(500), TimeStamp: text(40) });

/** The status barcode call writes `TimeStamp` (day first), the feed `Timestamp` (ISO). */
const status = withRaw({
  TimeStamp: text(40),
  Timestamp: text(40),
  StatusCode: text(20),
  StatusDescription: text(500),
});

const shipment = z.object({
  Barcode: text(60),
  ShipmentAmount: wholeNumber(),
  ProductDescription: text(120),
  DeliveryDate: text(40),
  Expectation: part(z.object({ ETAFrom: text(40), ETATo: text(40) })),
  Event: list(scan, { max: MAX_EVENTS, keep: "first" }),
  Status: part(status),
  OldStatus: list(status, { max: MAX_EVENTS, keep: "first" }),
});

const holder = part(z.object({ Shipment: list(shipment, { max: 50 }) }));

/** Answer of `GET /shipment/v2/status/barcode/{barcode}`: complete with `detail=true`, else the current status alone. */
export const postnlAnswer = z.object({
  CompleteStatus: holder,
  CurrentStatus: holder,
  Warnings: list(z.object({ Code: text(40), Description: text(300), Message: text(300) }), { max: 20 }),
});

/** One line of `GET /shipment/v2/status/{customernumber}/updatedshipments`. */
export const postnlUpdate = z.object({ Barcode: text(60), Status: part(status) });

/** The gateway wraps its fault, the service does not always. */
const fault = z.object({ faultstring: text(300), detail: part(z.object({ errorcode: text(120) })) });

export const postnlError = z.object({ fault: part(fault), faultstring: text(300), detail: fault.shape.detail });

export type PostnlShipment = z.output<typeof shipment>;
export type PostnlScan = z.output<typeof scan>;
export type PostnlStatus = z.output<typeof status>;
export type PostnlUpdate = z.output<typeof postnlUpdate>;

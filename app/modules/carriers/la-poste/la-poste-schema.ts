import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const scan = withRaw({ code: text(20), label: text(500), date: text(40), country: text(20) });

const shipment = z.object({
  idShip: text(60),
  product: text(120),
  deliveryDate: text(40),
  estimDate: text(40),
  event: list(scan, { max: MAX_EVENTS, keep: "first" }),
  contextData: part(z.object({ partner: part(z.object({ reference: text(60) })) })),
});

/**
 * One number in the answer of `GET /suivi/v2/idships/{ids}`. One asked number comes as this object, several as a list of
 * them; the gateway in front of the service writes `code` and `message` instead of `returnCode` and `returnMessage`.
 */
export const laPosteResult = z.object({
  returnCode: text(20),
  returnMessage: text(300),
  code: text(40),
  message: text(300),
  idShip: text(80),
  shipment: part(shipment),
});

export type LaPosteResult = z.output<typeof laPosteResult>;
export type LaPosteShipment = z.output<typeof shipment>;
export type LaPosteScan = z.output<typeof scan>;

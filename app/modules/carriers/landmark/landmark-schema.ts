import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const event = withRaw({ Status: text(500), DateTime: text(40), Location: text(200), EventCode: text(20) });

const onePackage = z.object({
  TrackingNumber: text(60),
  LandmarkTrackingNumber: text(60),
  Events: part(z.object({ Event: list(event, { max: MAX_EVENTS, keep: "last" }) })),
});

const result = z.object({
  Success: text(10),
  ResultMessage: text(300),
  ShipmentDetails: part(z.object({ EndDeliveryCarrier: text(80) })),
  Packages: part(z.object({ Package: list(onePackage, { max: 50 }) })),
});

const remark = z.object({ ErrorCode: text(80), ErrorMessage: text(300) });

/** Answer of `POST /v2/Track.php`. */
export const landmarkAnswer = z.object({
  TrackResponse: z.object({
    Result: part(result),
    Errors: part(z.object({ Error: list(remark, { max: 20 }) })),
  }),
});

export type LandmarkPackage = z.output<typeof onePackage>;
export type LandmarkEvent = z.output<typeof event>;

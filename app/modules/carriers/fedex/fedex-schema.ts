import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const place = z.object({
  city: text(80),
  stateOrProvinceCode: text(20),
  countryCode: text(20),
});

const delay = z.object({ type: text(40), subType: text(40), status: text(40) });

const scan = withRaw({
  date: text(40),
  eventType: text(20),
  eventDescription: text(500),
  exceptionCode: text(20),
  exceptionDescription: text(500),
  derivedStatusCode: text(20),
  scanLocation: part(place),
  delayDetail: part(delay),
});

const latestStatus = z.object({
  code: text(20),
  derivedCode: text(20),
  delayDetail: part(delay),
  ancillaryDetails: list(z.object({ reason: text(20) }), { max: 10 }),
});

const window = part(z.object({ window: part(z.object({ begins: text(40), ends: text(40) })) }));

const remark = z.object({ code: text(80), message: text(300) });

/** The identifiers of one shipment are sent as `value` or as `values`. */
const identifier = z.object({ type: text(60), value: text(60), values: list(text(60), { max: 10 }) });

const result = z.object({
  trackingNumberInfo: part(z.object({ trackingNumber: text(60), trackingNumberUniqueId: text(120) })),
  additionalTrackingInfo: part(z.object({ packageIdentifiers: list(identifier, { max: 20 }) })),
  latestStatusDetail: part(latestStatus),
  scanEvents: list(scan, { max: MAX_EVENTS, keep: "first" }),
  dateAndTimes: list(z.object({ type: text(60), dateTime: text(40) }), { max: 40 }),
  estimatedDeliveryTimeWindow: window,
  standardTransitTimeWindow: window,
  serviceDetail: part(z.object({ description: text(120) })),
  packageDetails: part(z.object({ count: text(10) })),
  error: part(remark),
});

const perNumber = z.object({ trackingNumber: text(60), trackResults: list(result, { max: 50 }) });

/** Answer of `POST /track/v1/trackingnumbers`; the webhook body wraps the same `output`. */
export const trackAnswer = z.object({ output: z.object({ completeTrackResults: list(perNumber, { max: 200 }) }) });

export const errorAnswer = z.object({
  errors: list(remark, { max: 20 }),
  error: text(120),
  error_description: text(300),
});

export type FedexResult = z.output<typeof result>;
export type FedexScan = z.output<typeof scan>;
export type FedexWindow = z.output<typeof window>;

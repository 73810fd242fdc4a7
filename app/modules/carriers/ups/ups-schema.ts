import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

/** UPS fills fields it has no value for with these words. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(["null", "string", "undefined"]);

function field(max = 200) {
  return text(max).transform((value) => (value !== null && PLACEHOLDERS.has(value) ? null : value));
}

const place = z.object({
  city: field(80),
  stateProvince: field(80),
  postalCode: field(20),
  countryCode: field(60),
  country: field(60),
});

const status = z.object({ type: field(10), code: field(20), statusCode: field(20), description: field(500) });

const activity = withRaw({
  location: part(z.object({ address: part(place) })),
  status: part(status),
  date: field(20),
  time: field(20),
  gmtDate: field(20),
  gmtTime: field(20),
  gmtOffset: field(20),
});

const parcel = z.object({
  trackingNumber: field(60),
  activity: list(activity, { max: MAX_EVENTS, keep: "first" }),
  currentStatus: part(status),
  deliveryDate: list(z.object({ type: field(20), date: field(20) }), { max: 20 }),
  deliveryTime: part(z.object({ type: field(20), startTime: field(20), endTime: field(20) })),
  deliveryInformation: part(z.object({ location: field(80), receivedBy: field(80) })),
  alternateTrackingNumber: list(z.object({ number: field(60) }), { max: 20 }),
  service: part(z.object({ description: field(120) })),
  packageCount: text(10),
});

const remark = z.object({ code: field(40), message: field(300) });

const shipment = z.object({
  inquiryNumber: field(60),
  package: list(parcel, { max: 200 }),
  warnings: list(remark, { max: 20 }),
});

/** Answer of the Tracking API, `GET /api/track/v1/details/{number}`. */
export const trackAnswer = z.object({ trackResponse: z.object({ shipment: list(shipment, { max: 50 }) }) });

/** Every form in which UPS reports errors. */
export const errorAnswer = z.object({
  response: part(z.object({ errors: list(remark, { max: 20 }) })),
  errors: list(remark, { max: 20 }),
  validTrackingNumbers: list(field(60), { max: 200 }),
  invalidTrackingNumbers: list(field(60), { max: 200 }),
});

/** Body of a Track Alert push: one scan, flat. */
export const trackAlert = withRaw({
  trackingNumber: field(60),
  localActivityDate: field(20),
  localActivityTime: field(20),
  gmtActivityDate: field(20),
  gmtActivityTime: field(20),
  gmtOffset: field(20),
  activityLocation: part(place),
  activityStatus: z.object({ type: field(10), code: field(20), description: field(500), descriptionCode: field(20) }),
  scheduledDeliveryDate: field(20),
  deliveryStartTime: field(20),
  deliveryEndTime: field(20),
});

export type UpsActivity = z.output<typeof activity>;
export type UpsAlert = z.output<typeof trackAlert>;
export type UpsParcel = z.output<typeof parcel>;
export type UpsRemark = z.output<typeof remark>;
export type UpsShipment = z.output<typeof shipment>;

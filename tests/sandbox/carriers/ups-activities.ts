import type { Scan, ScanKind } from "../world/parcel.ts";

/** UPS words for a scan. `type` is the family, `code` the scan code (not always sent), `statusCode` the three digits. */
export interface UpsStatus {
  type: "M" | "I" | "X" | "D";
  description: string;
  code?: string;
  statusCode: string;
  /** `currentStatus.simplifiedTextDescription`. */
  simple: string;
}

const MOVING = { type: "I", statusCode: "005", simple: "On the Way" } as const;
const EXCEPTION = { type: "X", simple: "Exception" } as const;

/** Codes as in the published status list; exceptions come without a scan code, as recorded answers show. */
export const UPS_STATUSES: Readonly<Record<ScanKind, UpsStatus>> = {
  label: {
    type: "M",
    code: "MP",
    statusCode: "003",
    description: "Shipper created a label, UPS has not received the package yet. ",
    simple: "Label Created",
  },
  accepted: { type: "I", code: "PU", statusCode: "038", description: "Pickup Scan ", simple: "We Have Your Package" },
  departed: { ...MOVING, code: "DP", description: "Departed from Facility" },
  arrived: { ...MOVING, code: "AR", description: "Arrived at Facility" },
  arrived_destination: { ...MOVING, code: "AR", description: "Arrived at Facility" },
  customs_held: {
    ...EXCEPTION,
    code: "RZ",
    statusCode: "012",
    description:
      "Your package is pending release from a Government Agency. Once they release it, your package will be on its way.",
  },
  customs_cleared: {
    ...EXCEPTION,
    code: "RZ",
    statusCode: "014",
    description: "Your package has been released by the government agency.",
  },
  weather_delay: {
    ...EXCEPTION,
    statusCode: "052",
    description:
      "Severe weather conditions have delayed delivery. We're working to deliver your package as soon as possible.",
  },
  out_for_delivery: {
    type: "I",
    code: "OT",
    statusCode: "021",
    description: "Out For Delivery Today",
    simple: "Out for Delivery",
  },
  attempted: {
    ...EXCEPTION,
    statusCode: "022",
    description: "The receiver was not available for delivery. We'll make a second attempt the next business day.",
  },
  available_for_pickup: {
    type: "I",
    statusCode: "040",
    description: "Your package is at the UPS Access Point and is ready for pickup.",
    simple: "Ready for Pickup",
  },
  collected: { type: "D", code: "FS", statusCode: "011", description: "DELIVERED ", simple: "Delivered" },
  refused: { ...EXCEPTION, statusCode: "064", description: "The receiver refused the delivery." },
  returning: { ...EXCEPTION, statusCode: "033", description: "The package is being returned to the sender." },
  returned: { ...EXCEPTION, statusCode: "036", description: "The package has been returned to the sender." },
  handed_over: {
    ...MOVING,
    statusCode: "073",
    description: "Your package was transferred to the local post office for delivery.",
  },
  declared_lost: {
    ...EXCEPTION,
    statusCode: "068",
    description: "The package was lost. UPS is contacting the sender.",
  },
  delivered: { type: "D", code: "FS", statusCode: "011", description: "DELIVERED ", simple: "Delivered" },
};

const digits = (text: string) => text.replace(/\D/g, "");

/** `2026-03-01T07:05:00` → UPS date and time of the wall clock. */
export function upsLocal(scan: Scan): { date: string; time: string } {
  return { date: digits(scan.local.slice(0, 10)), time: digits(scan.local.slice(11)) };
}

/** One entry of `activity[]`; the label scan knows only the country, later ones carry city, region and GMT fields. */
export function upsActivity(scan: Scan): Record<string, unknown> {
  const { type, description, code, statusCode } = UPS_STATUSES[scan.kind];
  const country = { countryCode: scan.place.country, country: scan.place.country };
  const city = { city: scan.place.city, stateProvince: scan.place.region };
  return {
    location: { address: scan.kind === "label" ? country : { ...city, ...country }, slic: "4321" },
    status: { type, description, ...(code === undefined ? {} : { code }), statusCode },
    ...upsLocal(scan),
    gmtDate: digits(scan.at.slice(0, 10)),
    gmtOffset: scan.offset,
    gmtTime: scan.at.slice(11, 19),
  };
}

/** The body of one Track Alert push: flat, one event, times without colons. */
export function upsTrackAlert(input: {
  trackingNumber: string;
  scan: Scan;
  scheduledOn: string | null;
}): Record<string, unknown> {
  const { scan, trackingNumber, scheduledOn } = input;
  const { type, code, description, statusCode } = UPS_STATUSES[scan.kind];
  const local = upsLocal(scan);
  const delivered = type === "D";
  return {
    trackingNumber,
    localActivityDate: local.date,
    localActivityTime: local.time,
    activityLocation: {
      city: scan.kind === "label" ? "" : scan.place.city,
      stateProvince: scan.kind === "label" ? "" : scan.place.region,
      postalCode: delivered ? scan.place.zip : "",
      country: scan.place.country,
    },
    activityStatus: { type, code: code ?? "", description: description.trim(), descriptionCode: statusCode },
    scheduledDeliveryDate: scheduledOn === null ? "" : digits(scheduledOn),
    actualDeliveryDate: delivered ? local.date : "",
    actualDeliveryTime: delivered ? local.time : "",
    gmtActivityDate: digits(scan.at.slice(0, 10)),
    gmtActivityTime: digits(scan.at.slice(11, 19)),
    deliveryStartTime: "",
    deliveryEndTime: "",
    deliveryTimeDescription: delivered || scheduledOn === null ? "" : "end of day",
  };
}

import type { Scan, ScanKind } from "../world/parcel.ts";

/** FedEx words for a scan. */
export interface FedexWords {
  eventType: string;
  eventDescription: string;
  exceptionCode?: string;
  exceptionDescription?: string;
  /** Derived status of the event. */
  derivedStatusCode: string;
  derivedStatus: string;
  /** `latestStatusDetail` when this is the newest scan; `derivedCode` differs from the event's own. */
  latest: { derivedCode: string; statusByLocale: string };
  locationType: string;
}

const IN_TRANSIT = {
  derivedStatusCode: "IT",
  derivedStatus: "In transit",
  latest: { derivedCode: "IT", statusByLocale: "In transit" },
} as const;
const DELIVERED = {
  eventType: "DL",
  eventDescription: "Delivered",
  derivedStatusCode: "DL",
  derivedStatus: "Delivered",
  latest: { derivedCode: "DL", statusByLocale: "Delivered" },
  locationType: "DELIVERY_LOCATION",
} as const;
const EXCEPTION = {
  eventType: "DE",
  eventDescription: "Delivery exception",
  derivedStatusCode: "DE",
  derivedStatus: "Delivery exception",
  latest: { derivedCode: "DE", statusByLocale: "Delivery exception" },
  locationType: "VEHICLE",
} as const;
const TO_SENDER = { derivedCode: "RS", statusByLocale: "Returning package to shipper" } as const;

export const FEDEX_WORDS: Readonly<Record<ScanKind, FedexWords>> = {
  label: {
    eventType: "OC",
    eventDescription: "Shipment information sent to FedEx",
    derivedStatusCode: "IN",
    derivedStatus: "Label created",
    latest: { derivedCode: "IN", statusByLocale: "Label created" },
    locationType: "CUSTOMER",
  },
  accepted: {
    eventType: "PU",
    eventDescription: "Picked up",
    derivedStatusCode: "PU",
    derivedStatus: "Picked up",
    latest: { derivedCode: "PU", statusByLocale: "Picked up" },
    locationType: "PICKUP_LOCATION",
  },
  departed: {
    ...IN_TRANSIT,
    eventType: "DP",
    eventDescription: "Departed FedEx location",
    locationType: "FEDEX_FACILITY",
  },
  arrived: { ...IN_TRANSIT, eventType: "AR", eventDescription: "Arrived at FedEx hub", locationType: "SORT_FACILITY" },
  arrived_destination: {
    ...IN_TRANSIT,
    eventType: "AR",
    eventDescription: "At local FedEx facility",
    locationType: "DESTINATION_FEDEX_FACILITY",
  },
  customs_held: {
    eventType: "CD",
    eventDescription: "Clearance delay - Import",
    derivedStatusCode: "CD",
    derivedStatus: "Clearance delay",
    latest: { derivedCode: "CD", statusByLocale: "Clearance delay" },
    locationType: "CUSTOMS_BROKER",
  },
  customs_cleared: {
    ...IN_TRANSIT,
    eventType: "CC",
    eventDescription: "International shipment release - Import",
    locationType: "CUSTOMS_BROKER",
  },
  weather_delay: {
    eventType: "DY",
    eventDescription: "Delay",
    exceptionDescription: "Weather delay",
    derivedStatusCode: "DY",
    derivedStatus: "Delay",
    latest: { derivedCode: "DY", statusByLocale: "Delay" },
    locationType: "SORT_FACILITY",
  },
  out_for_delivery: {
    ...IN_TRANSIT,
    eventType: "OD",
    eventDescription: "On FedEx vehicle for delivery",
    latest: { derivedCode: "OD", statusByLocale: "Out for delivery" },
    locationType: "VEHICLE",
  },
  attempted: { ...EXCEPTION, exceptionCode: "08", exceptionDescription: "Customer not available or business closed" },
  available_for_pickup: {
    ...IN_TRANSIT,
    eventType: "HP",
    eventDescription: "Ready for recipient pickup",
    latest: { derivedCode: "HP", statusByLocale: "Ready for pickup" },
    locationType: "FEDEX_OFFICE",
  },
  collected: { ...DELIVERED, locationType: "FEDEX_OFFICE" },
  refused: { ...EXCEPTION, exceptionCode: "07", exceptionDescription: "Shipment Refused by Recipient" },
  returning: {
    ...IN_TRANSIT,
    eventType: "RS",
    eventDescription: "Returning package to shipper",
    latest: TO_SENDER,
    locationType: "FEDEX_FACILITY",
  },
  returned: {
    ...IN_TRANSIT,
    eventType: "RT",
    eventDescription: "Returned to shipper",
    latest: TO_SENDER,
    locationType: "CUSTOMER",
  },
  handed_over: {
    ...IN_TRANSIT,
    eventType: "TR",
    eventDescription: "Transferred to U.S. Postal Service",
    locationType: "FEDEX_FACILITY",
  },
  declared_lost: {
    ...EXCEPTION,
    eventType: "SE",
    eventDescription: "Shipment exception",
    exceptionCode: "39",
    exceptionDescription: "Package lost in transit",
    locationType: "FEDEX_FACILITY",
  },
  delivered: DELIVERED,
};

/** ISO time with the offset of the place, as FedEx writes scan dates. */
export function fedexTime(scan: Scan): string {
  return `${scan.local}${scan.offset}`;
}

/** One entry of `scanEvents[]`; a label scan has no city. */
export function fedexEvent(scan: Scan): Record<string, unknown> {
  const words = FEDEX_WORDS[scan.kind];
  const { city, region, zip, country } = scan.place;
  const address = { city, stateOrProvinceCode: region, postalCode: zip, countryCode: country, countryName: country };
  return {
    date: fedexTime(scan),
    eventType: words.eventType,
    eventDescription: words.eventDescription,
    exceptionCode: words.exceptionCode ?? "",
    exceptionDescription: words.exceptionDescription ?? "",
    scanLocation: { streetLines: [""], residential: false, ...(scan.kind === "label" ? {} : address) },
    locationType: words.locationType,
    derivedStatusCode: words.derivedStatusCode,
    derivedStatus: words.derivedStatus,
  };
}

import { arrivalOf } from "../world/journey.ts";
import type { SandboxParcel, Scan, ScanKind } from "../world/parcel.ts";
import type { World } from "../world.ts";

interface UspsWords {
  /** International scans and notices about delay carry none. */
  code: string | null;
  type: string;
  category: string;
}

const MOVING = "In Transit";

const WORDS: Readonly<Record<ScanKind, UspsWords>> = {
  label: { code: "GX", type: "Shipping Label Created, USPS Awaiting Item", category: "Pre-Shipment" },
  accepted: { code: "03", type: "USPS in possession of item", category: "Accepted" },
  departed: { code: "T1", type: "Departed USPS Regional Facility", category: MOVING },
  arrived: { code: "10", type: "Arrived at USPS Regional Facility", category: MOVING },
  arrived_destination: { code: "07", type: "Arrived at Post Office", category: MOVING },
  customs_held: { code: null, type: "Held in Customs", category: "Alert" },
  customs_cleared: { code: null, type: "Inbound Out of Customs", category: MOVING },
  weather_delay: { code: null, type: "Weather Delay", category: "Alert" },
  out_for_delivery: { code: "OF", type: "Out for Delivery", category: "Out for Delivery" },
  attempted: { code: "02", type: "Notice Left (No Authorized Recipient Available)", category: "Delivery Attempt" },
  available_for_pickup: { code: "16", type: "Available for Pickup", category: "Available for Pickup" },
  collected: { code: "01", type: "Delivered, Individual Picked Up at Post Office", category: "Delivered" },
  refused: { code: "04", type: "Refused", category: "Alert" },
  returning: { code: "09", type: "Return to Sender", category: "Alert" },
  returned: { code: "01", type: "Delivered, To Original Sender", category: "Delivered" },
  handed_over: { code: "42", type: "USPS Handoff to Shipping Partner", category: MOVING },
  declared_lost: { code: "11", type: "Dead Mail/Disposed by USPS", category: "Alert" },
  delivered: { code: "01", type: "Delivered, In/At Mailbox", category: "Delivered" },
};

/** One entry of `trackingEvents[]`; the GMT field keeps the local date, as the real one does. */
function uspsEvent(scan: Scan): Record<string, unknown> {
  const { code, type } = WORDS[scan.kind];
  return {
    eventType: type,
    eventTimestamp: scan.local,
    GMTTimestamp: `${scan.local.slice(0, 10)}T${scan.at.slice(11)}`,
    GMTOffset: scan.offset,
    eventCountry: scan.place.country === "US" ? null : scan.place.country,
    eventCity: scan.place.city.toUpperCase(),
    eventState: scan.place.region || null,
    eventZIP: scan.place.zip,
    firm: null,
    name: null,
    authorizedAgent: "false",
    eventCode: code,
    additionalProp: null,
  };
}

/** The answer for a parcel that has scans; null before its first one. */
export function uspsAnswer(world: World, parcel: SandboxParcel): Record<string, unknown> | null {
  const scans = world.scans(parcel.trackingNumber);
  const newest = scans.at(-1);
  if (newest === undefined) return null;
  const { origin, destination } = parcel;
  const arrival = arrivalOf(parcel, world.clock.now());
  return {
    destinationCity: destination.city.toUpperCase(),
    destinationState: destination.region,
    destinationZIP: destination.zip,
    mailClass: "USPS Ground Advantage<SUP>&#153;</SUP>",
    mailType: "DM",
    originCity: origin.city.toUpperCase(),
    originState: origin.region,
    originZIP: origin.zip,
    services: ["USPS Tracking<SUP>&#174;</SUP>"],
    serviceTypeCode: "001",
    status: WORDS[newest.kind].type,
    statusCategory: WORDS[newest.kind].category,
    statusSummary: `${WORDS[newest.kind].type} in ${newest.place.city.toUpperCase()}.`,
    uniqueMailPieceID: String(Math.floor(Date.parse(parcel.createdAt) / 1000)),
    ...(arrival === null ? {} : { expectedDeliveryTimeStamp: `${arrival.expectedOn}T00:00:00` }),
    trackingEvents: scans.toReversed().map(uspsEvent),
    trackingNumber: parcel.trackingNumber,
  };
}

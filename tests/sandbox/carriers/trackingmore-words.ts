import type { Scan, ScanKind } from "../world/parcel.ts";

type Words = readonly [substatus: string, detail: string];

/** TrackingMore's sub-status for a scan (its status is the part before the number), and the carrier's own text. */
const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["inforeceived001", "Shipment information received"],
  accepted: ["transit006", "Parcel accepted"],
  departed: ["transit007", "Departed from sort facility"],
  arrived: ["transit002", "Arrived at sort facility"],
  arrived_destination: ["transit003", "Arrived at delivery facility"],
  customs_held: ["exception006", "Held by customs"],
  customs_cleared: ["transit005", "Customs clearance completed"],
  weather_delay: ["exception005", "Delayed by severe weather"],
  out_for_delivery: ["pickup001", "Out for delivery"],
  attempted: ["undelivered002", "Delivery attempted, nobody at home"],
  available_for_pickup: ["pickup002", "Ready for collection"],
  collected: ["delivered002", "Collected by the customer"],
  refused: ["exception009", "Refused by the recipient"],
  returning: ["exception011", "Returning to sender"],
  returned: ["exception010", "Returned to sender"],
  handed_over: ["transit001", "Handed over to the delivering carrier"],
  declared_lost: ["exception007", "Parcel lost"],
  delivered: ["delivered001", "Delivered"],
};

/** Status and sub-status, of a scan or of the whole parcel. */
export function trackingmoreStatus(scan: Scan | undefined): { status: string; substatus: string } {
  const substatus = scan ? WORDS[scan.kind][0] : "notfound002";
  return { status: substatus.replace(/\d+$/, ""), substatus };
}

/** One checkpoint, with the wall clock of its place and no zone. */
export function trackingmoreCheckpoint(scan: Scan): Record<string, unknown> {
  const { city, region, zip, country } = scan.place;
  const { status, substatus } = trackingmoreStatus(scan);
  return {
    checkpoint_date: scan.local.replace("T", " "),
    checkpoint_delivery_status: status,
    checkpoint_delivery_substatus: substatus,
    tracking_detail: WORDS[scan.kind][1],
    location: [city, country].join(", "),
    country_iso2: country,
    state: region || null,
    city,
    zip,
    raw_status: null,
  };
}

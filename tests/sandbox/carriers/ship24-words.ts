import type { Scan, ScanKind } from "../world/parcel.ts";

type Words = readonly [milestone: string, code: string | null, status: string];

/** Ship24's milestone and code for a scan (it does not understand every text), and the carrier's own text. */
const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["info_received", "data_order_created", "Shipment information received"],
  accepted: ["in_transit", "transit_handover", "Posting/Collection"],
  departed: ["in_transit", null, "Dispatched from the sorting office"],
  arrived: ["in_transit", null, "Arrival at the sorting office"],
  arrived_destination: ["in_transit", null, "Arrival at the delivery office"],
  customs_held: ["exception", "customs_exception", "Retained by customs"],
  customs_cleared: ["in_transit", "customs_cleared", "Released from customs"],
  weather_delay: ["exception", null, "Delayed by severe weather"],
  out_for_delivery: ["out_for_delivery", "delivery_out_for_delivery", "Out for delivery"],
  attempted: ["failed_attempt", "delivery_attempted", "Absence, attempted delivery"],
  available_for_pickup: ["available_for_pickup", "delivery_available_for_pickup", "Kept at the post office for pickup"],
  collected: ["delivered", "delivery_delivered", "Picked up by the recipient"],
  refused: ["exception", "delivery_refused", "Refused by the recipient"],
  returning: ["exception", "exception_return", "Returning to the sender"],
  returned: ["exception", "exception_return", "Returned to the sender"],
  handed_over: ["in_transit", null, "Handed over to the delivering carrier"],
  declared_lost: ["exception", "exception_lost", "Lost"],
  delivered: ["delivered", "delivery_delivered", "Final delivery"],
};

/** `statusCode`, `statusCategory` and `statusMilestone`, of an event or of the whole shipment. */
export function ship24Status(scan: Scan | undefined): Record<string, string | null> {
  const [statusMilestone, statusCode] = scan ? WORDS[scan.kind] : (["pending", null] as const);
  return { statusCode, statusCategory: statusCode?.split("_", 1)[0] ?? null, statusMilestone };
}

/** One event: the wall clock without a zone, and the same again with a "Z" that means nothing. */
export function ship24Event(scan: Scan, number: string): Record<string, unknown> {
  const { city, region, zip } = scan.place;
  return {
    eventId: `00000000-0000-4000-8000-${String(scan.sequence).padStart(12, "0")}`,
    trackingNumber: number,
    eventTrackingNumber: number,
    status: WORDS[scan.kind][2],
    occurrenceDatetime: scan.local,
    order: scan.sequence + 1,
    location: [city.toUpperCase(), [region, zip].filter(Boolean).join(" ")].filter(Boolean).join(", "),
    sourceCode: "jp-post-tracking",
    courierCode: "jp-post",
    ...ship24Status(scan),
    hasNoTime: false,
    utcOffset: null,
    datetime: `${scan.local}.000Z`,
  };
}

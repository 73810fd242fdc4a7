import type { Scan, ScanKind } from "../world/parcel.ts";
import { hashText } from "../world/seeded-random.ts";

type Words = readonly [status: string, substatus: string, details: string];

/** Shippo's status and sub-status for a scan, and the carrier's own text. */
const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["PRE_TRANSIT", "information_received", "Shipping label created."],
  accepted: ["TRANSIT", "package_accepted", "Accepted at the origin facility."],
  departed: ["TRANSIT", "package_departed", "Departed the facility."],
  arrived: ["TRANSIT", "package_arrived", "Arrived at the regional facility."],
  arrived_destination: ["TRANSIT", "package_arrived", "Arrived at the post office."],
  customs_held: ["TRANSIT", "package_held", "Held in customs."],
  customs_cleared: ["TRANSIT", "package_processed", "Processed through customs."],
  weather_delay: ["TRANSIT", "delayed", "Delayed by severe weather."],
  out_for_delivery: ["TRANSIT", "out_for_delivery", "Out for delivery."],
  attempted: ["TRANSIT", "notice_left", "Notice left, no one was available."],
  available_for_pickup: ["TRANSIT", "pickup_available", "Available for pickup."],
  collected: ["DELIVERED", "delivered", "Picked up at the post office."],
  refused: ["FAILURE", "package_undeliverable", "Refused by the addressee."],
  returning: ["RETURNED", "return_to_sender", "Return to sender processed."],
  returned: ["RETURNED", "return_to_sender", "Delivered to the original sender."],
  handed_over: ["TRANSIT", "package_forwarded", "Tendered to the delivery partner."],
  declared_lost: ["FAILURE", "package_lost", "Lost in transit."],
  delivered: ["DELIVERED", "delivered", "Delivered at the front door."],
};

/** `tracking_status` and each entry of `tracking_history`: always UTC. */
export function shippoStatus(scan: Scan): Record<string, unknown> {
  const [status, code, text] = WORDS[scan.kind];
  const { city, region: state, zip, country } = scan.place;
  return {
    object_created: scan.at,
    object_updated: scan.at,
    object_id: hashText(`${scan.at}${scan.kind}`).toString(16).padStart(32, "0"),
    status,
    substatus: { code, text, action_required: false },
    status_details: text,
    status_date: scan.at,
    location: { city, state, zip, country },
  };
}

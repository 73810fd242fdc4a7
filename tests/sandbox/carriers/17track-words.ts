import type { Scan, ScanKind } from "../world/parcel.ts";

type Words = readonly [stage: string | null, subStatus: string, description: string];

/** 17TRACK's words for a scan: key stage (only for milestones), sub-status, and the carrier's own text. */
const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["InfoReceived", "InfoReceived", "Electronic information submitted by shipper"],
  accepted: ["PickedUp", "InTransit_PickedUp", "Accepted by carrier"],
  departed: ["Departure", "InTransit_Departure", "Departed from sorting centre"],
  arrived: [null, "InTransit_Arrival", "Arrived at sorting centre"],
  arrived_destination: ["Arrival", "InTransit_Arrival", "Arrived at delivery office"],
  customs_held: [null, "InTransit_CustomsProcessing", "Held by customs"],
  customs_cleared: [null, "InTransit_CustomsReleased", "Released from customs"],
  weather_delay: [null, "Exception_Delayed", "Delayed by severe weather"],
  out_for_delivery: ["OutForDelivery", "OutForDelivery_Other", "Out for delivery"],
  attempted: [null, "DeliveryFailure_NoBody", "Delivery attempted, nobody at home"],
  available_for_pickup: ["AvailableForPickup", "AvailableForPickup_Other", "Available for pickup"],
  collected: ["Delivered", "Delivered_Other", "Collected by the recipient"],
  refused: [null, "DeliveryFailure_Rejected", "Refused by the recipient"],
  returning: ["Returning", "Exception_Returning", "Returning to sender"],
  returned: ["Returned", "Exception_Returned", "Returned to sender"],
  handed_over: [null, "InTransit_Other", "Handed over to the delivering carrier"],
  declared_lost: [null, "Exception_Lost", "Declared lost"],
  delivered: ["Delivered", "Delivered_Other", "Delivered"],
};

/** One event of a provider's list. */
export function seventeenTrackEvent(scan: Scan): Record<string, unknown> {
  const [stage, subStatus, description] = WORDS[scan.kind];
  const { city, region, country } = scan.place;
  return {
    time_iso: `${scan.local}${scan.offset}`,
    time_utc: scan.at,
    time_raw: { date: scan.local.slice(0, 10), time: scan.local.slice(11), timezone: scan.offset },
    description,
    description_translation: null,
    location: region === "" ? city.toUpperCase() : `${city.toUpperCase()}, ${region}`,
    stage,
    sub_status: subStatus,
    address: { country, state: region || null, city: city.toUpperCase(), street: null, postal_code: null },
  };
}

/** `latest_status`: main status and sub-status of the newest scan. */
export function seventeenTrackStatus(newest: Scan | undefined): Record<string, unknown> {
  const subStatus = newest ? WORDS[newest.kind][1] : "NotFound_Other";
  return { status: subStatus.split("_", 1)[0], sub_status: subStatus, sub_status_descr: null };
}

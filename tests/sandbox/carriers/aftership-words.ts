import type { Scan, ScanKind } from "../world/parcel.ts";

type Words = readonly [subtag: string, message: string];

/** AfterShip's subtag for a scan (its tag is the part before the number), and the carrier's own text. */
const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["InfoReceived_001", "Sender preparing item"],
  accepted: ["InTransit_002", "Accepted by carrier"],
  departed: ["InTransit_007", "Item leaving the sorting centre"],
  arrived: ["InTransit_003", "Item received at the sorting centre"],
  arrived_destination: ["InTransit_003", "Item received at the delivery office"],
  customs_held: ["Exception_004", "Held by customs"],
  customs_cleared: ["InTransit_005", "Released by customs"],
  weather_delay: ["Exception_017", "Delayed by severe weather"],
  out_for_delivery: ["OutForDelivery_001", "Out for delivery"],
  attempted: ["AttemptFail_002", "Delivery attempted, no one was in"],
  available_for_pickup: ["AvailableForPickup_001", "Ready to collect"],
  collected: ["Delivered_002", "Collected"],
  refused: ["Exception_003", "Refused by the recipient"],
  returning: ["Exception_010", "Returning to sender"],
  returned: ["Exception_011", "Returned to sender"],
  handed_over: ["InTransit_001", "Handed over to the delivering carrier"],
  declared_lost: ["Exception_013", "Item lost"],
  delivered: ["Delivered_001", "Delivered"],
};

/** `tag`, `subtag` and `subtag_message`, of a scan or of the whole parcel. */
export function aftershipTag(scan: Scan | undefined): Record<string, string> {
  const [subtag, message] = scan ? WORDS[scan.kind] : (["Pending_001", "Pending"] as const);
  return { tag: subtag.split("_", 1)[0] ?? "", subtag, subtag_message: message };
}

/** One checkpoint, with the offset of its place. */
export function aftershipCheckpoint(scan: Scan, slug: string): Record<string, unknown> {
  const { city, region, zip, country } = scan.place;
  return {
    created_at: scan.at,
    slug,
    checkpoint_time: `${scan.local}${scan.offset}`,
    ...aftershipTag(scan),
    message: WORDS[scan.kind][1],
    location: null,
    city,
    state: region || null,
    postal_code: zip,
    country_region: null,
    country_region_name: country,
    coordinate: null,
    raw_tag: null,
  };
}

import { arrivalOf } from "../world/journey.ts";
import type { Place, SandboxParcel, Scan, ScanKind } from "../world/parcel.ts";
import type { World } from "../world.ts";

type Words = readonly [statusCode: "pre-transit" | "transit" | "delivered" | "failure", description: string];

const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["pre-transit", "Shipment information received"],
  accepted: ["transit", "Shipment picked up"],
  departed: ["transit", "Departed from a DHL facility"],
  arrived: ["transit", "Arrived at DHL sort facility"],
  arrived_destination: ["transit", "Arrived at DHL delivery facility"],
  customs_held: ["transit", "Clearance event"],
  customs_cleared: ["transit", "Clearance processing complete"],
  weather_delay: ["failure", "Delivery is delayed by bad weather"],
  out_for_delivery: ["transit", "Shipment is out for delivery"],
  attempted: ["failure", "Delivery attempted; recipient not home"],
  available_for_pickup: ["transit", "Available for collection at a DHL ServicePoint"],
  collected: ["delivered", "Collected at a DHL ServicePoint"],
  refused: ["failure", "Recipient refused delivery"],
  returning: ["failure", "Return to shipper started"],
  returned: ["failure", "Returned to shipper"],
  handed_over: ["transit", "Tendered to delivery partner"],
  declared_lost: ["failure", "Shipment is declared lost"],
  delivered: ["delivered", "Delivered"],
};

function dhlPlace({ city, zip, country }: Place): unknown {
  return { address: { countryCode: country, postalCode: zip, addressLocality: city } };
}

/** DHL's scans state no zone. */
function dhlEvent(scan: Scan) {
  const [statusCode, description] = WORDS[scan.kind];
  return { timestamp: scan.local, location: dhlPlace(scan.place), statusCode, status: description, description };
}

/** The answer for a parcel that has scans; null before its first one. The summary has a `Z` that is not meant. */
export function dhlUnifiedAnswer(world: World, parcel: SandboxParcel, service: string): unknown {
  const scans = world.scans(parcel.trackingNumber);
  const newest = scans.at(-1);
  if (newest === undefined) return null;
  const arrival = arrivalOf(parcel, world.clock.now());
  const { trackingNumber } = parcel;
  const shipment = {
    id: trackingNumber,
    service,
    origin: dhlPlace(parcel.origin),
    destination: dhlPlace(parcel.destination),
    status: { ...dhlEvent(newest), timestamp: `${newest.local}Z` },
    ...(arrival === null ? {} : { estimatedTimeOfDelivery: `${arrival.expectedOn}T00:00:00Z` }),
    details: { product: { productName: "EXPRESS WORLDWIDE" }, totalNumberOfPieces: 1, pieceIds: [] },
    events: scans.toReversed().map(dhlEvent),
  };
  const url = `/shipments?trackingNumber=${trackingNumber}&offset=0&limit=5`;
  return { url, firstUrl: url, shipments: [shipment], possibleAdditionalShipmentsUrl: [] };
}

import type { Place, Scan, ScanKind } from "../world/parcel.ts";

/** EasyPost words for a scan: its status and detail vocabulary, and the carrier's message, `CARRIER` standing for its name. */
export interface EasypostWords {
  status: string;
  detail: string;
  message: string;
}

const words = (status: string, detail: string, message: string): EasypostWords => ({ status, detail, message });

export const EASYPOST_WORDS: Readonly<Record<ScanKind, EasypostWords>> = {
  label: words("pre_transit", "label_created", "Shipping Label Created, CARRIER Awaiting Item"),
  accepted: words("in_transit", "received_at_origin_facility", "Accepted at CARRIER Origin Facility"),
  departed: words("in_transit", "departed_facility", "Departed CARRIER Regional Facility"),
  arrived: words("in_transit", "arrived_at_facility", "Arrived at CARRIER Regional Facility"),
  arrived_destination: words("in_transit", "arrived_at_facility", "Arrived at Post Office"),
  customs_held: words("in_transit", "held", "Held in Customs"),
  customs_cleared: words("in_transit", "status_update", "Customs Clearance Processing Complete"),
  weather_delay: words("in_transit", "weather_delay", "Delayed by Severe Weather"),
  out_for_delivery: words("out_for_delivery", "out_for_delivery", "Out for Delivery"),
  attempted: words("failure", "delivery_exception", "Notice Left (No Authorized Recipient Available)"),
  available_for_pickup: words("available_for_pickup", "arrived_at_pickup_location", "Available for Pickup"),
  collected: words("delivered", "arrived_at_destination", "Delivered, Individual Picked Up at Post Office"),
  refused: words("failure", "refused", "Refused by Addressee"),
  returning: words("return_to_sender", "return", "Return to Sender Processed"),
  returned: words("return_to_sender", "return", "Delivered, To Original Sender"),
  handed_over: words("in_transit", "status_update", "Tendered to Delivery Partner"),
  declared_lost: words("failure", "delivery_exception", "Lost in Transit"),
  delivered: words("delivered", "arrived_at_destination", "Delivered, Front Door/Porch"),
};

function trackingLocation(place: Place | null): unknown {
  return {
    object: "TrackingLocation",
    city: place?.city.toUpperCase() ?? null,
    state: place === null || place.region === "" ? null : place.region,
    country: place?.country ?? null,
    zip: place?.zip ?? null,
  };
}

/** One entry of `tracking_details[]`: always UTC, oldest first in the list. */
export function easypostDetail(scan: Scan, carrier: string): unknown {
  const { status, detail, message } = EASYPOST_WORDS[scan.kind];
  return {
    object: "TrackingDetail",
    message: message.replaceAll("CARRIER", carrier),
    description: "",
    status,
    status_detail: detail,
    datetime: scan.at,
    source: carrier,
    carrier_code: "",
    tracking_location: trackingLocation(scan.kind === "label" ? null : scan.place),
  };
}

const oneLine = ({ city, region, zip }: Place) => `${city.toUpperCase()} ${region}, ${zip}`;

/** `carrier_detail`: service and the ends of the journey. */
export function easypostCarrierDetail(ends: { origin: Place; destination: Place; expectedOn: string | null }): unknown {
  return {
    object: "CarrierDetail",
    service: "Ground",
    container_type: null,
    est_delivery_date_local: ends.expectedOn,
    est_delivery_time_local: null,
    origin_location: oneLine(ends.origin),
    origin_tracking_location: trackingLocation(ends.origin),
    destination_location: oneLine(ends.destination),
    destination_tracking_location: trackingLocation(ends.destination),
    guaranteed_delivery_date: null,
    alternate_identifier: null,
    initial_delivery_attempt: null,
  };
}

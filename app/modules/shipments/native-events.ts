import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import type { NativeEvent } from "#app/modules/orders/native-events.ts";
import type { FulfillmentSnapshot } from "#app/modules/orders/snapshot.ts";
import { fingerprintOther } from "./fingerprint-event.ts";
import type { LoggedEvent } from "./stored-event.ts";

/** Shopify's fulfillment display and event statuses (Admin API 2026-10) in our words; absent: tells nothing of the parcel. */
const NATIVE: Readonly<Record<string, { status: ShipmentStatus; subStatus: SubStatus | null }>> = {
  label_printed: { status: "pre_transit", subStatus: "label_created" },
  label_purchased: { status: "pre_transit", subStatus: "label_created" },
  confirmed: { status: "pre_transit", subStatus: null },
  carrier_picked_up: { status: "in_transit", subStatus: "picked_up" },
  picked_up: { status: "in_transit", subStatus: "picked_up" },
  in_transit: { status: "in_transit", subStatus: null },
  delayed: { status: "in_transit", subStatus: "delayed" },
  out_for_delivery: { status: "out_for_delivery", subStatus: null },
  ready_for_pickup: { status: "available_for_pickup", subStatus: null },
  attempted_delivery: { status: "delivery_attempted", subStatus: null },
  delivered: { status: "delivered", subStatus: null },
  failure: { status: "exception", subStatus: null },
  not_delivered: { status: "exception", subStatus: null },
};

/** Whether Shopify itself already knows this parcel as delivered. */
export function isNativelyDelivered(fulfillment: FulfillmentSnapshot): boolean {
  return fulfillment.nativeStatus === "delivered" || fulfillment.nativeDeliveredAt !== null;
}

/** One row per status, whether it came with the fulfillment or as an event of its own: both tell the same thing. */
function nativeRow(native: string | null, occurredAt: Date | null, receivedAt: Date): LoggedEvent | null {
  const meaning = native === null ? undefined : NATIVE[native];
  if (native === null || !meaning) return null;
  return {
    fingerprint: fingerprintOther("shopify", [native]),
    source: "shopify",
    carrier: "shopify",
    ...meaning,
    code: native,
    description: null,
    location: null,
    countryCode: null,
    localTime: null,
    utcOffset: null,
    occurredAt,
    zoneSource: "carrier",
    zoneName: null,
    unknownCode: false,
    rule: `code:${native}`,
    sequence: 0,
    raw: null,
    receivedAt,
  };
}

/**
 * What Shopify shows for the fulfillment, as a row of the parcel's log. Shopify's time of it is the time of any update of
 * the fulfillment, so it is no part of the fingerprint.
 */
export function nativeEventOf(fulfillment: FulfillmentSnapshot, receivedAt: Date): LoggedEvent | null {
  const delivered = isNativelyDelivered(fulfillment);
  const at = (delivered ? fulfillment.nativeDeliveredAt : null) ?? fulfillment.updatedAt;
  return nativeRow(delivered ? "delivered" : fulfillment.nativeStatus, at, receivedAt);
}

/** An event of Shopify's own history as a row of the parcel's log; null for words that tell nothing of the parcel. */
export function nativeScanOf(event: NativeEvent, receivedAt: Date): LoggedEvent | null {
  const row = nativeRow(event.status, event.happenedAt, receivedAt);
  const place = [event.city, event.province, event.postalCode, event.country].filter(Boolean).join(", ");
  return (
    row && {
      ...row,
      description: event.message,
      location: place || null,
      zoneSource: event.happenedAt ? "carrier" : "unknown",
    }
  );
}

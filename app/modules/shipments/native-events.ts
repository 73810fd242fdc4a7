import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import type { NativeEvent } from "#app/modules/orders/native-events.ts";
import type { FulfillmentSnapshot } from "#app/modules/orders/snapshot.ts";
import { fingerprintOther } from "./fingerprint-event.ts";
import { type LoggedEvent, SHOWN_STATUS } from "./stored-event.ts";
import { clip } from "./to-stored-events.ts";

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

/** An event of Shopify's own history of the fulfillment, as a row of the parcel's log; null when it tells nothing of it. */
export function historyEventOf(event: NativeEvent, receivedAt: Date): LoggedEvent | null {
  const meaning = NATIVE[event.status];
  if (!meaning) return null;
  // The offset is the shop's: the instant is right, the wall clock is not that of the place.
  const text = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?([+-]\d{2}:\d{2})$/.exec(event.happenedAtText ?? "");
  const place = [event.city, event.province, event.postalCode, event.country].filter((part) => part);
  return {
    fingerprint: fingerprintOther("shopify", [event.id]),
    source: "shopify",
    carrier: "shopify",
    ...meaning,
    code: event.status,
    description: clip(event.message, 500),
    location: clip(place.join(", "), 200),
    countryCode: null,
    localTime: text?.[1] ?? null,
    utcOffset: text?.[2] ?? null,
    occurredAt: event.happenedAt,
    zoneSource: event.happenedAt ? "inferred" : "unknown",
    zoneName: null,
    unknownCode: false,
    rule: `code:${event.status}`,
    sequence: 0,
    raw: null,
    receivedAt,
  };
}

/**
 * What Shopify shows for the fulfillment, as a row of the parcel's log. One row per status: Shopify's time of it is the
 * time of any update of the fulfillment, so it is no part of the fingerprint.
 */
export function nativeEventOf(fulfillment: FulfillmentSnapshot, receivedAt: Date): LoggedEvent | null {
  const delivered = isNativelyDelivered(fulfillment);
  const native = delivered ? "delivered" : fulfillment.nativeStatus;
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
    occurredAt: (delivered ? fulfillment.nativeDeliveredAt : null) ?? fulfillment.updatedAt,
    zoneSource: "carrier",
    zoneName: null,
    unknownCode: false,
    rule: `${SHOWN_STATUS}${native}`,
    sequence: 0,
    raw: null,
    receivedAt,
  };
}

import { z } from "zod";
import { nativeDeliveryStatus, sortLines } from "./order-words.ts";
import {
  Fields,
  instant,
  quantity,
  type Reading,
  readRestGid,
  readRestReference,
  someText,
  text,
} from "./read-fields.ts";
import { readShipFrom, type ShipFromNames } from "./ship-from.ts";
import type { FulfillmentSnapshot, TrackingInfo } from "./snapshot.ts";

const MAX_PARCELS = 250;
/** `location_id` names a place without saying where it is: reconciliation asks for that within minutes. */
const SHIP_FROM: ShipFromNames = { address: "origin_address", country: "country_code", province: "province_code" };

/**
 * The body of `fulfillments/create` and `fulfillments/update`.
 * @throws InvalidInputError naming the path when id, order, status or times cannot be read.
 */
export function readFulfillmentWebhook(body: unknown): Reading<FulfillmentSnapshot> {
  const problems: string[] = [];
  return { value: readRestFulfillment(Fields.of(body, "", problems)), problems };
}

/** A fulfillment as REST writes it, alone or inside an order. @throws InvalidInputError */
export function readRestFulfillment(fields: Fields): FulfillmentSnapshot {
  const status = fields.required("status", someText(40)).toLowerCase();
  const lines = fields.list("line_items", (line) => ({
    lineId: readRestGid(line, "LineItem"),
    quantity: line.required("quantity", quantity),
  }));
  return {
    id: readRestGid(fields, "Fulfillment"),
    orderId: readRestReference(fields, "order_id", "Order"),
    name: fields.optional("name", text(100)),
    status,
    nativeStatus: nativeDeliveryStatus(fields.optional("shipment_status", text(40)), status),
    nativeDeliveredAt: null,
    estimatedDeliveryAt: fields.optional("estimated_delivery_at", instant),
    shipFrom: readShipFrom(fields, SHIP_FROM),
    tracking: readTracking(fields),
    lines: sortLines(lines ?? []),
    createdAt: fields.required("created_at", instant),
    updatedAt: fields.required("updated_at", instant),
  };
}

/** `tracking_numbers` and `tracking_urls` run in parallel; the single fields repeat the first of them. */
function readTracking(fields: Fields): TrackingInfo[] {
  const company = fields.optional("tracking_company", text(120));
  const single = fields.optional("tracking_number", text(120));
  const listed = textList(fields, "tracking_numbers");
  const urls = textList(fields, "tracking_urls");
  const firstUrl = fields.optional("tracking_url", text(2_000));
  const numbers = listed.some((number) => number !== null) ? listed : [single];
  return uniqueTracking(
    numbers.map((number, index) => ({ company, number, url: urls[index] ?? (index === 0 ? firstUrl : null) })),
  );
}

/** Parcels with a number, each number once; `null` stands where a number was blank or unreadable. */
export function uniqueTracking(
  entries: readonly { company: string | null; number: string | null; url: string | null }[],
): TrackingInfo[] {
  const found = new Map<string, TrackingInfo>();
  for (const { company, number, url } of entries) {
    if (number !== null && !found.has(number)) found.set(number, { company, number, url });
  }
  return [...found.values()];
}

function textList(fields: Fields, name: string): (string | null)[] {
  const members = fields.optional(name, z.array(z.unknown()).max(MAX_PARCELS)) ?? [];
  return members.map((member) => text(2_000).safeParse(member).data ?? null);
}

import { nativeDeliveryStatus, sortLines } from "./order-words.ts";
import { countryCode, type Fields, flag, instant, quantity, readGid, someText, text } from "./read-fields.ts";
import { uniqueTracking } from "./read-fulfillment-webhook.ts";
import { InvalidInputError } from "#app/lib/errors.ts";
import type { FulfillmentSnapshot, ShipFrom } from "./snapshot.ts";

/** A fulfillment as GraphQL writes it, inside its order. @throws InvalidInputError naming the path. */
export function readFulfillmentNode(
  fields: Fields,
  orderId: string,
): { snapshot: FulfillmentSnapshot; truncated: boolean } {
  const status = fields.required("status", someText(40)).toLowerCase();
  const lineItems = fields.object("fulfillmentLineItems");
  const moreLines = lineItems?.object("pageInfo")?.optional("hasNextPage", flag) ?? false;
  const snapshot: FulfillmentSnapshot = {
    id: readGid(fields, "Fulfillment"),
    orderId,
    name: fields.optional("name", text(100)),
    status,
    nativeStatus: nativeDeliveryStatus(fields.optional("displayStatus", text(40)), status),
    nativeDeliveredAt: fields.optional("deliveredAt", instant),
    estimatedDeliveryAt: fields.optional("estimatedDeliveryAt", instant),
    shipFrom: readShipFrom(fields),
    tracking: uniqueTracking(fields.list("trackingInfo", readTrackingInfo) ?? []),
    // Half a list would hide the other half; what is stored stays until the order is fetched alone.
    lines: moreLines ? [] : sortLines(lineItems?.list("nodes", readLine) ?? []),
    createdAt: fields.required("createdAt", instant),
    updatedAt: fields.required("updatedAt", instant),
  };
  return { snapshot, truncated: moreLines };
}

/** An address that somebody gave for this fulfillment, else the one of its location. */
function readShipFrom(fields: Fields): ShipFrom | null {
  const location = fields.object("location");
  const address = fields.object("originAddress") ?? location?.object("address") ?? null;
  if (!location && !address) return null;
  return {
    locationId: location?.optional("id", text(100)) ?? null,
    countryCode: address?.optional("countryCode", countryCode) ?? null,
    provinceCode: address?.optional("provinceCode", text(20)) ?? null,
    postalCode: address?.optional("zip", text(20)) ?? null,
  };
}

function readTrackingInfo(info: Fields) {
  return {
    company: info.optional("company", text(120)),
    number: info.optional("number", text(120)),
    url: info.optional("url", text(2_000)),
  };
}

function readLine(line: Fields): { lineId: string; quantity: number } {
  const item = line.object("lineItem");
  if (!item) throw new InvalidInputError(`${line.path}.lineItem: expected an object`);
  return { lineId: readGid(item, "LineItem"), quantity: line.required("quantity", quantity) };
}

import { nativeDeliveryStatus, sortLines } from "./order-words.ts";
import { type Fields, flag, instant, quantity, readGid, someText, text } from "./read-fields.ts";
import { uniqueTracking } from "./read-fulfillment-webhook.ts";
import { InvalidInputError } from "#app/lib/errors.ts";
import { readShipFrom, type ShipFromNames } from "./ship-from.ts";
import type { FulfillmentSnapshot } from "./snapshot.ts";

const SHIP_FROM: ShipFromNames = { address: "originAddress", country: "countryCode", province: "provinceCode" };

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
    shipFrom: readShipFrom(fields, SHIP_FROM),
    tracking: uniqueTracking(fields.list("trackingInfo", readTrackingInfo) ?? []),
    // Half a list would hide the other half; what is stored stays until the order is fetched alone.
    lines: moreLines ? [] : sortLines(lineItems?.list("nodes", readLine) ?? []),
    createdAt: fields.required("createdAt", instant),
    updatedAt: fields.required("updatedAt", instant),
  };
  return { snapshot, truncated: moreLines };
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

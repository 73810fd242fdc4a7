import { countryCode, type Fields, text } from "./read-fields.ts";
import type { ShipFrom } from "./snapshot.ts";

/** How the two sources call the same: GraphQL's `originAddress`, the webhooks' `origin_address`. */
export interface ShipFromNames {
  address: "originAddress" | "origin_address";
  country: "countryCode" | "country_code";
  province: "provinceCode" | "province_code";
}

/**
 * Where a fulfillment left from: its own address, which Shopify often leaves empty, else that of its location, which
 * GraphQL alone tells and only to shops that have granted it. Null when neither has a country that can be read: then the
 * shop's own country counts, where somebody asks.
 */
export function readShipFrom(fields: Fields, names: ShipFromNames): ShipFrom | null {
  const own = readPlace(fields.object(names.address), names);
  if (own !== null) return { ...own, source: "origin" };
  const location = readPlace(fields.object("location")?.object("address") ?? null, names);
  return location && { ...location, source: "location" };
}

function readPlace(address: Fields | null, names: ShipFromNames): Omit<ShipFrom, "source"> | null {
  const country = address?.optional(names.country, countryCode) ?? null;
  if (!address || country === null) return null;
  return {
    countryCode: country,
    provinceCode: address.optional(names.province, text(20)),
    postalCode: address.optional("zip", text(20)),
  };
}

/** The place as one word, the same whichever source told it: "US/OH/43215". Two places of one postcode are one. */
export function shipFromKey({ countryCode: country, provinceCode, postalCode }: ShipFrom): string {
  return [country, provinceCode ?? "", postalCode ?? ""].join("/");
}

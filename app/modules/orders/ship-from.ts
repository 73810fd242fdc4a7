import { countryCode, type Fields, text } from "./read-fields.ts";
import type { ShipFrom } from "./snapshot.ts";

/** How the two sources call the same: GraphQL's `originAddress`, the webhooks' `origin_address`. */
export interface ShipFromNames {
  address: "originAddress" | "origin_address";
  country: "countryCode" | "country_code";
  province: "provinceCode" | "province_code";
}

/**
 * Where a fulfillment left from, by its own address alone: that of its location takes a scope which shops that installed
 * before have not granted. Null when the source gives no address or no country that can be read.
 */
export function readShipFrom(fields: Fields, names: ShipFromNames): ShipFrom | null {
  const address = fields.object(names.address);
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

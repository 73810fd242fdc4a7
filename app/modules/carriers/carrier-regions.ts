/** Where a carrier mostly delivers; the order is that of the list to choose from. */
export const CARRIER_REGIONS = ["worldwide", "north_america", "europe", "asia_pacific"] as const;

export type CarrierRegion = (typeof CARRIER_REGIONS)[number];

/** By our id. A carrier that is not named here stands among the worldwide ones; a test asks for every member. */
const REGIONS: Readonly<Record<string, CarrierRegion>> = {
  ups: "worldwide",
  fedex: "worldwide",
  "dhl-unified": "worldwide",
  mydhl: "worldwide",
  landmark: "worldwide",
  usps: "north_america",
  "canada-post": "north_america",
  purolator: "north_america",
  ontrac: "north_america",
  lasership: "north_america",
  "amazon-shipping": "europe",
  "royal-mail": "europe",
  "dhl-parcel-de": "europe",
  "hermes-de": "europe",
  "la-poste": "europe",
  chronopost: "europe",
  postnl: "europe",
  gls: "europe",
  dpd: "europe",
  "australia-post": "asia_pacific",
  yanwen: "asia_pacific",
  "sf-express": "asia_pacific",
};

export function regionOf(carrierId: string): CarrierRegion {
  return Object.hasOwn(REGIONS, carrierId) ? (REGIONS[carrierId] ?? "worldwide") : "worldwide";
}

/** True when somebody has thought about where the carrier belongs. */
export function hasRegion(carrierId: string): boolean {
  return Object.hasOwn(REGIONS, carrierId);
}

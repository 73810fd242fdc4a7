import type { Place } from "./parcel.ts";

type PlaceRow = readonly [city: string, region: string, zip: string, country: string, zone: string];

const place = (...[city, region, zip, country, zone]: PlaceRow): Place => ({ city, region, zip, country, zone });

/** The demo shop's warehouse. */
export const WAREHOUSE = place("Columbus", "OH", "43215", "US", "America/New_York");

/** The same shop's partner abroad: parcels from here have to pass customs. */
export const FOREIGN_WAREHOUSE = place("Leipzig", "", "04435", "DE", "Europe/Berlin");

/** Delivery addresses for parcels that come without one. */
export const DEMO_DESTINATIONS: readonly Place[] = [
  place("Brooklyn", "NY", "11201", "US", "America/New_York"),
  place("Portland", "OR", "97209", "US", "America/Los_Angeles"),
  place("Austin", "TX", "78704", "US", "America/Chicago"),
  place("Denver", "CO", "80205", "US", "America/Denver"),
  place("Phoenix", "AZ", "85004", "US", "America/Phoenix"),
];

/** Sorting hub on the way into a country; scans pass through it. */
const HUBS: Readonly<Record<string, Place>> = {
  US: place("Louisville", "KY", "40213", "US", "America/Kentucky/Louisville"),
  CA: place("Mississauga", "ON", "L5T 1Z8", "CA", "America/Toronto"),
  GB: place("Castle Donington", "", "DE74 2SA", "GB", "Europe/London"),
  DE: place("Koeln", "", "51147", "DE", "Europe/Berlin"),
  FR: place("Roissy", "", "95700", "FR", "Europe/Paris"),
  ES: place("Madrid", "", "28042", "ES", "Europe/Madrid"),
  IT: place("Bergamo", "", "24050", "IT", "Europe/Rome"),
  PT: place("Lisboa", "", "1700-008", "PT", "Europe/Lisbon"),
  NL: place("Eindhoven", "", "5657 EA", "NL", "Europe/Amsterdam"),
  JP: place("Narita", "", "282-0004", "JP", "Asia/Tokyo"),
  AU: place("Sydney", "NSW", "2020", "AU", "Australia/Sydney"),
};

const US_ZONES: Readonly<Record<string, string>> = {
  "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
  "America/Denver": "CO ID MT NM UT WY",
  "America/Phoenix": "AZ",
  "America/Los_Angeles": "CA NV OR WA",
  "America/Anchorage": "AK",
  "Pacific/Honolulu": "HI",
};

const CANADA_ZONES: Readonly<Record<string, string>> = {
  "America/Vancouver": "BC YT",
  "America/Edmonton": "AB NT",
  "America/Regina": "SK",
  "America/Winnipeg": "MB",
  "America/Halifax": "NB NS PE",
  "America/St_Johns": "NL",
};

function zoneByRegion(zones: Readonly<Record<string, string>>, region: string): string | null {
  return Object.entries(zones).find(([, regions]) => regions.split(" ").includes(region))?.[0] ?? null;
}

function zoneOf(country: string, region: string): string {
  if (country === "US") return zoneByRegion(US_ZONES, region) ?? "America/New_York";
  if (country === "CA") return zoneByRegion(CANADA_ZONES, region) ?? "America/Toronto";
  return HUBS[country]?.zone ?? "UTC";
}

/** The place of a delivery address. The zone is the region's main one, which is as good as carriers' own scans. */
export function placeOfAddress(address: Omit<Place, "zone">): Place {
  return { ...address, zone: zoneOf(address.country, address.region) };
}

/** The hub a parcel passes on its way to `destination`; an unknown country has its hub in the destination city. */
export function hubFor(destination: Place): Place {
  return HUBS[destination.country] ?? destination;
}

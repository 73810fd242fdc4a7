import { zoneOffset } from "#app/lib/zone-clock.ts";
import { postalZone, zonesOfCountry } from "#app/modules/carriers/country-zones.ts";
import { regionByCode } from "#app/modules/carriers/region-zones.ts";

/** Countries with one clock (their overseas parts have country codes of their own). A country that is not here has several. */
const ZONES: Readonly<Record<string, string>> = {
  AT: "Europe/Vienna",
  BE: "Europe/Brussels",
  BG: "Europe/Sofia",
  CH: "Europe/Zurich",
  CZ: "Europe/Prague",
  DE: "Europe/Berlin",
  DK: "Europe/Copenhagen",
  EE: "Europe/Tallinn",
  FI: "Europe/Helsinki",
  FR: "Europe/Paris",
  GB: "Europe/London",
  GR: "Europe/Athens",
  HR: "Europe/Zagreb",
  HU: "Europe/Budapest",
  IE: "Europe/Dublin",
  IL: "Asia/Jerusalem",
  IN: "Asia/Kolkata",
  IT: "Europe/Rome",
  JP: "Asia/Tokyo",
  KR: "Asia/Seoul",
  LT: "Europe/Vilnius",
  LU: "Europe/Luxembourg",
  LV: "Europe/Riga",
  NL: "Europe/Amsterdam",
  NO: "Europe/Oslo",
  PH: "Asia/Manila",
  PL: "Europe/Warsaw",
  RO: "Europe/Bucharest",
  SE: "Europe/Stockholm",
  SG: "Asia/Singapore",
  SI: "Europe/Ljubljana",
  SK: "Europe/Bratislava",
  TH: "Asia/Bangkok",
  TR: "Europe/Istanbul",
  TW: "Asia/Taipei",
  VN: "Asia/Ho_Chi_Minh",
  ZA: "Africa/Johannesburg",
};

/** Provinces of the countries with several clocks, as Shopify writes them; of one with two, the one that most people live by. */
const PROVINCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    ...zoneOf("America/New_York", "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV"),
    ...zoneOf("America/Chicago", "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI"),
    ...zoneOf("America/Denver", "CO ID MT NM UT WY"),
    ...zoneOf("America/Los_Angeles", "CA NV OR WA"),
    ...{ AZ: "America/Phoenix", AK: "America/Anchorage", HI: "Pacific/Honolulu" },
  },
  CA: {
    ...zoneOf("America/Toronto", "ON QC NU"),
    ...zoneOf("America/Halifax", "NS NB PE"),
    ...{ NL: "America/St_Johns", MB: "America/Winnipeg", SK: "America/Regina", AB: "America/Edmonton" },
    ...{ BC: "America/Vancouver", NT: "America/Edmonton", YT: "America/Whitehorse" },
  },
  AU: {
    ...zoneOf("Australia/Sydney", "NSW ACT VIC TAS"),
    ...{ QLD: "Australia/Brisbane", SA: "Australia/Adelaide", NT: "Australia/Darwin", WA: "Australia/Perth" },
  },
};

/** Where most people of a country with several clocks live. */
const MOST_PEOPLE: Readonly<Record<string, string>> = {
  AU: "Australia/Sydney",
  BR: "America/Sao_Paulo",
  CA: "America/Toronto",
  CN: "Asia/Shanghai",
  ES: "Europe/Madrid",
  ID: "Asia/Jakarta",
  MX: "America/Mexico_City",
  NZ: "Pacific/Auckland",
  PT: "Europe/Lisbon",
  RU: "Europe/Moscow",
  US: "America/Chicago",
};

/** The clock at the destination; null where country and province do not settle it. */
export function destinationZone(countryCode: string | null, provinceCode: string | null): string | null {
  if (countryCode === null) return null;
  const province = provinceCode === null ? undefined : PROVINCES[countryCode]?.[provinceCode];
  return province ?? ZONES[countryCode] ?? null;
}

/** The clock that most people of a country with several live by. */
export function probableZone(countryCode: string | null): string | null {
  return countryCode === null ? null : (MOST_PEOPLE[countryCode] ?? null);
}

/**
 * Every clock that an address may have: one where postal code or province settle it, all of the country where they do not;
 * empty where the country is not known.
 */
export function destinationZones(address: {
  countryCode: string | null;
  provinceCode: string | null;
  postalCode: string | null;
}): readonly string[] {
  const { countryCode: country, provinceCode: province, postalCode } = address;
  if (country === null) return [];
  const byPostalCode = postalCode === null ? undefined : postalZone(country, postalCode.trim());
  if (byPostalCode) return [byPostalCode];
  return (province === null ? undefined : regionByCode(country, province)?.zones) ?? zonesOfCountry(country);
}

/** The zone, if it is one that clocks are known for. */
export function knownZone(zone: string | null): string | null {
  return zone !== null && offsetOf(zone, EPOCH) !== null ? zone : null;
}

const EPOCH = new Date(0);
const MINUTE_MS = 60_000;

/** Minutes that clocks in the zone are ahead of UTC; null for a zone that is none. */
export function offsetOf(zone: string, at: Date): number | null {
  try {
    return Math.round(zoneOffset(zone, at.getTime()) / MINUTE_MS);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function zoneOf(zone: string, provinces: string): Record<string, string> {
  return Object.fromEntries(provinces.split(" ").map((province) => [province, zone]));
}

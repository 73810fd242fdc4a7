import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { placeKey } from "./place-key.ts";
import { regionByCode, regionCode } from "./region-zones.ts";

export interface City {
  zone: string;
  /** Code of the state in a federation, else the key of the province; empty when the table names none. */
  region: string;
  population: number;
}

interface CityTable {
  /** By country and key of the name. */
  cities: ReadonlyMap<string, readonly City[]>;
  /** Two-letter codes by three-letter ones. */
  alpha2: ReadonlyMap<string, string>;
}

/** A row of the table that names its country by code and its clock; disputed places may lack both. */
interface Row {
  city: string;
  city_ascii: string;
  pop: number;
  iso2: string;
  iso3: string;
  province?: string | null;
  timezone: string;
}

/** Hubs of carriers that the table, which has the larger cities only, leaves out where the state alone does not tell. */
const HUBS: Readonly<Record<string, string>> = {
  "US IN America/Indiana/Indianapolis":
    "Plainfield|Whitestown|Greenwood|Fishers|Carmel|Avon|Brownsburg|Noblesville|Zionsville|Jeffersonville|South Bend",
  "US DC America/New_York": "Washington",
  "US KY America/New_York": "Hebron|Erlanger|Florence|Covington|Shepherdsville|Georgetown",
  "US TN America/Chicago": "La Vergne|Murfreesboro|Smyrna|Mount Juliet|Antioch|Goodlettsville",
  "US TN America/New_York": "Alcoa|Maryville|Cleveland|Kingsport|Johnson City|Bristol",
  "ES - Europe/Madrid": "Coslada|Getafe|Alcobendas|San Fernando de Henares|Palma|Palma de Mallorca",
  "PT - Europe/Lisbon": "Lisboa|Porto|Braga|Coimbra|Aveiro|Maia|Loures|Sintra",
  "RU - Europe/Moscow": "Moskva|Sankt Peterburg|Vnukovo|Sheremetyevo",
};

let table: CityTable | null = null;

/** Every city of this name (key) in the country; the table is read when it is first needed (about 0.1 s). */
export function citiesNamed(country: string, key: string): readonly City[] {
  return (table ??= readTable()).cities.get(`${country} ${key}`) ?? [];
}

/** `US` for `USA`; null when it is no code. */
export function alpha2Of(alpha3: string): string | null {
  return (table ??= readTable()).alpha2.get(alpha3) ?? null;
}

/** Read as text, because a module would stay in memory whole beside the index. Data: npm city-timezones (MIT). */
function readTable(): CityTable {
  const require = createRequire(import.meta.url);
  const path = require.resolve("city-timezones/data/cityMap.json");
  const cities = new Map<string, City[]>();
  const alpha2 = new Map<string, string>();
  for (const { iso2, iso3, timezone, pop, province, ...names } of JSON.parse(readFileSync(path, "utf8")) as Row[]) {
    if (typeof timezone !== "string" || !/^[A-Z]{2}$/.test(String(iso2))) continue;
    alpha2.set(iso3, iso2);
    const name = placeKey(province ?? "");
    const region = regionCode(iso2, name) ?? name;
    // Some entries lie on the wrong side of a border.
    if (regionByCode(iso2, region)?.zones.includes(timezone) === false) continue;
    for (const key of new Set([placeKey(names.city), placeKey(names.city_ascii)])) {
      addCity(cities, `${iso2} ${key}`, { zone: timezone, region, population: pop });
    }
  }
  for (const [place, names] of Object.entries(HUBS)) {
    const [country = "", region = "", zone = ""] = place.split(" ");
    // A hub is known in its state, not in the whole of a federation, where it has namesakes.
    const population = regionByCode(country, region) ? 0 : Infinity;
    for (const name of names.split("|")) addCity(cities, `${country} ${placeKey(name)}`, { zone, region, population });
  }
  return { cities, alpha2 };
}

function addCity(cities: Map<string, City[]>, key: string, city: City): void {
  const others = cities.get(key);
  if (others) others.push(city);
  else cities.set(key, [city]);
}

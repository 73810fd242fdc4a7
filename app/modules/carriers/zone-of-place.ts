import { alpha2Of, citiesNamed, type City } from "./city-zones.ts";
import { countryNamed, overseasOf, postalZone, zonesOfCountry } from "./country-zones.ts";
import { placeKey } from "./place-key.ts";
import { FEDERATIONS, regionByCode, regionCode } from "./region-zones.ts";

/** A city without its state is believed to be the one that people mean from this size on. */
const WELL_KNOWN = 200_000;
/** Where there are fewer namesakes. */
const KNOWN = 50_000;
const MAX_CACHED = 20_000;
const MAX_PARTS = 8;

const NOWHERE: readonly string[] = [];
const cache = new Map<string, readonly string[]>();

/**
 * Every clock that the place of a scan may keep ("LOUISVILLE, KY, US"; `countryCode` when the carrier states it), empty
 * when nothing can be said. Several clocks still tell an instant where they agree at that moment. Pure; cached.
 */
export function zonesOfPlace(location: string | null, countryCode: string | null): readonly string[] {
  const key = `${countryCode ?? ""}|${location ?? ""}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= MAX_CACHED) cache.clear();
  const zones = [...lookUp(location ?? "", countryCode)];
  cache.set(key, zones);
  return zones;
}

interface Address {
  /** Keys of the parts from the smallest to the largest, without the country and what has digits. */
  parts: readonly string[];
  postalCode: string | null;
}

function lookUp(location: string, countryCode: string | null): Iterable<string> {
  const address = readAddress(location);
  const last = address.parts.at(-1) ?? "";
  const named = countryOf(last);
  const rest = { ...address, parts: address.parts.slice(0, -1) };
  if (countryCode !== null) return zonesWithin(countryCode, named === countryCode ? rest : address);
  const states = FEDERATIONS.filter((country) => address.parts.length > 1 && regionCode(country, last) !== null);
  if (named === null || isAmerican(address, named, states)) {
    return new Set(states.flatMap((country) => [...zonesWithin(country, address)]));
  }
  // "MONTREAL, QC, CA": a province before its country leaves no doubt.
  if (rest.parts.length > 1 && regionCode(named, rest.parts.at(-1) ?? "") !== null) return zonesWithin(named, rest);
  // "KY" is Kentucky and the Cayman Islands, "IN" Indiana and India: both count unless only one of them has the city.
  const cities = states.filter((country) => isCity(country, address));
  const asState = (cities.length > 0 ? cities : states).flatMap((country) => [...zonesWithin(country, address)]);
  return new Set([...asState, ...(cities.length > 0 && !isCity(named, rest) ? [] : zonesWithin(named, rest))]);
}

/** Countries whose two letters are also those of a state, and whose postal codes have not five digits. */
const OTHER_POSTAL_CODES = ["AL", "AR", "CA", "CO", "GA", "IN", "KY", "MD", "MO", "MT", "PA", "SC"];

/** "SAN RAFAEL, CA 94901" is no place in Canada. */
function isAmerican({ postalCode }: Address, named: string, states: readonly string[]): boolean {
  return states.includes("US") && /^\d{5}(?:-\d{4})?$/.test(postalCode ?? "") && OTHER_POSTAL_CODES.includes(named);
}

function readAddress(location: string): Address {
  let postalCode: string | null = null;
  const parts: string[] = [];
  for (const part of location.split(",").slice(0, MAX_PARTS)) {
    const words = part.trim().split(/\s+/);
    postalCode = words.find((word) => /^\d[\d-]{3,}$/.test(word)) ?? postalCode;
    const key = placeKey(words.filter((word) => !/\d/.test(word)).join(" "));
    if (key !== "") parts.push(key);
  }
  return { parts, postalCode };
}

function countryOf(key: string): string | null {
  if (key.length === 2) return zonesOfCountry(key).length > 0 ? key : countryNamed(key);
  return (key.length === 3 ? alpha2Of(key) : null) ?? countryNamed(key);
}

/** Whether the table knows the first part as a city, in the state that the last part names where it names one. */
function isCity(country: string, { parts }: Address): boolean {
  const region = regionCode(country, parts.at(-1) ?? "");
  return citiesNamed(country, parts[0] ?? "").some((city) => region === null || city.region === region);
}

function zonesWithin(country: string, address: Address): Iterable<string> {
  if (FEDERATIONS.includes(country)) return zonesOfState(country, address);
  const postal = address.postalCode === null ? undefined : postalZone(country, address.postalCode);
  if (postal !== undefined) return postal === null ? NOWHERE : [postal];
  const [name = ""] = address.parts;
  const all = zonesOfCountry(country);
  const overseas = overseasOf(country).flatMap((part) => zonesOf(citiesNamed(part, name)));
  if (all.length === 1) return new Set([...all, ...overseas]);
  const cities = citiesNamed(country, name);
  const here = cities.filter((city) => address.parts.slice(1).includes(city.region));
  const meant = here.length > 0 ? here : largeEnough(cities, KNOWN);
  return new Set(meant.length > 0 ? zonesOf(meant) : all);
}

function zonesOfState(country: string, { parts }: Address): Iterable<string> {
  const [name = ""] = parts;
  const at = parts.findLastIndex((part) => regionCode(country, part) !== null);
  const code = regionCode(country, parts[at] ?? "");
  const region = code === null ? null : regionByCode(country, code);
  const unstated = largeEnough(citiesNamed(country, name), WELL_KNOWN);
  if (region === null || code === null)
    return new Set(unstated.length > 0 ? zonesOf(unstated) : zonesOfCountry(country));
  // "Washington" alone may be the city, "New York" is both.
  if (at === 0) return new Set([...region.zones, ...(name.length > 3 ? zonesOf(citiesNamed(country, name)) : [])]);
  const known = zonesOf(citiesNamed(country, name).filter((city) => city.region === code));
  if (known.length > 0) return new Set(known);
  return region.open || region.others.has(name) ? region.zones : region.zones.slice(0, 1);
}

/** All cities of the name when one of them is large; none otherwise. */
function largeEnough(cities: readonly City[], population: number): readonly City[] {
  return cities.some((city) => city.population >= population) ? cities : [];
}

function zonesOf(cities: readonly City[]): string[] {
  return cities.map(({ zone }) => zone);
}

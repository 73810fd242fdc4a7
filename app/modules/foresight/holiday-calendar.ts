import HolidayLibrary, { type HolidaysTypes } from "date-holidays";
import { type Day, readDay, writeDay } from "./civil-day.ts";
import type { Holidays } from "./law.ts";

/** Countries whose holidays are kept; far more than one shop ships to. */
const MOST_PLACES = 500;
const DAYS_PER_BLOCK = 366;

/**
 * Where the holidays of a region close its offices and not its parcel networks: the day after Thanksgiving and Christmas
 * Eve are holidays of Texas, and delivered on. Source: the holiday schedules of UPS, FedEx and USPS.
 */
const ONLY_NATIONAL: ReadonlySet<string> = new Set(["US"]);

/**
 * Where the post rests on the days on which only the banks must: Carnival and Corpus Christi, and the eves of midsummer and
 * Christmas. Elsewhere such days are delivered on (Christmas Eve in Germany). Source: notices of Correios, PostNord and Posti.
 */
const RESTS_WITH_BANKS: ReadonlySet<string> = new Set(["BR", "FI", "SE"]);

/**
 * Public holidays of countries and their regions, from `date-holidays`, which takes about 10 ms for a place and a year:
 * each is asked once and kept as a set of day numbers. A region the library does not know has its country's holidays.
 */
export function createHolidayCalendar(): Holidays {
  const places = new Map<string, Place>();
  // Questions come parcel by parcel, many days of one place in turn.
  let last: Place | null = null;
  return {
    isHoliday: (country, ofRegion, day) => {
      if (country === null) return false;
      const region = ONLY_NATIONAL.has(country) ? null : ofRegion;
      if (last?.country !== country || last.region !== region) last = placeOf(places, country, region);
      // Blocks of 366 days lie in two calendar years at most.
      const block = Math.floor(day / DAYS_PER_BLOCK);
      let days = last.blocks.get(block);
      if (!days) last.blocks.set(block, (days = holidaysFrom(country, region, block * DAYS_PER_BLOCK)));
      return days.has(day);
    },
  };
}

interface Place {
  country: string;
  region: string | null;
  blocks: Map<number, ReadonlySet<Day>>;
}

function placeOf(places: Map<string, Place>, country: string, region: string | null): Place {
  const name = `${country}.${region ?? ""}`;
  const known = places.get(name);
  if (known) return known;
  if (places.size >= MOST_PLACES) places.clear();
  const place = { country, region, blocks: new Map<number, ReadonlySet<Day>>() };
  places.set(name, place);
  return place;
}

function holidaysFrom(country: string, region: string | null, first: Day): ReadonlySet<Day> {
  const last = first + DAYS_PER_BLOCK - 1;
  const years = new Set([first, last].map((day) => Number(writeDay(day).slice(0, 4))));
  const library = openLibrary(country, region);
  const found = new Set<Day>();
  for (const year of years)
    for (const { date } of library?.getHolidays(year) ?? []) {
      const day = readDay(date);
      if (day >= first && day <= last) found.add(day);
    }
  return found;
}

function openLibrary(country: string, region: string | null): HolidayLibrary | null {
  const library = new HolidayLibrary();
  if (!library.getCountries()[country]) return null;
  const knowsRegion = region !== null && library.getStates(country)?.[region] !== undefined;
  const types: HolidaysTypes.HolidayType[] = RESTS_WITH_BANKS.has(country) ? ["public", "bank"] : ["public"];
  if (knowsRegion) library.init(country, region, { types });
  else library.init(country, { types });
  return library;
}

import HolidayLibrary from "date-holidays";
import { type Day, readDay, writeDay } from "./civil-day.ts";
import type { Holidays } from "./law.ts";

/** Countries whose holidays are kept; far more than one shop ships to. */
const MOST_PLACES = 500;
const DAYS_PER_YEAR = 366;

/**
 * Public holidays of countries and their regions, from `date-holidays`, which takes about 10 ms for a place and a year:
 * each is asked once and kept as a set of day numbers. A region the library does not know has its country's holidays.
 */
export function createHolidayCalendar(): Holidays {
  const places = new Map<string, Map<number, ReadonlySet<Day>>>();
  return {
    isHoliday: (country, region, day) => {
      if (country === null) return false;
      const place = `${country}.${region ?? ""}`;
      let years = places.get(place);
      if (!years) {
        if (places.size >= MOST_PLACES) places.clear();
        places.set(place, (years = new Map()));
      }
      // Any grouping of days that never splits a calendar year's question in more than two will do.
      const year = Math.floor(day / DAYS_PER_YEAR);
      let days = years.get(year);
      if (!days) years.set(year, (days = holidaysFrom(country, region, year * DAYS_PER_YEAR)));
      return days.has(day);
    },
  };
}

function holidaysFrom(country: string, region: string | null, first: Day): ReadonlySet<Day> {
  const last = first + DAYS_PER_YEAR - 1;
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
  if (knowsRegion) library.init(country, region, { types: ["public"] });
  else library.init(country, { types: ["public"] });
  return library;
}

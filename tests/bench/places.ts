import { instantIn } from "#app/modules/carriers/local-instant.ts";
import { zonesOfPlace } from "#app/modules/carriers/zone-of-place.ts";
import type { BenchResult } from "./bench.ts";
import { callsPerSecond } from "./figures.ts";

/** Instants per second and core; places repeat, so most of them are known already. */
const REQUIRED = 200_000;

const PLACES: readonly [location: string, countryCode: string | null][] = [
  ["LOUISVILLE, KY, US", "US"],
  ["Saint Petersburg, RU", "RU"],
  ["28100 Alcobendas, ES", "ES"],
  ["MISSISSAUGA, ON", null],
  ["Neuwied, Germany", null],
];

/** What the instant of a scan costs that has to be inferred from its place. */
export function run(): Promise<BenchResult> {
  let town = 0;
  const known = callsPerSecond(() => PLACES.map((place) => instantIn(zonesOfPlace(...place), "2026-03-10T12:30:00")));
  const fresh = callsPerSecond(() => zonesOfPlace(`TOWN ${(town += 1)}, ${town} STREET ${town}, KY, US`, "US"));
  const rows = [
    { label: "instant of a scan at a place met before", value: known * PLACES.length, unit: "instants/s" },
    { label: "clocks of a place never met before", value: fresh, unit: "places/s" },
  ];
  const limit = { label: "instants at known places per second", limit: REQUIRED, better: "higher" as const };
  return Promise.resolve({ name: "places", rows, ratio: { ...limit, value: known * PLACES.length } });
}

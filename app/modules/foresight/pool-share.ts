import { BIN_COUNT } from "./age-bins.ts";
import type { Day } from "./civil-day.ts";
import { HOURS, WEEKDAY } from "./delivery-clock.ts";
import { type Cell, decay, emptyLaw, type LawSpec, type LawState } from "./law.ts";
import { entry, halfLifeOf, newMap } from "./night-sums.ts";

/** One row that a shop gives to the pool, or that the pool gives to all: counts and nothing else. */
export interface PoolEntry {
  law: string;
  /** `view.level` or `view.factor`. */
  name: string;
  key: string;
  /** Events by age and exposure by age; of a factor observed and expected. */
  counts: number[];
}

/** In one row no shop counts for more days of exposure, or expected events, than this: a large one must not be the pool. */
const MOST_OF_ONE_SHOP = 5_000;
/** Counts are rounded to this fraction of a parcel, so that the sum over shops is the same in any order. */
const GRAIN = 2 ** 10;

/** The tables that may leave a shop: by carrier, service and countries; no region, no postcode, no option, no location. */
export function pooledTables({ views, levels, factors }: LawSpec): { cells: string[]; ratios: string[] } {
  const of = (names: readonly string[]) => views.flatMap((view) => names.map((name) => `${view.name}.${name}`));
  const pooled = (tables: readonly { name: string; pooled?: true }[]) =>
    tables.filter((table) => table.pooled).map(({ name }) => name);
  return { cells: [...of(pooled(levels)), HOURS], ratios: of([...pooled(factors), WEEKDAY]) };
}

/** What a shop gives to the pool of a day. */
export function shareOf(state: LawState, day: Day): PoolEntry[] {
  const tables = pooledTables(state.spec);
  const entries: PoolEntry[] = [];
  const give = (name: string, key: string, given: { counts: number[]; weight: number }): void => {
    const part = given.weight > MOST_OF_ONE_SHOP ? MOST_OF_ONE_SHOP / given.weight : 1;
    const counts = given.counts.map((count) => Math.round(count * part * GRAIN) / GRAIN);
    if (counts.some((count) => count > 0)) entries.push({ law: state.spec.name, name, key, counts });
  };
  for (const name of tables.cells)
    for (const [key, cell] of state.cells.get(name) ?? [])
      give(name, key, countsOf(cell, decay(day - cell.asOf, state.spec.halfLife)));
  for (const name of tables.ratios)
    for (const [key, { asOf, observed, expected }] of state.ratios.get(name) ?? []) {
      const keep = decay(day - asOf, halfLifeOf(state, name));
      give(name, key, { counts: [observed * keep, expected * keep], weight: expected * keep });
    }
  return entries;
}

function countsOf({ events, exposure }: Cell, keep: number): { counts: number[]; weight: number } {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value * keep, 0);
  // Hours have events alone.
  const weight = Math.max(sum(events), sum(exposure));
  return { counts: [...events, ...exposure].map((count) => count * keep), weight };
}

/** The pool as a law: the parent of every shop's. Null while there is nothing in it. */
export function poolOf(spec: LawSpec, rows: readonly (PoolEntry & { asOf: Day })[]): LawState | null {
  const state = emptyLaw(spec);
  const tables = pooledTables(spec);
  for (const { law, name, key, counts, asOf } of rows) {
    if (law !== spec.name) continue;
    if (tables.cells.includes(name) && counts.length === 2 * BIN_COUNT) {
      const packed = Float64Array.from(counts);
      const cell = { asOf, events: packed.subarray(0, BIN_COUNT), exposure: packed.subarray(BIN_COUNT) };
      entry(state.cells, name, newMap<Cell>).set(key, cell);
    }
    const [observed, expected] = counts;
    if (tables.ratios.includes(name) && observed !== undefined && expected !== undefined)
      entry(state.ratios, name, newMap).set(key, { asOf, observed, expected });
  }
  return state.cells.size + state.ratios.size > 0 ? state : null;
}

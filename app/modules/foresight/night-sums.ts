import { BIN_COUNT } from "./age-bins.ts";
import type { Day } from "./civil-day.ts";
import { HOURS, WEEKDAY, WEEKDAY_HALF_LIFE } from "./delivery-clock.ts";
import { type Cell, decay, type LawState, type Ratio } from "./law.ts";

/** What one night adds, by table and key; two shares of a night add up. */
export interface NightSums {
  counts: Map<string, Map<string, CountSum>>;
  ratios: Map<string, Map<string, RatioSum>>;
}

/**
 * Contributions are rounded to this fraction of an event, so that their sums are exact in a double: the same parcels
 * in another order, or split over other machines, give the same state to the last bit.
 */
const GRAIN = 2 ** 24;
const exact = (value: number): number => Math.round(value * GRAIN) / GRAIN;

export function openSums(): NightSums {
  return { counts: new Map(), ratios: new Map() };
}

export type CountSum = Omit<Cell, "asOf">;
export type RatioSum = Omit<Ratio, "asOf">;

/** Where a night adds what belongs to a row of a table. */
export function countSum({ counts }: NightSums, table: string, key: string): CountSum {
  return entry(entry(counts, table, newMap<CountSum>), key, newCounts);
}

export function ratioSum({ ratios }: NightSums, table: string, key: string): RatioSum {
  return entry(entry(ratios, table, newMap<RatioSum>), key, newRatio);
}

export function addCount(sum: CountSum, bin: number, events: number, exposure: number): void {
  sum.events[bin] = (sum.events[bin] ?? 0) + events;
  sum.exposure[bin] = (sum.exposure[bin] ?? 0) + exact(exposure);
}

export function addRatio(sum: RatioSum, observed: number, expected: number): void {
  sum.observed += observed;
  sum.expected += exact(expected);
}

/** Writes a night's sums into the state: what was there decays to `day`, then they are added. */
export function settleSums(state: LawState, sums: NightSums, day: Day): void {
  for (const [table, cells] of sums.counts)
    for (const [key, added] of cells) {
      const cell = entry(entry(state.cells, table, newMap<Cell>), key, () => ({ asOf: day, ...newCounts() }));
      addCell(cell, { asOf: day, ...added }, state.spec.halfLife);
    }
  for (const [table, ratios] of sums.ratios)
    for (const [key, added] of ratios) {
      const ratio = entry(entry(state.ratios, table, newMap<Ratio>), key, () => ({ asOf: day, ...newRatio() }));
      addToRatio(ratio, { asOf: day, ...added }, halfLifeOf(state, table));
    }
}

/** Adds counts to a cell; whichever is older decays to the other's day. */
export function addCell(cell: Cell, added: Cell, halfLife: number): void {
  const asOf = Math.max(cell.asOf, added.asOf);
  const [kept, part] = [decay(asOf - cell.asOf, halfLife), decay(asOf - added.asOf, halfLife)];
  for (let bin = 0; bin < BIN_COUNT; bin += 1) {
    cell.events[bin] = (cell.events[bin] ?? 0) * kept + (added.events[bin] ?? 0) * part;
    cell.exposure[bin] = (cell.exposure[bin] ?? 0) * kept + (added.exposure[bin] ?? 0) * part;
  }
  cell.asOf = asOf;
}

export function addToRatio(ratio: Ratio, added: Ratio, halfLife: number): void {
  const asOf = Math.max(ratio.asOf, added.asOf);
  const [kept, part] = [decay(asOf - ratio.asOf, halfLife), decay(asOf - added.asOf, halfLife)];
  ratio.observed = ratio.observed * kept + added.observed * part;
  ratio.expected = ratio.expected * kept + added.expected * part;
  ratio.asOf = asOf;
}

/** Half-life of the ratios of a table `view.factor`. */
export function halfLifeOf({ spec }: LawState, table: string): number {
  const name = table.slice(table.indexOf(".") + 1);
  if (name === WEEKDAY) return WEEKDAY_HALF_LIFE;
  return spec.factors.find((factor) => factor.name === name)?.halfLife ?? spec.halfLife;
}

/** Whether a table belongs to the law as it is now; rows of an older method are dropped on reading. */
export function isTableOf({ spec }: LawState, table: string): boolean {
  if (table === HOURS) return true;
  const [view, name] = [table.slice(0, table.indexOf(".")), table.slice(table.indexOf(".") + 1)];
  return (
    spec.views.some((known) => known.name === view) &&
    (name === WEEKDAY || [...spec.levels, ...spec.factors].some((known) => known.name === name))
  );
}

export function entry<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = create();
  map.set(key, made);
  return made;
}

export const newMap = <Value>(): Map<string, Value> => new Map();
/** Events and exposure in one piece of memory: two small ones cost more than what they hold. */
export function newCounts(): CountSum {
  const counts = new Float64Array(2 * BIN_COUNT);
  return { events: counts.subarray(0, BIN_COUNT), exposure: counts.subarray(BIN_COUNT) };
}
const newRatio = (): RatioSum => ({ observed: 0, expected: 0 });

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
export const exact = (value: number): number => Math.round(value * GRAIN) / GRAIN;

export function openSums(): NightSums {
  return { counts: new Map(), ratios: new Map() };
}

/** Bin, events and exposure in turn, of the bins that were added to: most lanes see one parcel a night, in one bin. */
export type CountSum = number[];
export const STRIDE = 3;
export type RatioSum = Omit<Ratio, "asOf">;

/** Where a night adds what belongs to a row of a table. */
export function countSum({ counts }: NightSums, table: string, key: string): CountSum {
  return entry(entry(counts, table, newMap<CountSum>), key, newSum);
}

export function ratioSum({ ratios }: NightSums, table: string, key: string): RatioSum {
  return entry(entry(ratios, table, newMap<RatioSum>), key, newRatio);
}

export function addCount(sum: CountSum, bin: number, events: number, exposure: number): void {
  for (let at = 0; at < sum.length; at += STRIDE)
    if (sum[at] === bin) {
      sum[at + 1] = (sum[at + 1] ?? 0) + events;
      sum[at + 2] = (sum[at + 2] ?? 0) + exact(exposure);
      return;
    }
  sum.push(bin, events, exact(exposure));
}

/** Adds one sum to another: shares of a night. */
export function addSum(sum: CountSum, added: CountSum): void {
  for (let at = 0; at < added.length; at += STRIDE)
    addCount(sum, added[at] ?? 0, added[at + 1] ?? 0, added[at + 2] ?? 0);
}

export function addRatio(sum: RatioSum, observed: number, expected: number): void {
  sum.observed += observed;
  sum.expected += exact(expected);
}

/** Writes a night's sums into the state: what was there decays to `day`, then they are added. */
export function settleSums(state: LawState, sums: NightSums, day: Day): void {
  for (const [table, cells] of sums.counts) {
    const known = entry(state.cells, table, newMap<Cell>);
    for (const [key, added] of cells)
      settleCell(
        entry(known, key, () => emptyCell(day)),
        added,
        { day, halfLife: state.spec.halfLife },
      );
  }
  for (const [table, ratios] of sums.ratios) {
    const known = entry(state.ratios, table, newMap<Ratio>);
    const [halfLife, limits] = [halfLifeOf(state, table), limitsOf(state, table)];
    for (const [key, added] of ratios) {
      const ratio = entry(known, key, () => ({ asOf: day, ...newRatio() }));
      const part = partOfNight(ratio, added, { day, halfLife, limits });
      addToRatio(ratio, { asOf: day, observed: added.observed * part, expected: added.expected * part }, halfLife);
    }
  }
}

/** A night's sum is of `day`; a cell that is newer, as no shop's is, keeps its day. */
function settleCell(cell: Cell, added: CountSum, { day, halfLife }: { day: Day; halfLife: number }): void {
  const part = fadeTo(cell, day, halfLife);
  for (let at = 0; at < added.length; at += STRIDE) {
    const bin = added[at] ?? 0;
    cell.events[bin] = (cell.events[bin] ?? 0) + (added[at + 1] ?? 0) * part;
    cell.exposure[bin] = (cell.exposure[bin] ?? 0) + (added[at + 2] ?? 0) * part;
  }
}

/** A night that is more than this times what a factor rests on is a surprise to it. */
const MOST_GROWTH = 2;
/** Of its pseudo-events all factors together take on so much in such a night. */
const FIRST_NIGHT = 0.25;

/** How much a factor takes on of a night: `usual` is never too much, of more it takes `first`. In expected events. */
interface NightLimits {
  usual: number;
  first: number;
}

/**
 * How much of a night a factor takes on. In the first huge one every factor sees the same surprise, and so do the tables:
 * taken on in full it would count once for each of them, and fade out of the slow ones over months. So the tables learn
 * the level first, and the factors what is left of the surprise in the nights that follow.
 */
function partOfNight(
  ratio: Ratio,
  { expected }: RatioSum,
  { day, halfLife, limits }: { day: Day; halfLife: number; limits: NightLimits },
): number {
  const known = MOST_GROWTH * ratio.expected * decay(day - ratio.asOf, halfLife);
  return expected <= Math.max(limits.usual, known) ? 1 : Math.max(limits.first, known) / expected;
}

/** The weekdays are no factor, and take all. */
function limitsOf({ spec }: LawState, table: string): NightLimits {
  const name = table.slice(table.indexOf(".") + 1);
  const factor = spec.factors.find((one) => one.name === name);
  if (!factor) return { usual: Infinity, first: Infinity };
  return { usual: factor.shrinkage, first: (FIRST_NIGHT * factor.shrinkage) / spec.factors.length };
}

/** Adds counts to a cell; whichever is older decays to the other's day. */
export function addCell(cell: Cell, added: Cell, halfLife: number): void {
  const part = fadeTo(cell, added.asOf, halfLife);
  for (let bin = 0; bin < BIN_COUNT; bin += 1) {
    cell.events[bin] = (cell.events[bin] ?? 0) + (added.events[bin] ?? 0) * part;
    cell.exposure[bin] = (cell.exposure[bin] ?? 0) + (added.exposure[bin] ?? 0) * part;
  }
}

/** Decays a cell to a day if it is older; returns what is left by the cell's day of counts of that day. */
function fadeTo(cell: Cell, day: Day, halfLife: number): number {
  if (cell.asOf >= day) return decay(cell.asOf - day, halfLife);
  const kept = decay(day - cell.asOf, halfLife);
  for (let bin = 0; bin < BIN_COUNT; bin += 1) {
    cell.events[bin] = (cell.events[bin] ?? 0) * kept;
    cell.exposure[bin] = (cell.exposure[bin] ?? 0) * kept;
  }
  cell.asOf = day;
  return 1;
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
export function emptyCell(asOf: Day): Cell {
  const counts = new Float64Array(2 * BIN_COUNT);
  return { asOf, events: counts.subarray(0, BIN_COUNT), exposure: counts.subarray(BIN_COUNT) };
}

const newSum = (): CountSum => [];
const newRatio = (): RatioSum => ({ observed: 0, expected: 0 });

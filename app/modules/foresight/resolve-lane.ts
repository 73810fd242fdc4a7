import { BIN_COUNT } from "./age-bins.ts";
import type { Day } from "./civil-day.ts";
import { slotKey, SLOTS } from "./factor-slots.ts";
import { type Cell, decay, type FactorSpec, type LawState, type Ratio } from "./law.ts";
import type { ParcelFacts } from "./parcel-facts.ts";

/** The names of the rows a parcel belongs to, by level and by factor; null where a fact is not known. */
interface LaneKeys {
  levels: readonly (string | null)[];
  factors: readonly (FactorKey | null)[];
}

export interface FactorKey {
  key: string;
  /** The row of the group's sums; null for a factor of a whole carrier. */
  group: string | null;
}

/** One view's law for a lane as it stands on a day. */
export interface LaneView {
  /** Events per day of age, by age bin. */
  rates: Float64Array;
  /** Value of each factor, `SLOTS` to a factor. */
  factors: Float64Array;
}

export interface Lane {
  views: readonly LaneView[];
}

function keysOf(state: LawState, facts: ParcelFacts): LaneKeys {
  const prefix = state.spec.prefix(facts);
  return {
    levels: state.spec.levels.map(({ key }) => key(facts, prefix)),
    factors: state.spec.factors.map((spec) => {
      const key = spec.key(facts);
      return key === null ? null : factorKeyOf(key, spec.group(facts));
    }),
  };
}

export function factorKeyOf(key: string, group: string | null): FactorKey {
  return { key, group: group === null ? null : `*${group}` };
}

/** Reads a lane's law as it stands at the end of `day`, counts decayed to that day; changes nothing. */
export function resolveLane(state: LawState, facts: ParcelFacts, day: Day): Lane {
  const keys = keysOf(state, facts);
  const views = state.spec.views.map(({ name }) => ({
    rates: ratesOf(state, facts, { view: name, keys: keys.levels, day }),
    factors: factorsOf(state, { view: name, keys: keys.factors, day }),
  }));
  return { views };
}

interface Place {
  view: string;
  keys: LaneKeys["levels"];
  day: Day;
}

/** Down the chain: `rate = (events + k × parent's rate) / (exposure + k)`, the pool's counts before the shop's own. */
function ratesOf(state: LawState, facts: ParcelFacts, { view, keys, day }: Place): Float64Array {
  const { rates } = state.spec.prior(facts);
  for (const [depth, key] of keys.entries())
    if (key !== null) shrinkLevel(rates, state, { view, depth, key, day, facts });
  return rates;
}

/** What is known of one level of a view: the pool's counts and the shop's own, each decayed by `keep`. */
export interface LevelCounts {
  k: number;
  shared: Cell | undefined;
  sharedKeep: number;
  own: Cell | undefined;
  ownKeep: number;
}

/** Null where nothing is known: then the rates are those of the level above. */
export function levelCounts(
  { spec, pool, cells }: LawState,
  { table, depth, key, day, facts }: { table: string; depth: number; key: string; day: Day; facts: ParcelFacts },
): LevelCounts | null {
  const [shared, own] = [pool?.cells.get(table)?.get(key), cells.get(table)?.get(key)];
  if (!shared && !own) return null;
  const keepOf = (cell: Cell | undefined): number => (cell ? decay(day - cell.asOf, spec.halfLife) : 1);
  const k = depth === 0 ? spec.prior(facts).weight : spec.shrinkage;
  return { k, shared, sharedKeep: keepOf(shared), own, ownKeep: keepOf(own) };
}

/** Takes one level's counts into the rates of the level above. */
export function shrinkLevel(
  rates: Float64Array,
  state: LawState,
  { view, depth, ...level }: { view: string; depth: number; key: string; day: Day; facts: ParcelFacts },
): void {
  const counts = levelCounts(state, { ...level, depth, table: `${view}.${state.spec.levels[depth]?.name}` });
  if (!counts) return;
  for (let bin = 0; bin < BIN_COUNT; bin += 1) rates[bin] = shrinkBin(rates[bin] ?? 0, counts, bin);
}

/** However large the pool is, a bin of it counts for no more days of exposure than this beside the shop's own. */
const MOST_FROM_POOL = 400;

/** The rate of one bin, from that of the level above: the pool's counts before the shop's own. */
export function shrinkBin(rate: number, counts: LevelCounts, bin: number): number {
  const { k, shared, sharedKeep, own, ownKeep } = counts;
  const pooled = shared ? shrinkInto(rate, shared, { bin, k, keep: sharedKeep, most: MOST_FROM_POOL }) : rate;
  return own ? shrinkInto(pooled, own, { bin, k, keep: ownKeep, most: Infinity }) : pooled;
}

function shrinkInto(
  rate: number,
  cell: Cell,
  { bin, k, keep, most }: { bin: number; k: number; keep: number; most: number },
): number {
  const exposure = (cell.exposure[bin] ?? 0) * keep;
  if (exposure === 0) return rate;
  const part = exposure > most ? most / exposure : 1;
  return ((cell.events[bin] ?? 0) * keep * part + k * rate) / (exposure * part + k);
}

function factorsOf(
  state: LawState,
  { view, keys, day }: { view: string; keys: LaneKeys["factors"]; day: Day },
): Float64Array {
  const values = new Float64Array(keys.length * SLOTS).fill(1);
  for (const [index, spec] of state.spec.factors.entries()) {
    const key = keys[index];
    if (key === null || key === undefined) continue;
    const own = factorValues(spec, { state, table: `${view}.${spec.name}`, key, day });
    for (let slot = 0; slot < SLOTS; slot += 1) values[index * SLOTS + slot] = own[own.length > 1 ? slot : 0] ?? 1;
  }
  return values;
}

interface RatioRows {
  state: LawState;
  /** `view.factor`. */
  table: string;
  key: FactorKey;
  day: Day;
}

/** Of a factor without slots of which nothing is known. */
export const ONE: readonly number[] = [1];
/** The same of a factor with slots. */
const ONES: readonly number[] = Array<number>(SLOTS).fill(1);

/** A factor's values for one key as they stand at the end of `day`: one, or one for each slot. */
export function factorValues(spec: FactorSpec, { state, table, key, day }: RatioRows): readonly number[] {
  const [ratios, pooled] = [state.ratios.get(table), state.pool?.ratios.get(table)];
  if (!ratios && !pooled) return spec.by ? ONES : ONE;
  const valueAt = (slot: number): number => {
    const name = slotKey(spec.by, key.key, slot);
    const [own, shared] = [ratios?.get(name), pooled?.get(name)];
    if (!own && !shared) return 1;
    const group = key.group === null ? undefined : ratios?.get(slotKey(spec.by, key.group, slot));
    return valueOf(own, group, { spec, day, usual: shrunkTo(1, shared, spec, day) });
  };
  if (spec.by) return ONES.map((_, slot) => valueAt(slot));
  const value = valueAt(0);
  return value === 1 ? ONE : [value];
}

/** `(observed + k × usual) / (expected + k)`, decayed: a Gamma-Poisson mean, the usual where nothing is known. */
function shrunkTo(usual: number, ratio: Ratio | undefined, { halfLife, shrinkage }: FactorSpec, day: Day): number {
  if (!ratio) return usual;
  const keep = decay(day - ratio.asOf, halfLife);
  return (ratio.observed * keep + shrinkage * usual) / (ratio.expected * keep + shrinkage);
}

/** A factor's value: the pool's is the usual one. `^ (1 − share of the group)`: 1 where the key is the whole group. */
function valueOf(
  ratio: Ratio | undefined,
  group: Ratio | undefined,
  { spec, day, usual }: { spec: FactorSpec; day: Day; usual: number },
): number {
  const value = shrunkTo(usual, ratio, spec, day);
  if (!ratio || !group) return value;
  const all = group.expected * decay(day - group.asOf, spec.halfLife);
  const expected = ratio.expected * decay(day - ratio.asOf, spec.halfLife);
  return all > 0 ? value ** Math.max(0, 1 - expected / all) : value;
}

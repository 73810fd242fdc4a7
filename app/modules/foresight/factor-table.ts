import type { Day } from "./civil-day.ts";
import { slotKey, SLOTS } from "./factor-slots.ts";
import type { FactorSpec, LawState } from "./law.ts";
import { addRatio, entry, exact, type NightSums, type RatioSum, ratioSum } from "./night-sums.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { factorKeyOf, factorValues } from "./resolve-lane.ts";

/** What a factor sees of a parcel's day: `expected` under all factors, with this one. */
export interface Seen {
  events: number;
  expected: number;
}

/** The place of a value of a factor: one of its rows, a view, and a slot where it has slots. */
export interface FactorPlace {
  row: number;
  view: number;
  slot: number;
}

/** The row of what does not act on a parcel. */
export const NO_ROW = -1;

/**
 * One factor during a night: a row for each key that was asked for. The rows are numbers in columns: a night sees one parcel
 * of most postcodes, and objects that outlive it cost several times what they add up.
 */
export class FactorTable {
  readonly spec: FactorSpec;
  readonly #state: LawState;
  readonly #day: Day;
  /** `view.factor`, by view. */
  readonly #names: readonly string[];
  readonly #slots: number;
  readonly #width: number;
  readonly #rows = new Map<string, number>();
  /** A key can lie in two groups, as a postcode in two regions, and its value asks for both; nearly all lie in one. */
  readonly #others = new Map<string, number>();
  #keys: string[] = [];
  #groups: (string | null)[] = [];
  /** As the night began: row by row, view by view, slot by slot. */
  #values = new Float64Array(0);
  /** Observed and expected in turn, in the same order. */
  #sums = new Float64Array(0);

  constructor(spec: FactorSpec, { state, day }: { state: LawState; day: Day }) {
    const { views } = state.spec;
    this.spec = spec;
    this.#state = state;
    this.#day = day;
    this.#names = views.map(({ name }) => `${name}.${spec.name}`);
    this.#slots = spec.by ? SLOTS : 1;
    this.#width = this.#slots * views.length;
  }

  get size(): number {
    return this.#keys.length;
  }

  /** `NO_ROW` where a fact is not known. */
  rowOf(facts: ParcelFacts): number {
    const key = this.spec.key(facts);
    if (key === null) return NO_ROW;
    const group = this.spec.group(facts);
    const first = this.#rows.get(key);
    if (first === undefined) return this.#resolve(this.#rows, key, { key, group });
    if (this.#groups[first] === group) return first;
    const name = `${key}\n${group ?? ""}`;
    return this.#others.get(name) ?? this.#resolve(this.#others, name, { key, group });
  }

  valueAt({ row, view, slot }: FactorPlace): number {
    return this.#values[row * this.#width + view * this.#slots + slot] ?? 1;
  }

  add(place: FactorPlace, { events, expected }: Seen): void {
    this.addWhole(place, { events, expected: exact(expected / this.valueAt(place)) });
  }

  /** `expected` without this factor, as `exact` has it. */
  addWhole({ row, view, slot }: FactorPlace, { events, expected }: Seen): void {
    const [at, sums] = [2 * (row * this.#width + view * this.#slots + slot), this.#sums];
    sums[at] = (sums[at] ?? 0) + events;
    sums[at + 1] = (sums[at + 1] ?? 0) + expected;
  }

  /** Adds what was seen to the sums of a night, and begins again. A row's group gets the same. */
  handOver(sums: NightSums): void {
    const { by, view } = this.spec;
    const groups = new Map<string, RatioSum>();
    for (const [index, name] of this.#names.entries()) {
      if (view !== undefined && view !== this.#state.spec.views[index]?.name) continue;
      groups.clear();
      for (let place = 0; place < this.size * this.#slots; place += 1) {
        const [row, slot] = [Math.floor(place / this.#slots), place % this.#slots];
        const at = 2 * (row * this.#width + index * this.#slots + slot);
        const [events, expected] = [this.#sums[at] ?? 0, this.#sums[at + 1] ?? 0];
        if (events === 0 && expected === 0) continue;
        addRatio(ratioSum(sums, name, slotKey(by, this.#keys[row] ?? "", slot)), events, expected);
        const group = this.#groups[row] ?? null;
        if (group === null) continue;
        const key = slotKey(by, group, slot);
        addRatio(
          entry(groups, key, () => ratioSum(sums, name, `*${key}`)),
          events,
          expected,
        );
      }
    }
    this.#sums.fill(0);
  }

  clear(): void {
    this.#rows.clear();
    this.#others.clear();
    [this.#keys, this.#groups] = [[], []];
    [this.#values, this.#sums] = [new Float64Array(0), new Float64Array(0)];
  }

  #resolve(rows: Map<string, number>, name: string, { key, group }: { key: string; group: string | null }): number {
    const at = { state: this.#state, key: factorKeyOf(key, group), day: this.#day };
    const row = this.size;
    this.#keys.push(key);
    this.#groups.push(group);
    if (row * this.#width >= this.#values.length) this.#grow();
    for (const [view, table] of this.#names.entries()) {
      const values = factorValues(this.spec, { ...at, table });
      for (let slot = 0; slot < this.#slots; slot += 1)
        this.#values[row * this.#width + view * this.#slots + slot] = values[slot] ?? 1;
    }
    rows.set(name, row);
    return row;
  }

  #grow(): void {
    const [values, sums] = [this.#values, this.#sums];
    const size = Math.max(FIRST_ROWS * this.#width, 2 * values.length);
    [this.#values, this.#sums] = [new Float64Array(size), new Float64Array(2 * size)];
    this.#values.set(values);
    this.#sums.set(sums);
  }
}

const FIRST_ROWS = 64;

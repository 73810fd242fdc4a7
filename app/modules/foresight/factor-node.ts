import { slotKey } from "./factor-slots.ts";
import type { FactorSpec } from "./law.ts";
import { addRatio, exact, type NightSums, ratioSum } from "./night-sums.ts";
import type { FactorKey } from "./resolve-lane.ts";

/** What a factor sees of a parcel's day: `expected` under all factors, with this one. */
export interface Seen {
  events: number;
  expected: number;
}

interface FactorStart {
  spec: FactorSpec;
  key: FactorKey;
  /** `view.factor`, by view; null for the views that do not have it. */
  tables: readonly (string | null)[];
  /** By view, as the night began; one for each slot where the factor has slots. */
  values: readonly (readonly number[])[];
}

/** One key of a factor during a night. Its own row and its group's get what it saw at last. */
export class FactorNode {
  readonly by: FactorSpec["by"];
  readonly values: readonly (readonly number[])[];
  readonly #tables: readonly (string | null)[];
  readonly #key: FactorKey;
  readonly #slots: number;
  /** Observed and expected in turn, slot by slot, view by view. */
  readonly #sums: number[];

  constructor({ spec, key, tables, values }: FactorStart) {
    this.by = spec.by;
    this.values = values;
    this.#tables = tables;
    this.#key = key;
    this.#slots = Math.max(...values.map(({ length }) => length));
    this.#sums = Array<number>(2 * tables.length * this.#slots).fill(0);
  }

  valueAt(view: number, slot: number): number {
    return this.values[view]?.[slot] ?? 1;
  }

  add(view: number, slot: number, { events, expected }: Seen): void {
    this.addWhole(view, slot, { events, expected: exact(expected / this.valueAt(view, slot)) });
  }

  /** `expected` without this factor, as `exact` has it. */
  addWhole(view: number, slot: number, { events, expected }: Seen): void {
    const [at, sums] = [2 * (view * this.#slots + slot), this.#sums];
    sums[at] = (sums[at] ?? 0) + events;
    sums[at + 1] = (sums[at + 1] ?? 0) + expected;
  }

  /** Adds what was seen to the sums of a night, and begins again. */
  handOver(sums: NightSums): void {
    const { key, group } = this.#key;
    for (let at = 0; at < this.#sums.length; at += 2) {
      const [events, expected] = [this.#sums[at] ?? 0, this.#sums[at + 1] ?? 0];
      const table = this.#tables[Math.floor(at / 2 / this.#slots)] ?? null;
      if (table === null || (events === 0 && expected === 0)) continue;
      const slot = (at / 2) % this.#slots;
      addRatio(ratioSum(sums, table, slotKey(this.by, key, slot)), events, expected);
      if (group !== null) addRatio(ratioSum(sums, table, slotKey(this.by, group, slot)), events, expected);
    }
    this.#sums.fill(0);
  }
}

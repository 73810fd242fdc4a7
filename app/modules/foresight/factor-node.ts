import { FactorBook } from "./factor-book.ts";
import { slotKey, SLOTS } from "./factor-slots.ts";
import type { FactorSpec } from "./law.ts";
import { addRatio, type NightSums, type RatioSum, ratioSum } from "./night-sums.ts";
import type { FactorKey } from "./resolve-lane.ts";

/** One factor during a night: its tables by view, and the keys that were asked for. */
export interface FactorTable {
  spec: FactorSpec;
  /** `view.factor`, by view. */
  names: readonly string[];
  /** Where the views that have the factor add what they see; null where they do not, or nothing is learnt. */
  sums: readonly (NightSums | null)[];
  nodes: FactorBook<FactorNode | null>;
}

export function openTable(spec: FactorSpec, views: readonly string[], sums: NightSums | null): FactorTable {
  return {
    spec,
    names: views.map((view) => `${view}.${spec.name}`),
    sums: views.map((view) => (spec.view === undefined || spec.view === view ? sums : null)),
    nodes: new FactorBook(),
  };
}

/** Where a night adds what a factor's slot sees: its own row and its group's. */
interface SlotSums {
  own: RatioSum;
  group: RatioSum | null;
}

/** One key of a factor during a night. */
export class FactorNode {
  readonly spec: FactorSpec;
  /** By view, as the night began; one for each slot where the factor has slots. */
  readonly values: readonly Float64Array[];
  readonly #table: FactorTable;
  readonly #key: FactorKey;
  #sums: (SlotSums | undefined)[] | null = null;

  constructor(table: FactorTable, key: FactorKey, values: readonly Float64Array[]) {
    this.spec = table.spec;
    this.values = values;
    this.#table = table;
    this.#key = key;
  }

  /** Adds to the sums of a view's slot, if the view has the factor. `expected`: under all factors, with this one. */
  add(view: number, slot: number, { events, expected }: { events: number; expected: number }): void {
    const sums = this.#table.sums[view];
    if (!sums) return;
    this.#sums ??= [];
    const { own, group } = (this.#sums[view * SLOTS + slot] ??= this.#open(sums, view, slot));
    const without = expected / (this.values[view]?.[slot] ?? 1);
    addRatio(own, events, without);
    if (group) addRatio(group, events, without);
  }

  #open(sums: NightSums, view: number, slot: number): SlotSums {
    const [{ key, group }, { by }] = [this.#key, this.spec];
    const table = this.#table.names[view] ?? "";
    return {
      own: ratioSum(sums, table, slotKey(by, key, slot)),
      group: group === null ? null : ratioSum(sums, table, slotKey(by, group, slot)),
    };
  }
}

import type { FactorTable, Seen } from "./factor-table.ts";
import { exact } from "./night-sums.ts";

/** A row of a factor without slots. */
export interface FactorRow {
  table: FactorTable;
  row: number;
}

/** Factors without slots that all parcels of a way or of a kind have in common: one product, and one place to add to. */
export class FactorSet {
  readonly #rows: readonly FactorRow[];
  readonly #products: readonly number[];
  /** By view: the value of each row. */
  readonly #values: readonly (readonly number[])[];
  /** By view: observed, then what each row expected. */
  readonly #sums: readonly number[][];

  constructor(rows: readonly FactorRow[], views: number) {
    const all = Array.from({ length: views }, (_, view) => view);
    this.#rows = rows;
    this.#values = all.map((view) => rows.map(({ table, row }) => table.valueAt({ row, view, slot: 0 })));
    this.#products = this.#values.map((values) => values.reduce((product, value) => product * value, 1));
    this.#sums = all.map(() => Array<number>(1 + rows.length).fill(0));
  }

  valueAt(view: number): number {
    return this.#products[view] ?? 1;
  }

  add(view: number, { events, expected }: Seen): void {
    const [sums, values] = [this.#sums[view], this.#values[view]];
    if (!sums || !values) return;
    sums[0] = (sums[0] ?? 0) + events;
    for (let at = 0; at < values.length; at += 1)
      sums[at + 1] = (sums[at + 1] ?? 0) + exact(expected / (values[at] ?? 1));
  }

  /** Adds what was seen to the rows, and begins again. */
  handOver(): void {
    for (const [view, sums] of this.#sums.entries()) {
      const events = sums[0] ?? 0;
      for (const [at, { table, row }] of this.#rows.entries())
        table.addWhole({ row, view, slot: 0 }, { events, expected: sums[at + 1] ?? 0 });
      sums.fill(0);
    }
  }
}

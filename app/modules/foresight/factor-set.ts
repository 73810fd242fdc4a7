import type { FactorNode, Seen } from "./factor-node.ts";
import { exact } from "./night-sums.ts";

/** Factors without slots that all parcels of a lane have in common: one product, and one place to add to. */
export class FactorSet {
  readonly by = undefined;
  readonly #nodes: readonly FactorNode[];
  readonly #products: readonly number[];
  /** By view: the value of each node. */
  readonly #values: readonly (readonly number[])[];
  /** By view: observed, then what each node expected. */
  readonly #sums: readonly number[][];

  constructor(nodes: readonly FactorNode[], views: number) {
    const all = Array.from({ length: views }, (_, view) => view);
    this.#nodes = nodes;
    this.#values = all.map((view) => nodes.map((node) => node.valueAt(view, 0)));
    this.#products = this.#values.map((values) => values.reduce((product, value) => product * value, 1));
    this.#sums = all.map(() => Array<number>(1 + nodes.length).fill(0));
  }

  valueAt(view: number): number {
    return this.#products[view] ?? 1;
  }

  add(view: number, _slot: number, { events, expected }: Seen): void {
    const [sums, values] = [this.#sums[view], this.#values[view]];
    if (!sums || !values) return;
    sums[0] = (sums[0] ?? 0) + events;
    for (let at = 0; at < values.length; at += 1)
      sums[at + 1] = (sums[at + 1] ?? 0) + exact(expected / (values[at] ?? 1));
  }

  /** Adds what was seen to the nodes, and begins again. */
  handOver(): void {
    for (const [view, sums] of this.#sums.entries()) {
      const events = sums[0] ?? 0;
      for (const [at, node] of this.#nodes.entries()) node.addWhole(view, 0, { events, expected: sums[at + 1] ?? 0 });
      sums.fill(0);
    }
  }
}

import { BIN_COUNT } from "./age-bins.ts";
import { addCount, addSum, type CountSum, countSum, type NightSums, STRIDE } from "./night-sums.ts";
import { type LevelCounts, shrinkBin } from "./resolve-lane.ts";

/** Where a level's counts stand: the table of each view, and the key. */
export interface LevelRow {
  tables: readonly string[];
  key: string;
}

interface LaneStart {
  /** The level that this one shrinks to; null: it is the coarsest. */
  above: LaneNode | null;
  /** The rates before anything is known, of the coarsest level. */
  base: Float64Array | null;
  /** What is known of the level, by view; null where nothing is: then it has the rates of the one above. */
  counts: readonly (LevelCounts | null)[];
  row: LevelRow;
}

/**
 * A lane during a night, or one of the levels above it. Its rates are computed bin by bin when they are asked for: of most
 * lanes a night asks for one. What its parcels see is added to the lane alone; the levels above get the sum of it at last.
 */
export class LaneNode {
  readonly #above: LaneNode | null;
  readonly #base: Float64Array | null;
  readonly #counts: readonly (LevelCounts | null)[];
  readonly #row: LevelRow;
  /** Rates by view and bin, kept where other levels stand on them; NaN while not asked for. */
  #rates: Float64Array | null = null;
  /** As a sum of one view; the bins of the views come one after the other. */
  #sum: CountSum = [];

  constructor({ above, base, counts, row }: LaneStart) {
    this.#above = above;
    this.#base = base;
    this.#counts = counts;
    this.#row = row;
    above?.keepRates();
  }

  keepRates(): void {
    this.#rates ??= new Float64Array(this.#row.tables.length * BIN_COUNT).fill(NaN);
  }

  /** Events per day of age, as the night began. */
  rateOf(view: number, bin: number): number {
    const index = view * BIN_COUNT + bin;
    const kept = this.#rates?.[index];
    if (kept !== undefined && !Number.isNaN(kept)) return kept;
    const parent = (this.#base ? this.#base[bin] : this.#above?.rateOf(view, bin)) ?? 0;
    const counts = this.#counts[view];
    const rate = counts ? shrinkBin(parent, counts, bin) : parent;
    if (this.#rates) this.#rates[index] = rate;
    return rate;
  }

  add(view: number, bin: number, { events, exposure }: { events: number; exposure: number }): void {
    addCount(this.#sum, view * BIN_COUNT + bin, events, exposure);
  }

  /** Adds what was seen to the sums of a night and to the level above, and begins again. Lanes first, then what is above. */
  handOver(sums: NightSums): void {
    const [sum, { tables, key }] = [this.#sum, this.#row];
    if (sum.length === 0) return;
    for (let at = 0; at < sum.length; at += STRIDE) {
      const index = sum[at] ?? 0;
      const table = tables[Math.floor(index / BIN_COUNT)] ?? "";
      addCount(countSum(sums, table, key), index % BIN_COUNT, sum[at + 1] ?? 0, sum[at + 2] ?? 0);
    }
    if (this.#above) addSum(this.#above.#sum, sum);
    this.#sum = [];
  }
}

import { BIN_COUNT } from "./age-bins.ts";
import { addCount, type CountSum, countSum, type NightSums } from "./night-sums.ts";
import { type LevelCounts, shrinkBin } from "./resolve-lane.ts";

/** What a parcel's day adds to the levels of its lane. */
export interface LaneDay {
  bin: number;
  events: number;
  exposure: number;
}

/**
 * A lane during a night, or one of the levels above it. Its rates are computed bin by bin when they are asked for: of most
 * lanes a night asks for one.
 */
export class LaneNode {
  below: Map<string | null, LaneNode> | null = null;
  /** What is known of the level, by view; null where nothing is: then it has the rates of the one above. */
  readonly counts: (LevelCounts | null)[] = [];
  readonly #above: LaneNode | null;
  readonly #base: Float64Array | null;
  /** Rates by view and bin, kept where other levels stand on them; NaN while not asked for. */
  #rates: Float64Array | null = null;
  #learning: { sums: NightSums; tables: readonly string[]; key: string } | null = null;
  #sums: (CountSum | undefined)[] | null = null;

  /** `base`: the rates before anything is known, of the coarsest level; null: those of the level above. */
  constructor(above: LaneNode | null, base: Float64Array | null) {
    this.#above = above;
    this.#base = base;
  }

  /** From now on the level's own counts are added to the night's sums, under its key in the table of each view. */
  learnInto(sums: NightSums, tables: readonly string[], key: string): void {
    this.#learning = { sums, tables, key };
  }

  /** Events per day of age, as the night began. */
  rateOf(view: number, bin: number): number {
    const index = view * BIN_COUNT + bin;
    if (this.below) this.#rates ??= new Float64Array(this.counts.length * BIN_COUNT).fill(NaN);
    const kept = this.#rates?.[index];
    if (kept !== undefined && !Number.isNaN(kept)) return kept;
    const parent = this.#base ? this.#base[bin] : this.#above?.rateOf(view, bin);
    const counts = this.counts[view];
    const rate = counts ? shrinkBin(parent ?? 0, counts, bin) : (parent ?? 0);
    if (this.#rates) this.#rates[index] = rate;
    return rate;
  }

  /** Adds to this level and to all above it. */
  add(view: number, seen: LaneDay): void {
    this.#above?.add(view, seen);
    const learning = this.#learning;
    if (!learning) return;
    this.#sums ??= learning.tables.map(() => undefined);
    const sum = (this.#sums[view] ??= countSum(learning.sums, learning.tables[view] ?? "", learning.key));
    addCount(sum, seen.bin, seen.events, seen.exposure);
  }
}

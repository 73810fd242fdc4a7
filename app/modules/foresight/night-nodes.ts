import type { Day } from "./civil-day.ts";
import { slotKey, SLOTS } from "./factor-slots.ts";
import type { FactorSpec, LawState } from "./law.ts";
import { type CountSum, countSum, type NightSums, type RatioSum, ratioSum } from "./night-sums.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { type FactorKey, factorKeyOf, fillValues, shrinkLevel } from "./resolve-lane.ts";

/**
 * A lane during a night, or one of the levels above it: for each view its rates as the night began and the sums of its
 * levels so far. A level of which nothing is known has the rates of the one above, the same array.
 */
export interface LaneNode {
  views: readonly LaneNodeView[];
  below: Map<string | null, LaneNode> | null;
}

interface LaneNodeView {
  rates: Float64Array;
  sums: readonly CountSum[];
}

/** One key of a factor during a night, for each view: its values as the night began, and its sums by slot. */
export interface FactorNode {
  spec: FactorSpec;
  key: FactorKey;
  views: readonly FactorView[];
}

interface FactorView {
  values: Float64Array;
  sums: (SlotSums | undefined)[];
  table: string;
  learns: boolean;
}

/** Where a night adds what a factor's slot sees: its own row and its group's. */
export interface SlotSums {
  own: RatioSum;
  group: RatioSum | null;
}

/** Of a night that only passes, nothing has to be kept: with so many nodes it begins again. */
const MOST_KEPT = 4_000;

/**
 * Resolves every level and factor once a night, however many parcels share it: the memory of a night is that of its lanes.
 * Without sums nothing is learnt, and only so much is kept.
 */
export class NightNodes {
  #root: LaneNode;
  #kept = 0;
  readonly #factors: Map<string, FactorNode | null>[];
  readonly #state: LawState;
  readonly #sums: NightSums | null;
  readonly #day: Day;

  constructor(state: LawState, sums: NightSums | null, day: Day) {
    this.#state = state;
    this.#sums = sums;
    this.#day = day;
    this.#root = rootOf(state);
    this.#factors = state.spec.factors.map(() => new Map<string, FactorNode | null>());
  }

  lane(facts: ParcelFacts): LaneNode {
    if (!this.#sums && this.#kept > MOST_KEPT) this.#forget();
    const { levels } = this.#state.spec;
    let node = this.#root;
    for (let depth = 0; depth < levels.length; depth += 1) {
      const key = levels[depth]?.key(facts) ?? null;
      const below: Map<string | null, LaneNode> = (node.below ??= new Map());
      let next = below.get(key);
      if (!next) below.set(key, (next = this.#grow(node, { depth, key, facts })));
      node = next;
    }
    return node;
  }

  /** Null where the fact is not known, and where it changes nothing and nothing is learnt of it. */
  factor(index: number, facts: ParcelFacts): FactorNode | null {
    const [known, spec] = [this.#factors[index], this.#state.spec.factors[index]];
    const key = spec?.key(facts) ?? null;
    if (key === null || !known || !spec) return null;
    const node = known.get(key);
    if (node !== undefined) return node;
    const made = this.#resolveFactor(spec, facts);
    this.#kept += 1;
    known.set(key, made);
    return made;
  }

  /** The sums of a factor's slot, made when they are first added to; null in a view that does not have the factor. */
  sumsOf({ spec, key, views }: FactorNode, view: number, slot: number): SlotSums | null {
    const part = views[view];
    const sums = this.#sums;
    if (!part?.learns || !sums) return null;
    return (part.sums[slot] ??= {
      own: ratioSum(sums, part.table, slotKey(spec.by, key.key, slot)),
      group: key.group === null ? null : ratioSum(sums, part.table, slotKey(spec.by, key.group, slot)),
    });
  }

  #grow(above: LaneNode, { depth, key, facts }: { depth: number; key: string | null; facts: ParcelFacts }): LaneNode {
    const { views, levels, prior } = this.#state.spec;
    this.#kept += 1;
    const grown = views.map(({ name: view }, index): LaneNodeView => {
      const { rates: coarser, sums } = above.views[index] ?? NOTHING;
      const table = `${view}.${levels[depth]?.name}`;
      const rates = depth === 0 ? prior(facts).rates : coarser;
      if (key === null) return { rates, sums };
      return {
        rates: this.#isKnown(table, key) ? this.#shrunk(rates, { view, depth, key, facts }) : rates,
        sums: this.#sums ? [...sums, countSum(this.#sums, table, key)] : sums,
      };
    });
    return { views: grown, below: null };
  }

  #isKnown(table: string, key: string): boolean {
    const { cells, pool } = this.#state;
    return cells.get(table)?.has(key) === true || pool?.cells.get(table)?.has(key) === true;
  }

  #shrunk(rates: Float64Array, level: { view: string; depth: number; key: string; facts: ParcelFacts }): Float64Array {
    const own = rates.slice();
    shrinkLevel(own, this.#state, { ...level, day: this.#day });
    return own;
  }

  #resolveFactor(spec: FactorSpec, facts: ParcelFacts): FactorNode | null {
    const key = factorKeyOf(spec, facts);
    if (!key) return null;
    const views = this.#state.spec.views.map(({ name }): FactorView => {
      const table = `${name}.${spec.name}`;
      const values = this.#valuesOf(spec, { key, table });
      return { values, sums: [], table, learns: spec.view === undefined || spec.view === name };
    });
    if (!this.#sums && views.every(({ values }) => values === ONES)) return null;
    return { spec, key, views };
  }

  #valuesOf(spec: FactorSpec, { key, table }: { key: FactorKey; table: string }): Float64Array {
    const ratios = this.#state.ratios.get(table);
    if (!ratios || (!spec.by && !ratios.has(key.key))) return ONES;
    const values = new Float64Array(spec.by ? SLOTS : 1);
    fillValues(values, spec, { ratios, key, day: this.#day });
    return values;
  }

  #forget(): void {
    this.#root = rootOf(this.#state);
    for (const known of this.#factors) known.clear();
    this.#kept = 0;
  }
}

/** Of a factor of which nothing is known. */
const ONES = new Float64Array(SLOTS).fill(1);
const NOTHING: LaneNodeView = { rates: new Float64Array(), sums: [] };
const rootOf = ({ spec }: LawState): LaneNode => ({ views: spec.views.map(() => NOTHING), below: null });

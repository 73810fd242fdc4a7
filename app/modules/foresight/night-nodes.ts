import type { Day } from "./civil-day.ts";
import { slotKey, SLOTS } from "./factor-slots.ts";
import type { FactorSpec, LawState } from "./law.ts";
import { type CountSum, countSum, entry, type NightSums, type RatioSum, ratioSum } from "./night-sums.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { type FactorKey, fillValues, type LaneKeys, ratesOf } from "./resolve-lane.ts";

/** A lane during a night, for each view: its rates as the night began, and the sums of all its levels. */
export interface LaneNode {
  views: readonly { rates: Float64Array; sums: readonly CountSum[] }[];
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

/** Resolves every lane and factor once a night, however many parcels share it: the memory of a night is that of its lanes. */
export class NightNodes {
  readonly #lanes = new Map<string, LaneNode>();
  readonly #factors: Map<string, FactorNode>[];
  readonly #state: LawState;
  readonly #sums: NightSums;
  readonly #day: Day;

  constructor(state: LawState, sums: NightSums, day: Day) {
    this.#state = state;
    this.#sums = sums;
    this.#day = day;
    this.#factors = state.spec.factors.map(() => new Map<string, FactorNode>());
  }

  lane(facts: ParcelFacts, { levels }: LaneKeys): LaneNode {
    return entry(this.#lanes, levels.join("\n"), () => this.#resolveLane(facts, levels));
  }

  /** Null where the fact is not known. */
  factor(index: number, key: FactorKey | null): FactorNode | null {
    const [known, spec] = [this.#factors[index], this.#state.spec.factors[index]];
    if (!key || !known || !spec) return null;
    return entry(known, key.key, () => this.#resolveFactor(spec, key));
  }

  /** The sums of a factor's slot, made when they are first added to; null in a view that does not have the factor. */
  sumsOf({ spec, key, views }: FactorNode, view: number, slot: number): SlotSums | null {
    const part = views[view];
    if (!part?.learns) return null;
    return (part.sums[slot] ??= {
      own: ratioSum(this.#sums, part.table, slotKey(spec.by, key.key, slot)),
      group: key.group === null ? null : ratioSum(this.#sums, part.table, slotKey(spec.by, key.group, slot)),
    });
  }

  #resolveLane(facts: ParcelFacts, levels: LaneKeys["levels"]): LaneNode {
    const { views, levels: specs } = this.#state.spec;
    return {
      views: views.map(({ name }) => ({
        rates: ratesOf(this.#state, facts, { view: name, keys: levels, day: this.#day }),
        sums: specs.flatMap((level, depth) => {
          const key = levels[depth];
          return key ? [countSum(this.#sums, `${name}.${level.name}`, key)] : [];
        }),
      })),
    };
  }

  #resolveFactor(spec: FactorSpec, key: FactorKey): FactorNode {
    const views = this.#state.spec.views.map(({ name }) => {
      const table = `${name}.${spec.name}`;
      const values = new Float64Array(spec.by ? SLOTS : 1);
      fillValues(values, spec, { ratios: this.#state.ratios.get(table), key, day: this.#day });
      return { values, sums: [], table, learns: spec.view === undefined || spec.view === name };
    });
    return { spec, key, views };
  }
}

import type { Day } from "./civil-day.ts";
import { FactorBook } from "./factor-book.ts";
import { SLOTS } from "./factor-slots.ts";
import type { FactorSpec, LawState } from "./law.ts";
import { entry } from "./night-sums.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { factorKeyOf, factorValues, type Lane, shrinkLevel } from "./resolve-lane.ts";

/** One level of one chain: its rates in each view, and the levels below it that were asked for. */
interface Branch {
  rates: readonly Float64Array[];
  below: Map<string, Branch>;
}

/** So many branches and factor values are kept, some 30 MB at most; then it begins again. */
const MOST_KEPT = 32_000;

/**
 * The law as it stands at the end of a day, read once for each level and factor however many parcels share it: a new
 * postcode costs its own level and not the chain above it. It must not outlive a night's learning.
 */
export class LaneMemory {
  readonly #state: LawState;
  readonly #day: Day;
  readonly #roots = new Map<string, Branch>();
  readonly #factors: readonly FactorBook<readonly Float64Array[]>[];
  readonly #ones: Float64Array;
  #kept = 0;

  constructor(state: LawState, day: Day) {
    this.#state = state;
    this.#day = day;
    this.#factors = state.spec.factors.map(() => new FactorBook());
    this.#ones = new Float64Array(state.spec.factors.length * SLOTS).fill(1);
  }

  /** The same lane as `resolveLane`; its arrays are shared and must not be changed. */
  resolve(facts: ParcelFacts): Lane {
    if (this.#kept > MOST_KEPT) this.#forget();
    const rates = this.#ratesOf(facts);
    const factors = this.#factorsOf(facts);
    return { views: rates.map((own, view) => ({ rates: own, factors: factors[view] ?? new Float64Array() })) };
  }

  #ratesOf(facts: ParcelFacts): readonly Float64Array[] {
    const { views, levels, prefix } = this.#state.spec;
    const start = prefix(facts);
    let branches = this.#roots;
    let rates: readonly Float64Array[] | null = null;
    for (let depth = 0; depth < levels.length; depth += 1) {
      const key = levels[depth]?.key(facts, start) ?? null;
      if (key === null) continue;
      const above: readonly Float64Array[] | null = rates;
      const branch: Branch = entry(branches, key, () => this.#grow(above, { depth, key, facts }));
      branches = branch.below;
      rates = branch.rates;
    }
    return rates ?? views.map(() => this.#state.spec.prior(facts).rates);
  }

  #grow(
    above: readonly Float64Array[] | null,
    { depth, key, facts }: { depth: number; key: string; facts: ParcelFacts },
  ): Branch {
    this.#kept += 1;
    const { views, prior } = this.#state.spec;
    const rates = views.map(({ name: view }, index) => {
      const own = above?.[index]?.slice() ?? prior(facts).rates;
      shrinkLevel(own, this.#state, { view, depth, key, day: this.#day, facts });
      return own;
    });
    return { rates, below: new Map() };
  }

  #factorsOf(facts: ParcelFacts): readonly Float64Array[] {
    const { factors: specs, views } = this.#state.spec;
    const values = views.map(() => this.#ones.slice());
    for (let index = 0; index < specs.length; index += 1) {
      const spec = specs[index];
      const known = this.#factors[index];
      const key = spec?.key(facts) ?? null;
      if (!spec || !known || key === null) continue;
      const read = known.get(key, spec.group(facts)) ?? this.#readFactor(index, spec, facts);
      if (read === null) continue;
      for (let view = 0; view < values.length; view += 1) {
        const [own, value] = [values[view], read[view]];
        if (!own || !value) continue;
        if (spec.by) own.set(value, index * SLOTS);
        else own[index * SLOTS] = value[0] ?? 1;
      }
    }
    return values;
  }

  #readFactor(index: number, spec: FactorSpec, facts: ParcelFacts): readonly Float64Array[] | null {
    const [own, group] = [spec.key(facts), spec.group(facts)];
    if (own === null) return null;
    const key = factorKeyOf(own, group);
    const read = this.#state.spec.views.map(({ name }) => {
      return Float64Array.from(
        factorValues(spec, { state: this.#state, table: `${name}.${spec.name}`, key, day: this.#day }),
      );
    });
    this.#kept += 1;
    this.#factors[index]?.set(own, group, read);
    return read;
  }

  #forget(): void {
    this.#roots.clear();
    for (const known of this.#factors) known.clear();
    this.#kept = 0;
  }
}

import type { Day } from "./civil-day.ts";
import { FactorBook } from "./factor-book.ts";
import { SLOTS } from "./factor-slots.ts";
import type { FactorSpec, LawState } from "./law.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { factorKeyOf, factorValues, ONE, shrinkLevel } from "./resolve-lane.ts";

/** A lane as a forecast walks along it. */
export interface KnownLane {
  views: readonly KnownView[];
}

export interface KnownView {
  /** Events per day of age, by age bin. Shared: it must not be changed. */
  rates: Float64Array;
  /** Logarithm of each factor's value, `SLOTS` to a factor. */
  logs: readonly number[];
}

/** One level of one chain: its rates in each view, and the levels below it that were asked for. */
interface Branch {
  rates: readonly Float64Array[];
  /** The factors that all its parcels have in common, as `KnownView.logs`; null while it is no parcel's last level. */
  logs: readonly (readonly number[])[] | null;
  below: Map<string, Branch>;
}

/** Logarithms of a factor's values, by view; null where they are all nothing. */
type FactorLogs = readonly (readonly number[])[] | null;

/** So many branches and factor values are kept, some 30 MB at most; then it begins again. */
const MOST_KEPT = 32_000;

/**
 * The law as it stands at the end of a day, read once for each level and factor however many parcels share it: a new
 * postcode costs its own level and not the chain above it. It must not outlive a night's learning.
 */
export class LaneMemory {
  readonly #state: LawState;
  readonly #day: Day;
  #root: Branch;
  readonly #factors: readonly FactorBook<FactorLogs>[];
  readonly #nothing: readonly number[];
  #kept = 0;

  constructor(state: LawState, day: Day) {
    this.#state = state;
    this.#day = day;
    this.#root = openBranch([]);
    this.#factors = state.spec.factors.map(() => new FactorBook());
    this.#nothing = Array<number>(state.spec.factors.length * SLOTS).fill(0);
  }

  /** The same lane as `resolveLane`. */
  resolve(facts: ParcelFacts): KnownLane {
    if (this.#kept > MOST_KEPT) this.#forget();
    const { factors, views, prior } = this.#state.spec;
    const branch = this.#branchOf(facts);
    const { rates } = branch;
    branch.logs ??= this.#sharedLogs(facts);
    const logs = branch.logs.map((own) => own.slice());
    for (let index = 0; index < factors.length; index += 1)
      if (factors[index]?.of !== "lane") this.#writeFactor(logs, index, facts);
    return { views: views.map((_, view) => ({ rates: rates[view] ?? prior(facts).rates, logs: logs[view] ?? [] })) };
  }

  #branchOf(facts: ParcelFacts): Branch {
    const { levels, prefix } = this.#state.spec;
    const start = prefix(facts);
    let branch = this.#root;
    for (let depth = 0; depth < levels.length; depth += 1) {
      const level = levels[depth];
      // A row has the whole key; of its neighbours in the tree it differs by the tail.
      const step = (level?.tail ? level.tail(facts) : level?.key(facts, start)) ?? null;
      if (step === null) continue;
      let next = branch.below.get(step);
      if (!next) {
        const key = level?.key(facts, start) ?? step;
        branch.below.set(step, (next = this.#grow(branch.rates, { depth, key, facts })));
      }
      branch = next;
    }
    return branch;
  }

  #grow(
    above: readonly Float64Array[],
    { depth, key, facts }: { depth: number; key: string; facts: ParcelFacts },
  ): Branch {
    this.#kept += 1;
    const { views, prior } = this.#state.spec;
    const rates = views.map(({ name: view }, index) => {
      const own = above[index]?.slice() ?? prior(facts).rates;
      shrinkLevel(own, this.#state, { view, depth, key, day: this.#day, facts });
      return own;
    });
    return openBranch(rates);
  }

  #sharedLogs(facts: ParcelFacts): readonly (readonly number[])[] {
    const { factors, views } = this.#state.spec;
    const logs = views.map(() => this.#nothing.slice());
    for (const [index, { of }] of factors.entries()) if (of === "lane") this.#writeFactor(logs, index, facts);
    return logs;
  }

  #writeFactor(logs: readonly number[][], index: number, facts: ParcelFacts): void {
    const [spec, known] = [this.#state.spec.factors[index], this.#factors[index]];
    const key = spec?.key(facts) ?? null;
    if (!spec || !known || key === null) return;
    const group = spec.group(facts);
    let read = known.get(key, group);
    if (read === undefined) known.set(key, group, (read = this.#readFactor(spec, key, group)));
    if (read === null) return;
    for (let view = 0; view < logs.length; view += 1) {
      const [own, values] = [logs[view] ?? [], read[view] ?? []];
      for (let slot = 0; slot < values.length; slot += 1) own[index * SLOTS + slot] = values[slot] ?? 0;
    }
  }

  #readFactor(spec: FactorSpec, key: string, group: string | null): FactorLogs {
    this.#kept += 1;
    const row = factorKeyOf(key, group);
    const values = this.#state.spec.views.map(({ name }) =>
      factorValues(spec, { state: this.#state, table: `${name}.${spec.name}`, key: row, day: this.#day }),
    );
    return values.every((own) => own === ONE) ? null : values.map((own) => own.map(Math.log));
  }

  #forget(): void {
    this.#root = openBranch([]);
    for (const known of this.#factors) known.clear();
    this.#kept = 0;
  }
}

const openBranch = (rates: readonly Float64Array[]): Branch => ({ rates, logs: null, below: new Map() });

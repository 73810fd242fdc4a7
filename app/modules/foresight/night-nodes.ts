import type { Day } from "./civil-day.ts";
import { type FactorRow, FactorSet } from "./factor-set.ts";
import { FactorTable, NO_ROW } from "./factor-table.ts";
import type { LaneNode } from "./lane-node.ts";
import { LaneTree } from "./lane-tree.ts";
import type { LawState } from "./law.ts";
import { entry, type NightSums, openSums } from "./night-sums.ts";
import type { ParcelFacts, Stage } from "./parcel-facts.ts";

/** The factors that act on a parcel. */
export interface ParcelFactors {
  sets: readonly FactorSet[];
  /** Those that it shares with neither its way nor its kind, without slots. */
  plain: readonly FactorRow[];
  /** And with them. */
  slotted: readonly FactorRow[];
}

/** What parcels of one way have in common, whoever bought them: a lookup for each of them, and one for each stage. */
interface Way {
  lanes: Map<Stage, LaneNode>;
  factors: FactorSet;
}

/** What a parcel has in common with itself in another stage. */
interface LastParcel {
  facts: ParcelFacts;
  way: Way;
  factors: ParcelFactors | null;
}

/** With so many levels and factors a night begins again, some 300 MB at most; one that only passes keeps nothing worth it. */
const MOST_KEPT = { learning: 400_000, passing: 4_000 } as const;

/**
 * Resolves every level and factor once a night, however many parcels share it: the memory of a night is that of its lanes.
 * A night that only passes hands nothing over.
 */
export class NightNodes {
  #lanes: LaneTree;
  /** The parcel that was asked about last: it is learnt from in every stage it has come to, one after the other. */
  #last: LastParcel | null = null;
  #sums: NightSums = openSums();
  #sets: FactorSet[] = [];
  readonly #ways = new Map<string, Way>();
  readonly #kinds = new Map<string, FactorSet>();
  readonly #factors: readonly FactorTable[];
  /** Those that are looked up parcel by parcel. */
  readonly #single: readonly FactorTable[];
  readonly #hasKinds: boolean;
  readonly #state: LawState;
  readonly #day: Day;
  readonly #learns: boolean;

  constructor(state: LawState, day: Day, { learns }: { learns: boolean }) {
    this.#state = state;
    this.#day = day;
    this.#learns = learns;
    this.#lanes = new LaneTree(state, day);
    this.#factors = state.spec.factors.map((spec) => new FactorTable(spec, { state, day }));
    this.#single = this.#factors.filter(({ spec }) => !spec.of);
    this.#hasKinds = this.#factors.some(({ spec }) => spec.of === "kind");
  }

  lane(facts: ParcelFacts): LaneNode {
    const { lanes } = this.#parcelOf(facts).way;
    return lanes.get(facts.stage) ?? entry(lanes, facts.stage, () => this.#lanes.laneOf(facts));
  }

  /** The factors that act on a parcel: not those of which a fact is not known. */
  factorsOf(facts: ParcelFacts): ParcelFactors {
    const last = this.#parcelOf(facts);
    if (last.factors && this.#state.spec.stagesShareFactors) return last.factors;
    const kind = this.#kindOf(facts);
    const [plain, slotted]: [FactorRow[], FactorRow[]] = [[], []];
    for (const table of this.#single) {
      const row = table.rowOf(facts);
      if (row !== NO_ROW) (table.spec.by ? slotted : plain).push({ table, row });
    }
    return (last.factors = { sets: kind ? [last.way.factors, kind] : [last.way.factors], plain, slotted });
  }

  /** What was added since the last time: sums of parcels, whose order does not matter. */
  take(): NightSums {
    this.#gather();
    const sums = this.#sums;
    this.#sums = openSums();
    return sums;
  }

  /** The sums so far, for what has neither lane nor factor. */
  get sums(): NightSums {
    return this.#sums;
  }

  #gather(): void {
    for (const set of this.#sets) set.handOver();
    for (const table of this.#factors) table.handOver(this.#sums);
    this.#lanes.handOver(this.#sums);
  }

  #parcelOf(facts: ParcelFacts): LastParcel {
    if (this.#last && isSameParcel(this.#last.facts, facts)) return this.#last;
    // Between two parcels: what one adds to must not go before it has.
    if (this.#size() > (this.#learns ? MOST_KEPT.learning : MOST_KEPT.passing)) this.#forget();
    const name = this.#state.spec.way(facts);
    const way = this.#ways.get(name) ?? entry(this.#ways, name, () => this.#openWay(facts));
    return (this.#last = { facts, way, factors: null });
  }

  #openWay(facts: ParcelFacts): Way {
    return { lanes: new Map(), factors: this.#openSet("lane", facts) };
  }

  #kindOf(facts: ParcelFacts): FactorSet | null {
    if (!this.#hasKinds) return null;
    const name = this.#state.spec.kind(facts);
    return this.#kinds.get(name) ?? entry(this.#kinds, name, () => this.#openSet("kind", facts));
  }

  #openSet(of: "lane" | "kind", facts: ParcelFacts): FactorSet {
    const rows = this.#factors
      .filter(({ spec }) => spec.of === of)
      .map((table) => ({ table, row: table.rowOf(facts) }))
      .filter(({ row }) => row !== NO_ROW);
    const made = new FactorSet(rows, this.#state.spec.views.length);
    this.#sets.push(made);
    return made;
  }

  #size(): number {
    let size = this.#lanes.size + this.#sets.length;
    for (const table of this.#factors) size += table.size;
    return size;
  }

  #forget(): void {
    if (this.#learns) this.#gather();
    this.#lanes = new LaneTree(this.#state, this.#day);
    this.#last = null;
    this.#ways.clear();
    this.#kinds.clear();
    this.#sets = [];
    for (const table of this.#factors) table.clear();
  }
}

/** Whether two sets of facts differ in their stage at most. */
function isSameParcel(one: ParcelFacts, other: ParcelFacts): boolean {
  return (
    one.destination === other.destination &&
    one.origin === other.origin &&
    one.carrier === other.carrier &&
    one.service === other.service &&
    one.shipFrom === other.shipFrom &&
    one.shippingOption === other.shippingOption &&
    one.items === other.items &&
    one.distanceKm === other.distanceKm &&
    one.carrierDay === other.carrierDay
  );
}

import type { Day } from "./civil-day.ts";
import { FactorBook } from "./factor-book.ts";
import { FactorNode } from "./factor-node.ts";
import { FactorSet } from "./factor-set.ts";
import type { LaneNode } from "./lane-node.ts";
import { LaneTree, type Path } from "./lane-tree.ts";
import type { FactorSpec, LawState } from "./law.ts";
import { type NightSums, openSums } from "./night-sums.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { factorKeyOf, factorValues, ONE } from "./resolve-lane.ts";

export type NightFactor = FactorNode | FactorSet;

/** What a parcel has in common with itself in another stage. */
interface LastParcel {
  facts: ParcelFacts;
  path: Path;
  factors: readonly NightFactor[] | null;
}

/** One factor during a night: its tables by view, and the keys that were asked for. */
interface FactorTable {
  spec: FactorSpec;
  names: readonly string[];
  /** Null for the views that do not have the factor. */
  tables: readonly (string | null)[];
  nodes: FactorBook<FactorNode | null>;
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
  #nodes: NightFactor[] = [];
  /** Factors resolved so far. */
  #resolved = 0;
  readonly #factors: readonly FactorTable[];
  readonly #state: LawState;
  readonly #day: Day;
  readonly #learns: boolean;

  constructor(state: LawState, day: Day, { learns }: { learns: boolean }) {
    this.#state = state;
    this.#day = day;
    this.#learns = learns;
    this.#lanes = new LaneTree(state, day);
    this.#factors = state.spec.factors.map((spec) => openTable(spec, state));
  }

  lane(facts: ParcelFacts): LaneNode {
    const most = this.#learns ? MOST_KEPT.learning : MOST_KEPT.passing;
    if (this.#lanes.size + this.#resolved > most) this.#forget();
    return this.#lanes.laneOf(this.#parcelOf(facts).path, facts);
  }

  /** The factors that act on a parcel: not those of which a fact is not known, nor those that change and learn nothing. */
  factorsOf(facts: ParcelFacts): readonly NightFactor[] {
    const last = this.#parcelOf(facts);
    if (last.factors && this.#state.spec.stagesShareFactors) return last.factors;
    const factors: NightFactor[] = [this.#setOf(last.path, facts)];
    for (const table of this.#factors) {
      const node = table.spec.ofLane ? null : this.#factor(table, facts);
      if (node) factors.push(node);
    }
    return (last.factors = factors);
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
    // Sets were made after the nodes that they add to.
    for (let at = this.#nodes.length - 1; at >= 0; at -= 1) this.#nodes[at]?.handOver(this.#sums);
    this.#lanes.handOver(this.#sums);
  }

  #parcelOf(facts: ParcelFacts): LastParcel {
    if (this.#last && isSameParcel(this.#last.facts, facts)) return this.#last;
    return (this.#last = { facts, path: this.#lanes.pathOf(facts), factors: null });
  }

  #setOf(path: Path, facts: ParcelFacts): FactorSet {
    const carrier = facts.carrier ?? "?";
    const known = path.factors.get(carrier);
    if (known) return known;
    const nodes = this.#factors.flatMap((table) => (table.spec.ofLane ? (this.#factor(table, facts) ?? []) : []));
    const made = new FactorSet(nodes, this.#state.spec.views.length);
    path.factors.set(carrier, made);
    this.#nodes.push(made);
    return made;
  }

  #factor({ spec, names, tables, nodes }: FactorTable, facts: ParcelFacts): FactorNode | null {
    const key = spec.key(facts);
    if (key === null) return null;
    const group = spec.group(facts);
    const known = nodes.get(key, group);
    if (known !== undefined) return known;
    const row = factorKeyOf(key, group);
    const values = names.map((table) => factorValues(spec, { state: this.#state, table, key: row, day: this.#day }));
    const usual = !this.#learns && values.every((value) => value === ONE);
    const made = usual ? null : new FactorNode({ spec, key: row, tables, values });
    nodes.set(key, group, made);
    this.#resolved += 1;
    if (made) this.#nodes.push(made);
    return made;
  }

  #forget(): void {
    if (this.#learns) this.#gather();
    this.#lanes = new LaneTree(this.#state, this.#day);
    this.#last = null;
    this.#nodes = [];
    this.#resolved = 0;
    for (const { nodes } of this.#factors) nodes.clear();
  }
}

function openTable(spec: FactorSpec, { spec: { views } }: LawState): FactorTable {
  const names = views.map(({ name }) => `${name}.${spec.name}`);
  const tables = views.map(({ name }, view) =>
    spec.view === undefined || spec.view === name ? (names[view] ?? null) : null,
  );
  return { spec, names, tables, nodes: new FactorBook() };
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

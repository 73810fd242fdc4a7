import type { Day } from "./civil-day.ts";
import { SLOTS } from "./factor-slots.ts";
import type { FactorSpec, LawState } from "./law.ts";
import { LaneNode } from "./lane-node.ts";
import { FactorNode, openTable, type FactorTable } from "./factor-node.ts";
import type { NightSums } from "./night-sums.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { factorKeyOf, fillValues, levelCounts } from "./resolve-lane.ts";

/** What a parcel has in common with itself in another stage. */
interface LastParcel {
  facts: ParcelFacts;
  tails: readonly (string | null)[];
  nodes: readonly FactorNode[] | null;
}

/** Of a night that only passes, nothing has to be kept: with so many nodes it begins again. */
const MOST_KEPT = 4_000;

/**
 * Resolves every level and factor once a night, however many parcels share it: the memory of a night is that of its lanes.
 * Without sums nothing is learnt, and only so much is kept.
 */
export class NightNodes {
  #root = new LaneNode(null, null);
  #kept = 0;
  /** The parcel that was asked about last: it is learnt from in every stage it has come to, one after the other. */
  #last: LastParcel | null = null;
  readonly #factors: readonly FactorTable[];
  readonly #levels: readonly string[][];
  readonly #state: LawState;
  readonly #sums: NightSums | null;
  readonly #day: Day;

  constructor(state: LawState, sums: NightSums | null, day: Day) {
    this.#state = state;
    this.#sums = sums;
    this.#day = day;
    const views = state.spec.views.map(({ name }) => name);
    this.#levels = state.spec.levels.map(({ name }) => views.map((view) => `${view}.${name}`));
    this.#factors = state.spec.factors.map((spec) => openTable(spec, views, sums));
  }

  lane(facts: ParcelFacts): LaneNode {
    if (!this.#sums && this.#kept > MOST_KEPT) this.#forget();
    const { levels, prefix } = this.#state.spec;
    const start = prefix(facts);
    const { tails } = this.#parcelOf(facts);
    let node = this.#root;
    for (let depth = 0; depth < levels.length; depth += 1) {
      const level = levels[depth];
      // A row has the whole key; of its neighbours in the tree it differs by the tail.
      const step = (level?.tail ? tails[depth] : level?.key(facts, start)) ?? null;
      const below: Map<string | null, LaneNode> = (node.below ??= new Map());
      let next = below.get(step);
      if (!next) {
        const key = step === null ? null : (level?.key(facts, start) ?? null);
        below.set(step, (next = this.#grow(node, { depth, key, facts })));
      }
      node = next;
    }
    return node;
  }

  /** The factors that act on a parcel: not those of which a fact is not known, nor those that change and learn nothing. */
  factorsOf(facts: ParcelFacts): readonly FactorNode[] {
    const last = this.#parcelOf(facts);
    if (last.nodes && this.#state.spec.stagesShareFactors) return last.nodes;
    const nodes: FactorNode[] = [];
    for (const table of this.#factors) {
      const node = this.#factor(table, facts);
      if (node) nodes.push(node);
    }
    last.nodes = nodes;
    return nodes;
  }

  #parcelOf(facts: ParcelFacts): LastParcel {
    if (this.#last && isSameParcel(this.#last.facts, facts)) return this.#last;
    const tails = this.#state.spec.levels.map((level) => level.tail?.(facts) ?? null);
    return (this.#last = { facts, tails, nodes: null });
  }

  #factor(table: FactorTable, facts: ParcelFacts): FactorNode | null {
    const key = table.spec.key(facts);
    if (key === null) return null;
    const group = table.spec.group(facts);
    const known = table.nodes.get(key, group);
    if (known !== undefined) return known;
    const made = this.#resolveFactor(table, facts);
    this.#kept += 1;
    table.nodes.set(key, group, made);
    return made;
  }

  #grow(above: LaneNode, { depth, key, facts }: { depth: number; key: string | null; facts: ParcelFacts }): LaneNode {
    this.#kept += 1;
    const node = new LaneNode(above, depth === 0 ? this.#state.spec.prior(facts).rates : null);
    if (key === null) return node;
    for (const [view, table] of (this.#levels[depth] ?? []).entries())
      node.counts[view] = levelCounts(this.#state, { table, depth, key, day: this.#day, facts });
    if (this.#sums) node.learnInto(this.#sums, this.#levels[depth] ?? [], key);
    return node;
  }

  #resolveFactor(table: FactorTable, facts: ParcelFacts): FactorNode | null {
    const key = factorKeyOf(table.spec, facts);
    if (!key) return null;
    const values = table.names.map((name) => this.#valuesOf(table.spec, { key, name }));
    if (!this.#sums && values.every((value) => value === ONES)) return null;
    return new FactorNode(table, key, values);
  }

  #valuesOf(
    spec: FactorSpec,
    { key, name }: { key: NonNullable<ReturnType<typeof factorKeyOf>>; name: string },
  ): Float64Array {
    const { ratios, pool } = this.#state;
    const [own, pooled] = [ratios.get(name), pool?.ratios.get(name)];
    const known = spec.by ? (own ?? pooled) !== undefined : own?.has(key.key) === true || pooled?.has(key.key) === true;
    if (!known) return ONES;
    const values = new Float64Array(spec.by ? SLOTS : 1);
    fillValues(values, spec, { state: this.#state, table: name, key, day: this.#day });
    return values;
  }

  #forget(): void {
    this.#root = new LaneNode(null, null);
    this.#last = null;
    for (const { nodes } of this.#factors) nodes.clear();
    this.#kept = 0;
  }
}

/** Of a factor of which nothing is known. */
const ONES = new Float64Array(SLOTS).fill(1);

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

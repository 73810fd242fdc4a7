import type { Day } from "./civil-day.ts";
import { LaneNode } from "./lane-node.ts";
import type { LawState, LevelSpec } from "./law.ts";
import { entry, type NightSums } from "./night-sums.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import { levelCounts } from "./resolve-lane.ts";

/** What parcels of one way have in common, whoever carries them and however far they have come. */
interface Path {
  above: Path | null;
  depth: number;
  tail: string | null;
  below: Map<string | null, Path>;
  /** By the prefix of their keys. */
  lanes: Map<string, LaneNode>;
}

/**
 * The lanes of a night: each level resolved once, however many parcels share it. A parcel looks its path up once, and under
 * it one lane for each stage it has come to.
 */
export class LaneTree {
  /** Levels and paths made so far. */
  size = 0;
  readonly #state: LawState;
  readonly #day: Day;
  readonly #tables: readonly (readonly string[])[];
  /** The levels whose keys have tails come last. */
  readonly #trunkLevels: number;
  readonly #trunk = new Map<string, LaneNode>();
  readonly #root: Path;
  /** In the order in which they were made: what is above comes first. */
  readonly #nodes: LaneNode[] = [];

  constructor(state: LawState, day: Day) {
    const { levels, views } = state.spec;
    this.#state = state;
    this.#day = day;
    this.#tables = levels.map(({ name }) => views.map((view) => `${view.name}.${name}`));
    this.#trunkLevels = levels.filter(({ tail }) => !tail).length;
    this.#root = openPath(null, this.#trunkLevels - 1, null);
  }

  #pathOf(facts: ParcelFacts): Path {
    const { levels } = this.#state.spec;
    let path = this.#root;
    for (let depth = this.#trunkLevels; depth < levels.length; depth += 1) {
      const tail = levels[depth]?.tail?.(facts) ?? null;
      let next = path.below.get(tail);
      if (!next) {
        path.below.set(tail, (next = openPath(path, depth, tail)));
        this.size += 1;
      }
      path = next;
    }
    return path;
  }

  /** The lane of a parcel in its stage. */
  laneOf(facts: ParcelFacts): LaneNode {
    const path = this.#pathOf(facts);
    const prefix = this.#state.spec.prefix(facts);
    return path.lanes.get(prefix) ?? this.#openLane(path, prefix, facts);
  }

  /** Adds what all lanes saw to the sums of a night; they begin again. */
  handOver(sums: NightSums): void {
    for (let at = this.#nodes.length - 1; at >= 0; at -= 1) this.#nodes[at]?.handOver(sums);
  }

  #openLane(path: Path, prefix: string, facts: ParcelFacts): LaneNode {
    const { above, depth, tail } = path;
    const parent = above ? (above.lanes.get(prefix) ?? this.#openLane(above, prefix, facts)) : null;
    const lane = parent ? this.#branch(parent, { depth, tail, prefix, facts }) : this.#trunkOf(prefix, facts);
    path.lanes.set(prefix, lane);
    return lane;
  }

  /** Where a fact is not known, the level is left out. */
  #branch(above: LaneNode, { tail, ...level }: LevelOf & { tail: string | null }): LaneNode {
    return tail === null ? above : this.#grow(above, level);
  }

  #trunkOf(prefix: string, facts: ParcelFacts): LaneNode {
    let node = this.#grown(null, { depth: 0, prefix, facts });
    for (let depth = 1; depth < this.#trunkLevels; depth += 1) {
      const level = this.#state.spec.levels[depth];
      if (level && level.key(facts, prefix) !== null) node = this.#grown(node, { depth, prefix, facts });
    }
    return node;
  }

  #grown(above: LaneNode | null, level: LevelOf): LaneNode {
    const name = `${level.depth}|${keyOf(this.#state.spec.levels[level.depth], level)}`;
    return entry(this.#trunk, name, () => this.#grow(above, level));
  }

  #grow(above: LaneNode | null, { depth, prefix, facts }: LevelOf): LaneNode {
    const state = this.#state;
    const [tables, key] = [this.#tables[depth] ?? [], keyOf(state.spec.levels[depth], { prefix, facts })];
    const counts = tables.map((table) => levelCounts(state, { table, depth, key, day: this.#day, facts }));
    const base = above ? null : state.spec.prior(facts).rates;
    const node = new LaneNode({ above, base, counts, row: { tables, key } });
    this.size += 1;
    this.#nodes.push(node);
    return node;
  }
}

interface LevelOf {
  depth: number;
  prefix: string;
  facts: ParcelFacts;
}

const keyOf = (level: LevelSpec | undefined, { prefix, facts }: Omit<LevelOf, "depth">): string =>
  level?.key(facts, prefix) ?? "";

const openPath = (above: Path | null, depth: number, tail: string | null): Path => {
  return { above, depth, tail, below: new Map(), lanes: new Map() };
};

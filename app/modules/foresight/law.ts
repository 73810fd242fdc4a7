import type { Day } from "./civil-day.ts";
import type { ParcelFacts } from "./parcel-facts.ts";

/**
 * A law of waiting times: how long until a parcel is delivered, until the next scan, until a label is accepted.
 * One machine learns them all: a hazard by age, in tables that shrink to their parents, times factors that move faster.
 * Source: foresight method, sections 3 and 5.
 */
export interface LawSpec {
  name: string;
  /** From the coarsest to the finest; each shrinks to the one before. Those with a tail come last. */
  levels: readonly LevelSpec[];
  /** What the keys of the finer levels begin with: computed once for all of them. It tells those of the others as well. */
  prefix(facts: ParcelFacts): string;
  /** Whatever the levels and the factors of a lane ask for, but the stage: parcels of one way have them all in common. */
  way(facts: ParcelFacts): string;
  /** Whatever the factors of a kind ask for. */
  kind(facts: ParcelFacts): string;
  factors: readonly FactorSpec[];
  /** No factor asks for the stage: a parcel has the same ones in all of them. */
  stagesShareFactors: boolean;
  views: readonly ViewSpec[];
  /** Half-life of the tables' counts, in days. */
  halfLife: number;
  /** Weight of the parent, in days of exposure per age bin. */
  shrinkage: number;
  /** Before anything is known: events per day of age by age bin, and what that is worth in days of exposure per bin. */
  prior(facts: ParcelFacts): { rates: Float64Array; weight: number };
  /** How much of a delivery day each weekday is, before anything is known; Sunday first. */
  weekdays: readonly number[];
  /** The same for a holiday, whatever the weekday. */
  holiday: number;
  /** Spread of what is common to all parcels and not known in advance: variance of a Gamma frailty on the hazard. */
  frailty: number;
  /**
   * What waits longer than all but this share of its like teaches nothing more: it is most likely lost, and would teach
   * that such waits are usual. 0: every wait teaches.
   */
  teachingTail: number;
}

export interface LevelSpec {
  name: string;
  /** Null when the facts are not known: the level is left out. */
  key(facts: ParcelFacts, prefix: string): string | null;
  /** Its counts may leave the shop: the key has nothing but carrier, service and countries. */
  pooled?: true;
  /** What its key has after the prefix, where that does not ask for the stage: a parcel's stages share it. */
  tail?(facts: ParcelFacts): string | null;
}

/** A level whose key is the prefix and a tail. */
export function levelUnder(name: string, tail: (facts: ParcelFacts) => string | null): LevelSpec {
  const key: LevelSpec["key"] = (facts, prefix) => {
    const end = tail(facts);
    return end === null ? null : `${prefix}|${end}`;
  };
  return { name, tail, key };
}

export interface FactorSpec {
  name: string;
  key(facts: ParcelFacts): string | null;
  /**
   * The parcels among whom the factor tells its own apart; null for the factor of a whole carrier. A key that is nearly
   * its whole group (the only location of a shop, the only option sold) says nothing, and would count one thing twice.
   */
  group(facts: ParcelFacts): string | null;
  /** In days. */
  halfLife: number;
  /** Pseudo-events that pull the factor to 1. */
  shrinkage: number;
  /** Days in which the factor fades by e over a forecast; 0 = it lasts. */
  fade: number;
  /** One factor for each age group, or for each day around the carrier's own date. */
  by?: "age" | "carrier_date";
  /** As of a level. */
  pooled?: true;
  /** Without slots, and it asks for nothing but what the law's `way` or `kind` tells: such parcels share it. */
  of?: "lane" | "kind";
  /** The only view that has it; all of them where it is not named. */
  view?: string;
}

/**
 * A way of counting age. `pace` 0: by the calendar alone; 1: a day in a network that runs at half speed is half a day.
 * A forecast is the mean of the views: jams that stop everybody and jams that thin the deliveries out look different.
 */
export interface ViewSpec {
  name: string;
  pace: number;
}

/** Which days are holidays at a place; injected, so that the calculations need no calendar library. */
export interface Holidays {
  isHoliday(country: string | null, region: string | null, day: Day): boolean;
}

export const NO_HOLIDAYS: Holidays = { isHoliday: () => false };

/** Decayed counts by age bin, as they stood at the end of `asOf`. */
export interface Cell {
  asOf: Day;
  events: Float64Array;
  exposure: Float64Array;
}

/** Decayed observed and expected events, as they stood at the end of `asOf`. */
export interface Ratio {
  asOf: Day;
  observed: number;
  expected: number;
}

/** Everything learnt about one law in one scope (a shop, or the pool of shops that consented). */
export interface LawState {
  spec: LawSpec;
  /** By `view.level`, then by key. */
  cells: Map<string, Map<string, Cell>>;
  /** By `view.factor`, then by key (and `#group` for factors by age). */
  ratios: Map<string, Map<string, Ratio>>;
  /** Counts of the pool: the parent of every table at the same level. Null when the shop learns alone. */
  pool: LawState | null;
}

export function emptyLaw(spec: LawSpec, pool: LawState | null = null): LawState {
  return { spec, cells: new Map(), ratios: new Map(), pool };
}

export function decay(days: number, halfLife: number): number {
  return days <= 0 ? 1 : 0.5 ** (days / halfLife);
}

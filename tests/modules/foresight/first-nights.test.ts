import { expect, test } from "vitest";
import { SLOTS } from "#app/modules/foresight/factor-slots.ts";
import { emptyLaw, type LawState, NO_HOLIDAYS } from "#app/modules/foresight/law.ts";
import { LaneMemory } from "#app/modules/foresight/lane-memory.ts";
import { toRows } from "#app/modules/foresight/law-rows.ts";
import { openNight } from "#app/modules/foresight/learn-night.ts";
import { NEWBORN, type ParcelFacts } from "#app/modules/foresight/parcel-facts.ts";
import { type Lane, resolveLane } from "#app/modules/foresight/resolve-lane.ts";
import { TRANSIT_LAW } from "#app/modules/foresight/transit-law.ts";
import { FIRST_DAY, parcelFacts } from "./simulated-lane.ts";

/** One night over the parcels in this order, some of them arriving. */
function passNight(state: LawState, day: number, parcels: readonly { facts: ParcelFacts; arrives: boolean }[]): void {
  const night = openNight(state, day, NO_HOLIDAYS);
  for (const { facts, arrives } of parcels) night.learn({ facts, clock: NEWBORN, happenedAt: arrives ? 14 : null });
  night.close();
}

/** The factors of the first view, each by its first value. */
const factorsOf = ({ views }: Lane): number[] =>
  [...(views[0]?.factors ?? [])].filter((_, index) => index % SLOTS === 0);

/** A postcode on a border: half of its parcels are said to go to one region, half to the other. */
function borderParcels() {
  const of = (region: string, zip: string) => parcelFacts({ destination: { country: "US", region, zip } });
  return Array.from({ length: 400 }, (_, index) => ({
    facts: of(index % 2 === 0 ? "NY" : "NJ", index % 5 === 0 ? "10003" : "07305"),
    arrives: index % 3 === 0 || index % 7 === 0,
  }));
}

const learnBorder = (order: <Item>(items: Item[]) => Item[]) => {
  const state = emptyLaw(TRANSIT_LAW);
  for (let night = 0; night < 6; night += 1) passNight(state, FIRST_DAY + night, order(borderParcels()));
  return state;
};

test("a postcode in two regions teaches the same in any order, and is read with each region's own group", () => {
  const state = learnBorder((items) => items);
  const backwards = learnBorder((items) => items.reverse());
  const sorted = ({ hazards, factors }: ReturnType<typeof toRows>) =>
    [...hazards, ...factors].map((row) => JSON.stringify(row)).sort();
  expect(sorted(toRows(backwards))).toEqual(sorted(toRows(state)));
  const [memory, swapped] = [new LaneMemory(state, FIRST_DAY + 6), new LaneMemory(state, FIRST_DAY + 6)];
  const lanes = borderParcels().slice(0, 6);
  const read = (from: LaneMemory, { facts }: (typeof lanes)[number]) =>
    (from.resolve(facts).views[0]?.logs ?? []).filter((_, index) => index % SLOTS === 0);
  const forwards = lanes.map((parcel) => read(memory, parcel));
  const other = [...lanes].reverse().map((parcel) => read(swapped, parcel));
  expect(other.reverse()).toEqual(forwards);
  const written = lanes.map(({ facts }) => factorsOf(resolveLane(state, facts, FIRST_DAY + 6)).map(Math.log));
  expect(forwards).toEqual(written);
});

test.each([
  ["far more than was thought", (index: number) => index % 10 !== 0],
  ["far fewer", (index: number) => index % 500 === 0],
])(
  "of a first huge night of which %s arrive the tables learn the level, and the factors hardly any of it",
  (_, when) => {
    const state = emptyLaw(TRANSIT_LAW);
    const parcels = Array.from({ length: 30_000 }, (_index, index) => ({ facts: parcelFacts(), arrives: when(index) }));
    // The day after the hand-over: on its own evening hardly anything arrives.
    passNight(state, FIRST_DAY + 1, parcels);
    const product = factorsOf(resolveLane(state, parcelFacts(), FIRST_DAY + 1)).reduce((all, one) => all * one);
    expect(product).toBeGreaterThan(0.5);
    expect(product).toBeLessThan(2);
  },
);

test("parcels of different published times share no table: not even where only the first day or what was measured differs", () => {
  const published = (standardFrom: number | null, onTime: ParcelFacts["onTime"] = null) =>
    parcelFacts({ standardDays: 5, standardFrom, onTime });
  const taught = emptyLaw(TRANSIT_LAW);
  // Hardly anything arrives, and all of it was to take from two to five days.
  for (let night = 1; night < 4; night += 1)
    passNight(
      taught,
      FIRST_DAY + night,
      Array.from({ length: 500 }, (_, index) => ({ facts: published(2), arrives: index % 100 === 0 })),
    );
  const ratesOf = (state: LawState, facts: ParcelFacts) => resolveLane(state, facts, FIRST_DAY + 4).views[0]?.rates;
  const untaught = emptyLaw(TRANSIT_LAW);
  expect(ratesOf(taught, published(2))).not.toEqual(ratesOf(untaught, published(2)));
  const measured = published(2, { early: null, byLast: 0.95 });
  for (const other of [published(1), published(null), measured])
    expect(ratesOf(taught, other)).toEqual(ratesOf(untaught, other));
});

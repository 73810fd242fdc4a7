import { beforeAll, describe, expect, test } from "vitest";
import { toRows } from "#app/modules/foresight/law-rows.ts";
import type { LawState } from "#app/modules/foresight/law.ts";
import { KNOWN_LANES } from "./known-lanes.ts";
import { FIRST_DAY, forecastAfter, learnLane, measureCoverage, simulateLane } from "./simulated-lane.ts";

const DAYS = 150;
const END = FIRST_DAY + DAYS;

describe.each(KNOWN_LANES)("a $name lane", ({ draw, survival }) => {
  const parcels = simulateLane({ draw, perDay: 120, days: DAYS, seed: 11 });
  let state: LawState;
  beforeAll(() => void (state = learnLane(parcels, END)));

  test.each([0, 2, 4, 7])("forecasts what is left after %i days as the law says", (waited) => {
    const { curve } = forecastAfter(state, waited, END);
    // At the hand-over the curve begins with the rest of that day, on which nothing arrives.
    const [passed, first] = waited === 0 ? [0, 1] : [waited - 1, 0];
    for (let ahead = 0; ahead < 6; ahead += 1) {
      const expected = survival(passed + ahead + 1) / survival(passed);
      expect(Math.abs((curve.survival[first + ahead] ?? 0) - expected)).toBeLessThan(0.025);
    }
  });

  test("covers what it says within two points", { timeout: 60_000 }, () => {
    for (const { said, was } of measureCoverage(parcels, { from: FIRST_DAY + 60, until: END }))
      expect(Math.abs(was - said)).toBeLessThan(0.02);
  });

  test("is learnt alike from its parcels in any order", () => {
    const few = parcels.filter((_, index) => index % 8 === 0);
    const sorted = (rows: LawState): unknown => {
      const { hazards, factors } = toRows(rows);
      return { hazards: hazards.sort(byKey), factors: factors.sort(byKey) };
    };
    const backwards = learnLane(few, FIRST_DAY + 40, (items) => items.toReversed());
    expect(sorted(backwards)).toEqual(sorted(learnLane(few, FIRST_DAY + 40)));
  });
});

interface Keyed {
  key: string;
  level?: string;
  kind?: string;
}
const nameOf = ({ key, level, kind }: Keyed): string => `${level}${kind}${key}`;
const byKey = (left: Keyed, right: Keyed): number => (nameOf(left) < nameOf(right) ? -1 : 1);

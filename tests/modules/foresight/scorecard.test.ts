import { expect, test } from "vitest";
import { biasOf, openRivalry } from "#app/modules/foresight/carrier-date.ts";
import { judgeScore, measureShare } from "#app/modules/foresight/judge-score.ts";
import {
  isDue,
  mergeScores,
  openScore,
  type ScoredParcel,
  scoreParcel,
} from "#app/modules/foresight/score-forecasts.ts";
import { stageOfParcel } from "#app/modules/foresight/stage-of-parcel.ts";

const parcel = (change: Partial<ScoredParcel> = {}): ScoredParcel => ({
  promiseDay: 10,
  windows: {
    w50: { from: 6, to: 8, coverage: 0.5 },
    w80: { from: 5, to: 9, coverage: 0.8 },
    w90: { from: 4, to: 11, coverage: 0.9 },
  },
  by: { q50: 7, q80: 8, q90: 9 },
  lateProbability: 0.1,
  carrierDay: null,
  warnedDay: null,
  arrivedDay: 7,
  ...change,
});
const scoreOf = (parcels: readonly ScoredParcel[]) => parcels.reduce(scoreParcel, openScore());

test("a parcel is scored when all that was said could have come true, whether it arrived or not", () => {
  expect(isDue(parcel(), 11)).toBe(false);
  expect(isDue(parcel(), 12)).toBe(true);
  expect(isDue(parcel({ carrierDay: 12 }), 12)).toBe(false);
  const score = scoreOf([parcel({ arrivedDay: null })]);
  expect(score).toMatchObject({ parcels: 1, arrived: 0, inW80: 0, late: 1 });
});

test("coverage, bias, warnings and the carrier's dates add up, in any grouping", () => {
  const parcels = [
    parcel(),
    parcel({ arrivedDay: 9, carrierDay: 8 }),
    parcel({ arrivedDay: 12, warnedDay: 6 }),
    parcel({ arrivedDay: 8, warnedDay: 9 }),
  ];
  const score = scoreOf(parcels);
  expect(score).toMatchObject({ parcels: 4, inW50: 2, inW80: 3, inW90: 3, byQ80: 2, biasDays: 8, late: 1 });
  expect(score).toMatchObject({ warned: 2, warnedRight: 1, leadDays: 4, withCarrierDate: 1, carrierOnTime: 0 });
  expect(mergeScores(scoreOf(parcels.slice(0, 1)), scoreOf(parcels.slice(1)))).toEqual(score);
});

test("a scorecard says how much chance there is in it, and nothing of a handful of parcels", () => {
  const few = judgeScore(scoreOf([parcel(), parcel({ arrivedDay: 20 })]));
  expect(few.coverage.w80.verdict).toBe("too_few");
  const said80 = judgeScore(
    scoreOf(Array.from({ length: 500 }, (_, index) => parcel(index % 5 ? {} : { arrivedDay: 30 }))),
  );
  expect(said80.coverage.w80).toMatchObject({ said: 0.8, verdict: "holds", was: { share: 0.8, parcels: 500 } });
  expect(said80.coverage.w90.verdict).toBe("too_sure");
  expect(said80.coverage.w50.verdict).toBe("too_careful");
  expect(measureShare(0, 0)).toBeNull();
  expect(measureShare(30, 30)?.low).toBeLessThan(0.9);
  expect(biasOf(openRivalry(0))).toBeNull();
});

test("stages follow from the status words, and a parcel at its end has none", () => {
  const stage = (status: string, subStatus: string | null = null, atDestinationHub = false) =>
    stageOfParcel({ status, subStatus, atDestinationHub });
  expect(stage("pre_transit")).toBe("label");
  expect(stage("in_transit", "picked_up")).toBe("accepted");
  expect(stage("in_transit", "customs_hold", true)).toBe("customs");
  expect(stage("in_transit", "departed", true)).toBe("destination_hub");
  expect(stage("delivered")).toBeNull();
});

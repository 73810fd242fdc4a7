import { beforeAll, expect, test } from "vitest";
import { chooseThreshold } from "#app/modules/foresight/choose-threshold.ts";
import { detectTrouble, detectUnfulfilled, type ParcelState } from "#app/modules/foresight/detect-trouble.ts";
import type { LawState } from "#app/modules/foresight/law.ts";
import { lostProbability, neverShare } from "#app/modules/foresight/lost-probability.ts";
import { bestFixedHours, judgeDetector, mondayRatio, walkMornings } from "./compare-detectors.ts";
import { KNOWN_LANES } from "./known-lanes.ts";
import { FIRST_DAY, forecastAfter, learnLane, simulateLane } from "./simulated-lane.ts";
import { learnSilence, lastHeard, simulateScans, suspicion } from "./simulated-scans.ts";

const TODAY = FIRST_DAY + 40;
const MOVING: ParcelState = { stage: "moving", ended: false, attempted: false, promiseDay: null };
const HEARD = { age: 0.2, tail: 0.9 };
const SILENT = { age: 9, tail: 0.001 };

let law: LawState;
let gaps: LawState;
beforeAll(() => {
  const [{ draw }] = KNOWN_LANES as [(typeof KNOWN_LANES)[number]];
  law = learnLane(simulateLane({ draw, perDay: 20, days: 40, seed: 3 }), TODAY);
  gaps = learnSilence(simulateScans({ seed: 1, days: 56, perDay: 30 }), 56);
});

const kindsOf = (waited: number, state: Partial<ParcelState>, silence = HEARD): string[] => {
  const forecast = forecastAfter(law, waited, TODAY);
  const late = state.promiseDay === undefined ? null : 0.9;
  const input = { ...forecast, lateProbability: late };
  return detectTrouble({ state: { ...MOVING, ...state }, forecast: input, silence, now: forecast.now }).map(
    ({ kind }) => kind,
  );
};

test("a parcel that is well has no flag, and one whose way has ended has none whatever its figures say", () => {
  expect(kindsOf(1, {})).toEqual([]);
  expect(kindsOf(30, { ended: true, promiseDay: TODAY - 9 }, SILENT)).toEqual([]);
  expect(kindsOf(30, { attempted: true, promiseDay: TODAY - 9 }, SILENT)).toEqual([]);
});

test("a delay is predicted before the promise passes and is a delay after it", () => {
  expect(kindsOf(2, { promiseDay: TODAY + 1 })).toEqual(["delay_predicted"]);
  expect(kindsOf(2, { promiseDay: TODAY })).toEqual(["delay_predicted"]);
  expect(kindsOf(2, { promiseDay: TODAY - 1 })).toEqual(["delayed"]);
});

test("silence is a stall, or a forgotten label, and with a long wait a loss; any news clears all three", () => {
  expect(kindsOf(2, {}, SILENT)).toEqual(["stalled"]);
  expect(kindsOf(2, { stage: "label" }, SILENT)).toEqual(["label_unscanned"]);
  expect(kindsOf(35, {}, SILENT)).toEqual(["stalled", "suspected_lost"]);
  expect(kindsOf(35, {}, HEARD)).toEqual([]);
});

test("an order is unfulfilled from the day after the last shipping day", () => {
  expect(detectUnfulfilled({ dueDay: TODAY, today: TODAY })).toBeNull();
  expect(detectUnfulfilled({ dueDay: TODAY, today: TODAY + 2 })).toMatchObject({ daysOver: 2 });
});

test("the chance of a loss grows with the wait from the carrier's own share to certainty", () => {
  expect(lostProbability(1, 0.01)).toBeCloseTo(0.01);
  expect(lostProbability(0.05, 0.011)).toBeCloseTo(0.182, 2);
  expect(lostProbability(0, 0.01)).toBe(1);
  expect(neverShare({ never: 0, arrived: 0 })).toBeCloseTo(0.0075);
  expect(neverShare({ never: 300, arrived: 9_700 })).toBeGreaterThan(0.028);
});

test("silence finds lost parcels with fewer false alarms than any rule of hours that finds as many, Mondays too", () => {
  const mornings = walkMornings(gaps, simulateScans({ seed: 2, days: 42, perDay: 40 }));
  const model = judgeDetector(mornings, "model", 0.98);
  const rule = bestFixedHours(mornings, model.recall);
  expect(model.recall).toBeGreaterThan(0.5);
  expect(model.precision).toBeGreaterThan(rule.precision * 1.2);
  expect(mondayRatio(model)).toBeLessThanOrEqual(1.2);
});

test("every flag clears on movement", () => {
  let cleared = 0;
  for (const parcel of simulateScans({ seed: 4, days: 42, perDay: 20 }))
    for (const scan of parcel.scans.slice(1)) {
      const before = suspicion(gaps, parcel, { day: scan.day, hour: scan.hour - 0.01 });
      if (!before || before.model < 0.98) continue;
      cleared += 1;
      const now = { day: scan.day, hour: scan.hour };
      expect(lastHeard(parcel, now)).toEqual(scan);
      expect(suspicion(gaps, parcel, now)?.model ?? 0).toBeLessThan(0.98);
    }
  expect(cleared).toBeGreaterThan(10);
});

test("a threshold is chosen for a precision, and only where the history is long enough", () => {
  const outcomes = Array.from({ length: 400 }, (_, index) => ({
    score: index / 400,
    right: index >= 300 || index % 3 === 0,
  }));
  const chosen = chooseThreshold(outcomes, 0.8);
  expect(chosen?.precision).toBeGreaterThanOrEqual(0.8);
  expect(chosen?.threshold).toBeLessThan(0.75);
  expect(chooseThreshold(outcomes.slice(380), 0.8)?.flags).toBe(20);
  expect(chooseThreshold(outcomes.slice(390), 0.8)).toBeNull();
});

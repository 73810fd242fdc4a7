import { expect, test } from "vitest";
import { NO_HOLIDAYS } from "#app/modules/foresight/law.ts";
import { forgetOld, fromRows, mergeInto, toRows } from "#app/modules/foresight/law-rows.ts";
import { type Prediction, StreamPredictor } from "#app/modules/foresight/predict-stream.ts";
import { StreamEvent } from "#app/modules/foresight/stream-events.ts";
import { TRANSIT_LAW } from "#app/modules/foresight/transit-law.ts";
import { FIRST_DAY, forecastAfter, learnLane, simulateLane } from "./simulated-lane.ts";
import { KNOWN_LANES } from "./known-lanes.ts";

const END = FIRST_DAY + 30;
const draw = KNOWN_LANES[1]?.draw ?? (() => 3);
const learnt = learnLane(simulateLane({ draw, perDay: 15, days: 30, seed: 9 }), END);
const copyOf = () => fromRows(TRANSIT_LAW, toRows(learnt));

test("a state comes back from its rows, and a night writes only what it changed", () => {
  expect(forecastAfter(copyOf(), 2, END).quantiles.q80.day).toBe(forecastAfter(learnt, 2, END).quantiles.q80.day);
  expect(toRows(copyOf())).toEqual(toRows(fromRows(TRANSIT_LAW, toRows(copyOf()))));
  expect(toRows(learnt, END).hazards).toEqual([]);
  expect(toRows(learnt, END - 2).hazards.length).toBeGreaterThan(0);
});

test("rows of tables that the law no longer has are left out", () => {
  const row = { level: "calendar.planet", key: "mars", counts: new Uint8Array(8), asOf: END };
  expect(fromRows(TRANSIT_LAW, { hazards: [row], factors: [] }).cells.size).toBe(0);
});

test("two states add up in any order; decayed ones are forgotten", () => {
  const [left, right] = [copyOf(), copyOf()];
  const later = learnLane(simulateLane({ draw, perDay: 15, days: 40, seed: 10 }), FIRST_DAY + 40);
  const laterCopy = fromRows(TRANSIT_LAW, toRows(later));
  mergeInto(left, later);
  mergeInto(laterCopy, right);
  expect(forecastAfter(left, 2, END + 10).curve.survival[3]).toBeCloseTo(
    forecastAfter(laterCopy, 2, END + 10).curve.survival[3] ?? 0,
    6,
  );
  expect(forgetOld(left, END + 20)).toBe(0);
  expect(forgetOld(left, END + 10_000)).toBeGreaterThan(10);
});

test("the predictor answers questions only, never earlier than they are asked", () => {
  const predictor = new StreamPredictor(NO_HOLIDAYS);
  const handed = StreamEvent.parse({
    t: "handed",
    id: "p1",
    at: "2026-03-02T14:05",
    promised_on: "2026-03-12",
    origin_zip5: "01001",
    origin_state: "SP",
    dest_zip5: "20001",
    dest_state: "RJ",
    distance_km: 360,
    seller: "s1",
    n_items: 1,
    freight_value: 12.5,
    standard_days: 9,
  });
  expect(predictor.take(handed)).toBeNull();
  const ask = (at: string, d: number): Prediction | null => {
    const answer = predictor.take({ t: "predict", id: "p1", at, d });
    return answer === "unknown" ? null : answer;
  };
  const first = ask("2026-03-02T14:05", 0);
  const later = ask("2026-03-09T00:00", 7);
  expect(first?.q50).toBeGreaterThan(0);
  expect(later?.q50).toBeGreaterThanOrEqual(6.4);
  expect(later?.p_late).toBeGreaterThan(first?.p_late ?? 1);
  expect(later?.p_late_std).toBeGreaterThan(later?.p_late ?? 1);
  expect(StreamEvent.safeParse({ t: "handed", id: "p2", at: "yesterday" }).success).toBe(false);
});

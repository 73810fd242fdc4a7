import { forecastParcel, openModel } from "#app/modules/foresight/forecast-parcel.ts";
import { createHolidayCalendar } from "#app/modules/foresight/holiday-calendar.ts";
import { toRows } from "#app/modules/foresight/law-rows.ts";
import { emptyLaw, type LawState } from "#app/modules/foresight/law.ts";
import { openNight } from "#app/modules/foresight/learn-night.ts";
import type { ParcelClock } from "#app/modules/foresight/parcel-facts.ts";
import { openSilence } from "#app/modules/foresight/scan-silence.ts";
import { SILENCE_LAW } from "#app/modules/foresight/silence-law.ts";
import { TRANSIT_LAW } from "#app/modules/foresight/transit-law.ts";
import {
  bestFixedHours,
  judgeDetector,
  mondayRatio,
  walkMornings,
} from "#tests/modules/foresight/compare-detectors.ts";
import { KNOWN_LANES } from "#tests/modules/foresight/known-lanes.ts";
import { FIRST_DAY, measureCoverage, simulateLane } from "#tests/modules/foresight/simulated-lane.ts";
import { learnSilence, simulateScans } from "#tests/modules/foresight/simulated-scans.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";
import type { BenchResult, BenchRow } from "./bench.ts";
import { round } from "./figures.ts";
import { drawParcel } from "./foresight-parcels.ts";

const MILLION = 1_000_000;
const FORECASTS = 40_000;
const BUDGET = { forecastsPerSecond: 15_000, nightSeconds: 60, megabytes: 10 };
const holidays = createHolidayCalendar();

/** What forecasting costs with a shop that has a million parcels on their way, and whether its forecasts hold. */
export function run(): Promise<BenchResult> {
  const state = emptyLaw(TRANSIT_LAW);
  const night = measureNight(state);
  const bytes = measureState(state);
  const speed = measureForecasts(state);
  const spare = Math.min(
    speed.perSecond / BUDGET.forecastsPerSecond,
    BUDGET.nightSeconds / night.seconds,
    BUDGET.megabytes / bytes.megabytes,
  );
  return Promise.resolve({
    name: "foresight",
    rows: [
      { label: "forecasts, whole distribution", value: speed.perSecond, unit: "/s on one core" },
      { label: "event: silence and forecast", value: speed.microsecondsPerEvent, unit: "µs" },
      { label: "night over 1M parcels", value: round(night.seconds), unit: "s" },
      { label: "one parcel's night", value: round(night.seconds), unit: "µs" },
      { label: "memory of that night", value: night.megabytes, unit: "MB" },
      { label: "state after 1M parcels", value: bytes.megabytes, unit: "MB" },
      { label: "state for each lane", value: bytes.perLane, unit: "bytes" },
      ...coverageRows(),
      ...detectorRows(),
    ],
    ratio: { label: "least spare of the three budgets", value: spare, limit: 1, better: "higher" },
  });
}

/** Parcels are drawn one by one as rows come from a cursor: what the night keeps is its own. */
function measureNight(state: LawState): { seconds: number; megabytes: number } {
  const random = seededRandom(5);
  const day = FIRST_DAY + 30;
  const heap = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const started = cpuSeconds();
  const night = openNight(state, day, holidays);
  for (let count = 0; count < MILLION; count += 1) {
    const age = Math.floor(random() * 8);
    const facts = drawParcel(random, day - age);
    const clock: ParcelClock = { ages: [age, age], hazard: age / 5 };
    night.learn({ facts, clock, happenedAt: random() < 0.2 ? 8 + random() * 12 : null });
  }
  const used = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - heap;
  night.close();
  return { seconds: cpuSeconds() - started, megabytes: Math.round(used / 1e6) };
}

/** What one core has worked, collecting garbage included; other processes on the machine do not count. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** As rows on disk: names, packed counts, numbers. */
function measureState(state: LawState): { megabytes: number; perLane: number } {
  const { hazards, factors } = toRows(state);
  let bytes = 0;
  for (const { level, key, counts } of hazards) bytes += level.length + key.length + counts.byteLength + 4;
  for (const { kind, key } of factors) bytes += kind.length + key.length + 2 * 8 + 4;
  const lanes = state.cells.get("calendar.zip3")?.size ?? 1;
  return { megabytes: round(bytes / 1e6), perLane: Math.round(bytes / lanes) };
}

function measureForecasts(state: LawState): { perSecond: number; microsecondsPerEvent: number } {
  const random = seededRandom(6);
  const [today, silence] = [FIRST_DAY + 31, emptyLaw(SILENCE_LAW)];
  const parcels = Array.from({ length: FORECASTS }, () => {
    const age = Math.floor(random() * 6);
    return { facts: drawParcel(random, today - age), clock: { ages: [age, age], hazard: age / 5 } };
  });
  const now = { day: today, hour: 10 };
  let model = openModel(state, holidays, today - 1);
  const forecast = ({ facts, clock }: (typeof parcels)[number]): unknown =>
    forecastParcel(model, { facts, clock, now, promiseDay: today + 4, neverShare: 0.0075 });
  const time = (work: (parcel: (typeof parcels)[number]) => unknown): number => {
    const started = cpuSeconds();
    for (const parcel of parcels) work(parcel);
    return (cpuSeconds() - started) / FORECASTS;
  };
  time(forecast);
  // As the first run of a morning: no lane has been read yet.
  model = openModel(state, holidays, today - 1);
  const each = time(forecast);
  const silent = time(({ facts }) => openSilence({ law: silence, holidays }, { facts, day: now.day })(now.hour));
  return { perSecond: Math.round(1 / each), microsecondsPerEvent: round((each + silent) * 1e6) };
}

/** Lanes whose law is known exactly. */
function coverageRows(): BenchRow[] {
  return KNOWN_LANES.flatMap(({ name, draw }) => {
    const parcels = simulateLane({ draw, perDay: 120, days: 150, seed: 21 });
    return measureCoverage(parcels, { from: FIRST_DAY + 60, until: FIRST_DAY + 150 }).map(({ said, was }) => ({
      label: `${name} lane: ${said * 100} % are`,
      value: round(was * 100),
      unit: "%",
    }));
  });
}

/** Against the best rule of fixed hours that finds as many; shops whose seeds were not used for tuning. */
function detectorRows(): BenchRow[] {
  const law = learnSilence(simulateScans({ seed: 31, days: 84, perDay: 40 }), 84);
  const mornings = walkMornings(law, simulateScans({ seed: 32, days: 56, perDay: 60 }));
  return (["lost", "stuck"] as const).flatMap((target) => {
    const model = judgeDetector(mornings, { kind: "model", threshold: 0.98, target });
    const rule = bestFixedHours(mornings, { recall: model.recall, target });
    return [
      { label: `${target}: recall`, value: round(model.recall * 100), unit: "%" },
      { label: `${target}: precision`, value: round(model.precision * 100), unit: "%" },
      { label: `${target}: precision of a rule of ${rule.hours} h`, value: round(rule.precision * 100), unit: "%" },
      { label: `${target}: false alarms, Monday / other day`, value: round(mondayRatio(model)), unit: "×" },
      { label: `${target}: the same of the rule`, value: round(mondayRatio(rule)), unit: "×" },
    ];
  });
}

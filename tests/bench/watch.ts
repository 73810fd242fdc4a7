import type { BenchResult, BenchRow } from "./bench.ts";
import { type Bell, CARRIER_WORLDS, type CarrierWorld } from "./watch/carrier-worlds.ts";
import { type Comparison, compareSchedules, type Figures, shipParcels } from "./watch/compare-schedules.ts";
import type { Journey } from "./watch/plan-journey.ts";

const PARCELS = 2_500;
const DAYS = 60;
const ATTEMPTS = [11, 23, 37];

/**
 * Calls and staleness of the watch schedule, beside fixed intervals, on simulated parcels: it learns from those of two
 * months and is measured on those of the next two. The worst of a few worlds is what counts.
 */
export function run(): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  const ratios = ATTEMPTS.map((seed) => {
    const training = shipParcels(PARCELS, { seed, days: DAYS });
    const measured = shipParcels(PARCELS, { seed: seed + 1, days: DAYS, from: DAYS + 10 });
    const all = compareSchedules(training, measured);
    if (seed === ATTEMPTS[0]) rows.push(...rowsOfAll(all), ...harderCases(training, measured));
    return callsSaved(all);
  });
  return Promise.resolve({
    name: `watch (${PARCELS} parcels to learn from, ${PARCELS} measured; the figures of one of ${ATTEMPTS.length} worlds)`,
    rows,
    ratio: {
      label: "calls, adaptive / every 2 h, where the median staleness is no worse (worst world)",
      value: Math.max(...ratios),
      limit: 0.25,
      better: "lower",
    },
  });
}

function callsSaved({ adaptive, everyTwoHours }: Comparison): number {
  if (adaptive.median > everyTwoHours.median) return Infinity;
  return adaptive.callsPerDelivered / everyTwoHours.callsPerDelivered;
}

function rowsOfAll(all: Comparison): BenchRow[] {
  return [
    ...rowsOf("every 2 h", all.everyTwoHours),
    ...rowsOf("every 4 h", all.everyFourHours),
    ...rowsOf("adaptive, first guess", all.unlearned),
    ...rowsOf("adaptive, learned", all.adaptive),
  ];
}

/** Without the weeks at sea, in which a fixed interval wastes most; and after every carrier has changed its hours. */
function harderCases(training: readonly Journey[], measured: readonly Journey[]): BenchRow[] {
  const domestic = compareSchedules(
    training,
    measured.filter(({ abroad }) => !abroad),
  );
  const later = shipParcels(PARCELS, {
    seed: 5,
    days: DAYS,
    from: DAYS + 10,
    worlds: CARRIER_WORLDS.map(threeHoursLater),
  });
  const changed = compareSchedules(training, later);
  return [
    ...rowsOf("domestic alone, every 2 h", domestic.everyTwoHours),
    ...rowsOf("domestic alone, adaptive", domestic.adaptive),
    ...rowsOf("all hours changed since, every 2 h", changed.everyTwoHours),
    ...rowsOf("all hours changed since, adaptive", changed.adaptive),
  ];
}

function threeHoursLater(world: CarrierWorld): CarrierWorld {
  const move = (bells: readonly Bell[]) =>
    bells.map(([mean, deviation, weight]): Bell => [Math.min(mean + 3, 22), deviation * 1.5, weight]);
  return { ...world, collected: move(world.collected), loaded: move(world.loaded), delivered: move(world.delivered) };
}

function rowsOf(label: string, { callsPerDelivered, median, ninetieth }: Figures): BenchRow[] {
  return [
    { label: `${label}: calls`, value: callsPerDelivered, unit: "per delivered parcel" },
    { label: `${label}: staleness, median`, value: median, unit: "hours" },
    { label: `${label}: staleness, 90th percentile`, value: ninetieth, unit: "hours" },
  ];
}

import { seededRandom } from "#tests/sandbox/world/seeded-random.ts";
import { percentile } from "../figures.ts";
import { CARRIER_WORLDS, type CarrierWorld } from "./carrier-worlds.ts";
import { type Journey, planJourney, weighted } from "./plan-journey.ts";
import { type Learned, watchAdaptively, watchAtInterval, type Watched } from "./simulate-watch.ts";

export interface Figures {
  callsPerDelivered: number;
  /** Hours. */
  median: number;
  /** Hours that nine of ten changes stay below. */
  ninetieth: number;
}

export interface Comparison {
  everyTwoHours: Figures;
  everyFourHours: Figures;
  /** With the first guess alone. */
  unlearned: Figures;
  /** After learning from the parcels before. */
  adaptive: Figures;
}

const START = Date.parse("2026-02-02T00:00:00Z");
const DAY = 86_400_000;

/** So many parcels of one shop, dispatched over so many days, in the order of their dispatch. */
export function shipParcels(
  count: number,
  {
    seed,
    days,
    from = 0,
    worlds = CARRIER_WORLDS,
  }: { seed: number; days: number; from?: number; worlds?: readonly CarrierWorld[] },
): Journey[] {
  const random = seededRandom(seed);
  const shares = worlds.map(({ share }) => share);
  return Array.from({ length: count }, (_, index) => {
    const day = Math.floor((index / count) * days) + from;
    // Packed in the shop's daytime, somewhere in the world.
    const createdAt = START + day * DAY + (7 + random() * 13) * 3_600_000;
    const world = worlds[weighted(shares, random)] as CarrierWorld;
    return planJourney(world, { id: `shp_${seed}_${index}`, createdAt, random });
  });
}

/** Learns from the first parcels, and measures every schedule on the others. */
export function compareSchedules(training: readonly Journey[], measured: readonly Journey[]): Comparison {
  const learned: Learned = new Map();
  for (const journey of training) watchAdaptively(journey, learned, true);
  return {
    everyTwoHours: figuresOf(measured.map((journey) => watchAtInterval(journey, 2))),
    everyFourHours: figuresOf(measured.map((journey) => watchAtInterval(journey, 4))),
    unlearned: figuresOf(measured.map((journey) => watchAdaptively(journey, new Map()))),
    adaptive: figuresOf(measured.map((journey) => watchAdaptively(journey, learned))),
  };
}

function figuresOf(watched: readonly Watched[]): Figures {
  const calls = watched.reduce((sum, one) => sum + one.calls, 0);
  const delivered = watched.filter((one) => one.delivered).length;
  const staleness = watched.flatMap((one) => one.staleness);
  return {
    callsPerDelivered: calls / delivered,
    median: percentile(staleness, 0.5),
    ninetieth: percentile(staleness, 0.9),
  };
}

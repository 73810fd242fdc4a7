import { emptyLaw, type LawState, NO_HOLIDAYS } from "#app/modules/foresight/law.ts";
import { openNight } from "#app/modules/foresight/learn-night.ts";
import { NEWBORN, type ParcelClock, type ParcelFacts } from "#app/modules/foresight/parcel-facts.ts";
import { TRANSIT_LAW } from "#app/modules/foresight/transit-law.ts";
import { type Forecast, forecastParcel, openModel } from "#app/modules/foresight/forecast-parcel.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";

/** The parcel every simulated lane sends; tests change what they are about. */
export function parcelFacts(change: Partial<ParcelFacts> = {}): ParcelFacts {
  return {
    carrier: "ups",
    service: "ground",
    stage: "accepted",
    since: { day: FIRST_DAY, hour: 20 },
    origin: { country: "US", region: "CA", zip: "90001" },
    destination: { country: "US", region: "NY", zip: "10001" },
    shipFrom: "loc_1",
    distanceKm: 3_900,
    shippingOption: "standard",
    items: 1,
    ...{ standardDays: null, standardFrom: null, onTime: null },
    carrierDay: null,
    ...change,
  };
}

/** A Monday. */
export const FIRST_DAY = 20_000 - ((20_000 + 4) % 7) + 1;

/** One parcel of a lane: handed over in the evening of a day, delivered at some hour `days` later. */
export interface SimulatedParcel {
  facts: ParcelFacts;
  handedDay: number;
  days: number;
  hour: number;
}

export interface LaneShape {
  /** Whole days from the hand-over to the delivery, at least 1. */
  draw(random: () => number): number;
  perDay: number;
  days: number;
  seed: number;
}

export function simulateLane({ draw, perDay, days, seed }: LaneShape): SimulatedParcel[] {
  const random = seededRandom(seed);
  return Array.from({ length: days * perDay }, (_, index) => {
    const handedDay = FIRST_DAY + Math.floor(index / perDay);
    const since = { day: handedDay, hour: 20 };
    return { facts: parcelFacts({ since }), handedDay, days: draw(random), hour: 8 + random() * 12 };
  });
}

/** A shop that follows a lane's parcels, night after night, as the nightly job does. */
export class LaneFollower {
  readonly state: LawState = emptyLaw(TRANSIT_LAW);
  readonly #parcels: Map<number, SimulatedParcel[]>;
  readonly #order: Order;
  #waiting: { parcel: SimulatedParcel; clock: ParcelClock }[] = [];
  day = FIRST_DAY;

  constructor(parcels: readonly SimulatedParcel[], order: Order = (items) => items) {
    this.#parcels = new Map();
    this.#order = order;
    for (const parcel of parcels) {
      const sameDay = this.#parcels.get(parcel.handedDay);
      if (sameDay) sameDay.push(parcel);
      else this.#parcels.set(parcel.handedDay, [parcel]);
    }
  }

  handedToday(): readonly SimulatedParcel[] {
    return this.#parcels.get(this.day) ?? [];
  }

  passNight(): void {
    this.#waiting.push(...this.handedToday().map((parcel) => ({ parcel, clock: NEWBORN })));
    const night = openNight(this.state, this.day, NO_HOLIDAYS);
    this.#waiting = this.#order(this.#waiting).flatMap(({ parcel, clock }) => {
      const happenedAt = parcel.handedDay + parcel.days === this.day ? parcel.hour : null;
      const next = night.learn({ facts: parcel.facts, clock, happenedAt });
      return next ? [{ parcel, clock: next }] : [];
    });
    night.close();
    this.day += 1;
  }
}

type Order = <Item>(items: Item[]) => Item[];

/** What a shop has learnt at the beginning of `until`. */
export function learnLane(parcels: readonly SimulatedParcel[], until: number, order?: Order): LawState {
  const follower = new LaneFollower(parcels, order);
  while (follower.day < until) follower.passNight();
  return follower.state;
}

const SHARES = [0.5, 0.8, 0.9] as const;

/**
 * Shares of parcels that arrived by the moments by which 50, 80 and 90 of 100 should: asked at every hand-over from day
 * `from` on, as the model stood then.
 */
export function measureCoverage(parcels: readonly SimulatedParcel[], { from, until }: { from: number; until: number }) {
  const follower = new LaneFollower(parcels);
  const [inside, asked] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  while (follower.day < until) {
    if (follower.day >= from) {
      const { quantiles } = forecastAfter(follower.state, 0, follower.day);
      const moments = [quantiles.q50, quantiles.q80, quantiles.q90].map(({ day, hour }) => day + hour / 24);
      for (const { handedDay, days, hour } of follower.handedToday())
        for (const [index, moment] of moments.entries()) {
          asked[index] = (asked[index] ?? 0) + 1;
          if (handedDay + days + hour / 24 <= moment) inside[index] = (inside[index] ?? 0) + 1;
        }
    }
    follower.passNight();
  }
  return SHARES.map((said, index) => ({ said, was: (inside[index] ?? 0) / (asked[index] ?? 1) }));
}

/** The forecast for a parcel that has waited `waited` days, at the midnight that begins the next one (0: at the hand-over). */
export function forecastAfter(state: LawState, waited: number, day: number): Forecast {
  const handed = day - waited;
  const facts = parcelFacts({ since: { day: handed, hour: 20 } });
  let clock: ParcelClock = NEWBORN;
  // A parcel's clock does not depend on what is learnt from it: the night is never closed.
  for (let passed = handed; passed < day; passed += 1)
    clock = openNight(state, passed, NO_HOLIDAYS).learn({ facts, clock, happenedAt: null }) ?? clock;
  const now = waited === 0 ? facts.since : { day, hour: 0 };
  const request = { facts, clock, now, promiseDay: null, neverShare: 0.0075 };
  return forecastParcel(openModel(state, NO_HOLIDAYS, day - 1), request);
}

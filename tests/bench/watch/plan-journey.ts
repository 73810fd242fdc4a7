import { Temporal } from "temporal-polyfill";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import type { Random } from "#tests/sandbox/world/seeded-random.ts";
import type { Bell, CarrierWorld, Destination } from "./carrier-worlds.ts";

/** One scan of a simulated parcel. */
export interface SimulatedScan {
  at: number;
  /** From when on the carrier's service tells it. */
  published: number;
  status: ShipmentStatus;
  country: string;
  /** Minutes ahead of UTC on the scan's own clock. */
  offset: number;
}

export interface Journey {
  id: string;
  carrier: string;
  abroad: boolean;
  createdAt: number;
  originZone: string;
  destination: Destination;
  /** In the order in which they happen. */
  scans: SimulatedScan[];
  /** The day that the carrier names from each moment on, `YYYY-MM-DD`. */
  forecasts: { from: number; day: string }[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often things go wrong, of all parcels. */
const TROUBLE = {
  late: 0.12,
  attempted: 0.05,
  pickupPoint: 0.05,
  returned: 0.01,
  lost: 0.01,
  lateHandover: 0.15,
} as const;

/** The whole way of one parcel, from the label to its end. */
export function planJourney(world: CarrierWorld, { id, createdAt, random }: Draft): Journey {
  return new JourneyPlan(world, { id, createdAt, random }).plan();
}

interface Draft {
  id: string;
  createdAt: number;
  random: Random;
}

class JourneyPlan {
  readonly #world: CarrierWorld;
  readonly #draft: Draft;
  readonly #destination: Destination;
  readonly #scans: SimulatedScan[] = [];
  readonly #forecasts: Journey["forecasts"] = [];

  constructor(world: CarrierWorld, draft: Draft) {
    this.#world = world;
    this.#draft = draft;
    this.#destination = pick(world.destinations, draft.random);
  }

  plan(): Journey {
    const { carrier, origin, label, abroadDays } = this.#world;
    const { id, createdAt } = this.#draft;
    const told = createdAt + this.#lag(label.afterMinutes);
    if (this.#chance(label.told)) this.#scan("pre_transit", told, { zone: origin.zone, country: origin.country });
    const collected = this.#collect(told);
    if (!this.#chance(TROUBLE.lost)) this.#carry(abroadDays ? this.#cross(collected, abroadDays) : collected);
    const destination = this.#destination;
    return {
      ...{ id, carrier, createdAt, destination, abroad: abroadDays !== undefined, originZone: origin.zone },
      ...{ scans: this.#scans.sort((a, b) => a.at - b.at), forecasts: this.#forecasts },
    };
  }

  #collect(told: number): number {
    const { origin, collected } = this.#world;
    const late = this.#chance(TROUBLE.lateHandover) ? 1 + Math.floor(this.#draft.random() * 4) : 0;
    const at = this.#next(told + 2 * HOUR + late * DAY, { zone: origin.zone, bells: collected });
    this.#scan("in_transit", at, origin);
    return at;
  }

  #cross(from: number, [least, most]: readonly [number, number]): number {
    const { origin, scansPerDay } = this.#world;
    const days = least + (most - least) * this.#draft.random() ** 1.3;
    const arrival = from + days * DAY;
    // Two busy days, then nothing until it has arrived.
    for (let at = from + 6 * HOUR; at < from + 2 * DAY; at += (DAY / scansPerDay) * (0.5 + this.#draft.random())) {
      this.#scan("in_transit", at, origin);
    }
    this.#scan("in_transit", arrival, this.#destination);
    if (this.#chance(0.08)) this.#scan("exception", arrival + 9 * HOUR * this.#draft.random(), this.#destination);
    return arrival;
  }

  #carry(from: number): void {
    const { transitDays, scansPerDay, loaded, forecast } = this.#world;
    const { random } = this.#draft;
    const { zone } = this.#destination;
    const days = 1 + weighted(transitDays, random);
    const promised = this.#afterWorkdays(from, days);
    const late = this.#chance(TROUBLE.late) ? 1 + Math.floor(random() * 3) : 0;
    if (late > 0 && this.#chance(0.5)) {
      this.#scan("exception", promised - DAY + 14 * HOUR * random(), this.#destination);
    }
    const arrival = late > 0 ? this.#afterWorkdays(promised, late) : promised;
    for (let at = from + 5 * HOUR; at < arrival; at += (DAY / scansPerDay) * (0.4 + 1.2 * random())) {
      this.#scan("in_transit", at, this.#destination);
    }
    if (forecast > 0) this.#foretell(from, { promised, arrival });
    this.#bring(this.#next(arrival, { zone, bells: loaded }));
  }

  /** A carrier that is not right names a day too early or too late, and corrects itself the evening before. */
  #foretell(from: number, { promised, arrival }: { promised: number; arrival: number }): void {
    const right = this.#chance(this.#world.forecast);
    const named = right ? promised : promised + (this.#chance(0.5) ? DAY : -DAY);
    this.#forecasts.push({ from: from + 2 * HOUR, day: dayIn(this.#destination.zone, named) });
    if (arrival !== named) {
      this.#forecasts.push({ from: arrival - 10 * HOUR, day: dayIn(this.#destination.zone, arrival) });
    }
  }

  #bring(loadedAt: number): void {
    const { vanScan, delivered } = this.#world;
    const { zone } = this.#destination;
    if (this.#chance(vanScan)) this.#scan("out_for_delivery", loadedAt, this.#destination);
    const door = this.#sameDay(loadedAt, { zone, bells: delivered });
    if (this.#chance(TROUBLE.attempted)) {
      this.#scan("delivery_attempted", door, this.#destination);
      return this.#again(door);
    }
    if (this.#chance(TROUBLE.pickupPoint)) {
      this.#scan("available_for_pickup", door, this.#destination);
      const waited = door + (0.3 + 4 * this.#draft.random()) * DAY;
      return this.#scan("delivered", this.#next(waited, { zone, bells: [[14, 3.5, 1]] }), this.#destination);
    }
    if (!this.#chance(TROUBLE.returned)) return this.#scan("delivered", door, this.#destination);
    this.#scan("return_to_sender", door + 20 * HOUR, this.#destination);
    this.#scan("return_to_sender", door + 5 * DAY, this.#destination);
  }

  #again(attempt: number): void {
    const { loaded, delivered } = this.#world;
    const { zone } = this.#destination;
    const next = this.#next(this.#afterWorkdays(attempt, 1), { zone, bells: loaded });
    this.#scan("out_for_delivery", next, this.#destination);
    this.#scan("delivered", this.#sameDay(next, { zone, bells: delivered }), this.#destination);
  }

  /** Midnight, where the parcel goes, of the working day so many working days later. */
  #afterWorkdays(from: number, days: number): number {
    let date = Temporal.Instant.fromEpochMilliseconds(Math.round(from)).toZonedDateTimeISO(this.#destination.zone);
    for (let left = days; left > 0;) {
      date = date.add({ days: 1 });
      if (this.#world.workdays.includes(date.dayOfWeek - 1)) left -= 1;
    }
    return date.startOfDay().epochMilliseconds;
  }

  /** The first hour of the round that is not before `from`, on a working day. */
  #next(from: number, { zone, bells }: Round): number {
    let date = Temporal.Instant.fromEpochMilliseconds(Math.round(from)).toZonedDateTimeISO(zone).startOfDay();
    for (let tries = 0; tries < 12; tries += 1) {
      const at = date.epochMilliseconds + this.#hour(bells) * HOUR;
      if (at >= from && this.#world.workdays.includes(date.dayOfWeek - 1)) return at;
      date = date.add({ days: 1 });
    }
    return from;
  }

  #sameDay(from: number, { zone, bells }: Round): number {
    const start = Temporal.Instant.fromEpochMilliseconds(Math.round(from)).toZonedDateTimeISO(zone).startOfDay();
    return Math.max(from + 25 * MINUTE, start.epochMilliseconds + this.#hour(bells) * HOUR);
  }

  #hour(bells: readonly Bell[]): number {
    const { random } = this.#draft;
    const weights = bells.map(([, , weight]) => weight);
    const [mean, deviation] = bells[weighted(weights, random)] as Bell;
    return Math.min(23.8, Math.max(0.1, mean + deviation * normal(random)));
  }

  #scan(status: ShipmentStatus, at: number, where: { zone: string; country: string }): void {
    const zoned = Temporal.Instant.fromEpochMilliseconds(Math.round(at)).toZonedDateTimeISO(where.zone);
    const published = at + this.#lag(this.#world.publishedAfter);
    const offset = zoned.offsetNanoseconds / 60_000_000_000;
    this.#scans.push({ at: Math.round(at), published, status, country: where.country, offset });
  }

  /** Milliseconds: around a median, with a long tail. */
  #lag(medianMinutes: number): number {
    return medianMinutes * MINUTE * Math.exp(0.7 * normal(this.#draft.random));
  }

  #chance(part: number): boolean {
    return this.#draft.random() < part;
  }
}

interface Round {
  zone: string;
  bells: readonly Bell[];
}

function dayIn(zone: string, at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(at)).toZonedDateTimeISO(zone).toPlainDate().toString();
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** An index, each as often as its weight says. */
export function weighted(weights: readonly number[], random: Random): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(
    0,
    weights.findIndex((weight) => (left -= weight) < 0),
  );
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

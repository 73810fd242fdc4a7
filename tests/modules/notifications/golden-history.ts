import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";

/** Sixty days of a shop, made from a seed: what happened, and when we heard of it. */

export const GOLDEN_START = Date.parse("2026-03-01T00:00:00Z");
export const GOLDEN_END = GOLDEN_START + 60 * DAY;

export interface GoldenScan {
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  at: number;
  heardAt: number;
}

export interface GoldenForecast {
  at: number;
  promisedOn: string;
  shownOn: string;
  troubles: string[];
}

export interface GoldenParcel {
  bornAt: number;
  scans: GoldenScan[];
  forecasts: GoldenForecast[];
}

export interface GoldenOrder {
  name: string;
  placedAt: number;
  cancelledAt: number | null;
  person: number;
  texts: boolean;
  marketing: boolean;
  parcels: GoldenParcel[];
}

type Random = () => number;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function goldenHistory(seed: number, count: number): GoldenOrder[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => goldenOrder(random, index));
}

function goldenOrder(random: Random, index: number): GoldenOrder {
  const placedAt = round(GOLDEN_START + random() * 55 * DAY);
  const parcels = random() < 0.6 ? 1 : random() < 0.6 ? 2 : 3;
  return {
    ...{ name: `#${2_000 + index}`, placedAt, person: Math.floor(random() * count(index)) },
    ...{ texts: random() < 0.5, marketing: random() < 0.6 },
    cancelledAt: random() < 0.08 ? round(placedAt + random() * 4 * DAY) : null,
    parcels: Array.from({ length: parcels }, () => goldenParcel(random, placedAt)),
  };
}

const count = (index: number): number => 5 + Math.floor(index / 2);
const round = (at: number): number => Math.floor(at / MINUTE) * MINUTE;

/** A label, some movement, and one of the ways in which it ends. */
function goldenParcel(random: Random, placedAt: number): GoldenParcel {
  const bornAt = round(placedAt + (1 + random() * 40) * HOUR);
  const scans: GoldenScan[] = [];
  let at = bornAt;
  const add = (status: ShipmentStatus, hours: number, subStatus: SubStatus | null = null) => {
    at = round(at + hours * HOUR * (0.5 + random()));
    scans.push({ status, subStatus, at, heardAt: round(at + lagOf(random)) });
  };
  add("pre_transit", 1, "label_created");
  if (random() > 0.08) {
    add("in_transit", 20, "picked_up");
    for (let steps = random() * 4; steps > 1; steps -= 1) add("in_transit", 24, "arrived_at_facility");
    if (random() < 0.15) add("exception", 10, random() < 0.5 ? "delayed" : "customs_hold");
    endOf(random, add);
  }
  // Scans that are heard twice, or long after those that followed them, change nothing.
  for (const scan of scans.filter(() => random() < 0.1)) scans.push({ ...scan, heardAt: scan.heardAt + 20 * HOUR });
  return { bornAt, scans, forecasts: goldenForecasts(random, bornAt, at) };
}

/** Most scans are heard within hours, some a day or two late, a few when nobody cares any more. */
function lagOf(random: Random): number {
  const luck = random();
  if (luck < 0.03) return 8 * DAY;
  return luck < 0.15 ? (5 + random() * 60) * HOUR : random() * 3 * HOUR + MINUTE;
}

function endOf(random: Random, add: (status: ShipmentStatus, hours: number, sub?: SubStatus | null) => void): void {
  const fate = random();
  if (fate < 0.05) return add("exception", 30, "lost");
  if (fate < 0.1) return;
  if (fate < 0.17) {
    add("delivery_attempted", 30, "nobody_home");
    add("return_to_sender", 60, "returning");
    return;
  }
  add("out_for_delivery", 24);
  for (let attempts = random() < 0.25 ? 1 + random() * 2 : 0; attempts > 1; attempts -= 1) {
    add("delivery_attempted", 6, "nobody_home");
    add("out_for_delivery", 18);
  }
  if (fate < 0.22) add("available_for_pickup", 5, "post_office");
  add("delivered", 5, random() < 0.5 ? "front_door" : null);
}

/** A promise, dates that move, and troubles that come and go. */
function goldenForecasts(random: Random, bornAt: number, endsAt: number): GoldenForecast[] {
  const promise = bornAt + 4 * DAY;
  const said = (at: number, shown: number, troubles: string[]): GoldenForecast => {
    return { at: round(at), promisedOn: day(promise), shownOn: day(shown), troubles };
  };
  const moments = [said(bornAt + MINUTE, promise - DAY, [])];
  if (random() < 0.4) {
    const warned = bornAt + (20 + random() * 30) * HOUR;
    moments.push(said(warned, promise + DAY, ["delay_predicted"]));
    if (random() < 0.6)
      moments.push(said(warned + 12 * HOUR, promise + (random() < 0.5 ? 1 : 3) * DAY, ["delay_predicted"]));
  }
  if (endsAt > promise + DAY) moments.push(said(promise + DAY + 2 * HOUR, promise + 3 * DAY, ["delayed"]));
  if (endsAt > promise + 8 * DAY)
    moments.push(said(promise + 9 * DAY, promise + 12 * DAY, ["delayed", "suspected_lost"]));
  const last = moments.at(-1);
  if (last && last.troubles.length > 0) moments.push({ ...last, at: Math.max(endsAt, last.at + HOUR), troubles: [] });
  return moments;
}

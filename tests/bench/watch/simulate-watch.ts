import type { CarrierErrorKind } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { destinationZone, offsetOf } from "#app/modules/shipments/destination-zone.ts";
import { planNextCheck } from "#app/modules/shipments/next-check.ts";
import { lessonsOf } from "#app/modules/shipments/rhythm/lessons-of.ts";
import { isAbroad, phaseOf } from "#app/modules/shipments/rhythm/phase.ts";
import { emptyRhythm, type Rhythm, withNews } from "#app/modules/shipments/rhythm/rhythm.ts";
import { type NewsShape, shapeNews } from "#app/modules/shipments/rhythm/shape-news.ts";
import { spread } from "#app/modules/shipments/spread.ts";
import type { WatchFacts } from "#app/modules/shipments/watch-facts.ts";
import { scan as logged } from "#tests/modules/shipments/stored-events.ts";
import type { Journey, SimulatedScan } from "./plan-journey.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** One question in so many meets a carrier that cannot answer. */
const FAULTS = 0.015;
const GIVEN_UP_AFTER = { home: 30 * DAY, abroad: 60 * DAY } as const;

export interface Watched {
  calls: number;
  delivered: boolean;
  /** Hours from when the carrier told of each change of status until it was heard. */
  staleness: number[];
}

/** What a question finds. */
interface View {
  now: number;
  scans: readonly SimulatedScan[];
  fault: boolean;
}

/** When to ask again, in milliseconds since 1970; null = never. */
type Policy = (view: View) => number | null;

/** Asks about one parcel until the policy ends it, and measures what it cost and what it missed. */
function watch(journey: Journey, policy: Policy): Watched {
  const asked: number[] = [];
  for (let at: number | null = journey.createdAt + spread(journey.id) * 5 * MINUTE; at !== null;) {
    const now: number = at;
    const fault = spread(`${journey.id}:${Math.floor(now / MINUTE)}`) < FAULTS;
    asked.push(now);
    if (fault) asked[asked.length - 1] = -now;
    at = policy({ now, scans: journey.scans.filter(({ published }) => published <= now), fault });
  }
  const answered = asked.filter((at) => at > 0);
  const staleness = changesOf(journey).map(({ published }) => {
    const heard = answered.find((at) => at >= published) ?? published + GIVEN_UP_AFTER.abroad;
    return (heard - published) / HOUR;
  });
  return { calls: asked.length, delivered: journey.scans.at(-1)?.status === "delivered", staleness };
}

/** Scans with another status than the one before. */
function changesOf({ scans }: Journey): SimulatedScan[] {
  return scans.filter((scan, index) => scan.status !== (scans[index - 1]?.status ?? "unknown"));
}

/** The same interval all the way, until the end is heard or the parcel has been silent for as long as the product waits. */
export function watchAtInterval(journey: Journey, hours: number): Watched {
  return watch(journey, ({ now, scans, fault }) => {
    if (!fault && scans.at(-1)?.status === "delivered") return null;
    const heard = scans.at(-1)?.at ?? journey.createdAt;
    return now - heard > GIVEN_UP_AFTER[journey.abroad ? "abroad" : "home"] ? null : now + hours * HOUR;
  });
}

/** What the schedule has learned, by carrier and phase. */
export type Learned = Map<string, Rhythm>;

/** Follows the schedule of the product; with `learn`, every answer teaches as it does there. */
export function watchAdaptively(journey: Journey, learned: Learned, learn = false): Watched {
  let checks = { checksOn: null as string | null, checksThatDay: 0, failures: 0 };
  const heard = new Map<SimulatedScan, number>();
  let lastNews: number | null = null;
  let expectedOn: string | null = null;
  const shapes = new Map<string, NewsShape>();
  return watch(journey, ({ now, scans, fault }) => {
    const day = new Date(now).toISOString().slice(0, 10);
    const failures = fault ? checks.failures + 1 : 0;
    checks = { checksOn: day, checksThatDay: checks.checksOn === day ? checks.checksThatDay + 1 : 1, failures };
    const known = fault ? journey.scans.filter((scan) => heard.has(scan)) : scans;
    const fresh = known.filter((scan) => !heard.has(scan));
    if (fresh.length > 0) lastNews = now;
    for (const scan of fresh) heard.set(scan, now);
    if (learn && fresh.length > 0) takeLessons(journey, { learned, heard, now, expectedOn });
    if (!fault) expectedOn = journey.forecasts.findLast(({ from }) => from <= now)?.day ?? expectedOn;
    const problem = fault ? { kind: "server" as CarrierErrorKind } : known.length === 0 ? NOT_FOUND : null;
    const facts = factsOf(journey, { known, now, shapeOf: (phase) => shapeOf(phase) });
    const plan = planNextCheck(
      { ...facts, ...checks, problem, expectedOn, lastNewsAt: lastNews === null ? null : new Date(lastNews) },
      new Date(now),
    );
    return plan.kind === "check" ? plan.at.getTime() : null;
  });

  function shapeOf(phase: Parameters<typeof shapeNews>[0]): NewsShape {
    const shape = shapes.get(phase) ?? shapeNews(phase, { shop: learned.get(`${journey.carrier}:${phase}`) });
    shapes.set(phase, shape);
    return shape;
  }
}

const NOT_FOUND = { kind: "not_found" as CarrierErrorKind };

interface Knowledge {
  known: readonly SimulatedScan[];
  now: number;
  shapeOf(phase: Parameters<typeof shapeNews>[0]): NewsShape;
}

type Counted = "checksOn" | "checksThatDay" | "failures" | "problem" | "expectedOn" | "lastNewsAt";

function factsOf(journey: Journey, { known, now, shapeOf }: Knowledge): Omit<WatchFacts, Counted> {
  const { destination, createdAt, id } = journey;
  const newest = known.at(-1);
  const status: ShipmentStatus = newest?.status ?? "unknown";
  const since = new Date(known.findLast((scan, index) => scan.status !== known[index - 1]?.status)?.at ?? createdAt);
  const abroad = isAbroad(newest?.country ?? null, destination.country);
  const phase = phaseOf(status, abroad);
  const arrived = phase === "moving" && known.some(({ country }) => country !== destination.country);
  const atShop = phase === "unheard" || phase === "waiting";
  const zone = atShop ? journey.originZone : destinationZone(destination.country, destination.province);
  const offset = zone === null || phase === "abroad" ? null : offsetOf(zone, new Date(now));
  return {
    ...{ shipmentId: id, lifecycle: "active", status, subStatus: null, statusSince: since, abroad, postal: false },
    ...{ startedAt: new Date(createdAt), lastCheckAt: new Date(now), pushUntil: null, limits: null, pace: 1 },
    lastEventAt: newest ? new Date(newest.at) : null,
    phaseSince: arrived && newest ? new Date(newest.at) : since,
    offset: offset ?? newest?.offset ?? 0,
    shape: phase && shapeOf(phase),
  };
}

interface Teaching {
  learned: Learned;
  heard: ReadonlyMap<SimulatedScan, number>;
  now: number;
  expectedOn: string | null;
}

function takeLessons(journey: Journey, { learned, heard, now, expectedOn }: Teaching): void {
  const log = [...heard].map(([{ at, status, country, offset }, heardAt]) => {
    const localTime = new Date(at + offset * MINUTE).toISOString().slice(0, 19);
    const receivedAt = new Date(heardAt);
    return logged({ status, occurredAt: new Date(at), localTime, countryCode: country, receivedAt });
  });
  const createdAt = new Date(journey.createdAt);
  const context = { createdAt, shippedAt: createdAt, destinationCountry: journey.destination.country };
  for (const { phase, bins } of lessonsOf(log, { context, expectedOn, heardAt: new Date(now) })) {
    const key = `${journey.carrier}:${phase}`;
    learned.set(key, withNews(learned.get(key) ?? emptyRhythm(), bins));
  }
}

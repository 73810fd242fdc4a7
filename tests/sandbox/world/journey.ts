import { Temporal } from "temporal-polyfill";

import { readDay } from "#app/modules/foresight/civil-day.ts";
import { instantOf } from "#app/modules/foresight/local-moment.ts";

import { doorDay, vansAreOut } from "./door-day.ts";
import type { Place, SandboxParcel, Scan, ScanKind } from "./parcel.ts";
import { hubFor } from "./places.ts";
import type { Step, StepWhere } from "./scenarios.ts";
import { MORNING_KINDS, SCENARIO_STEPS } from "./scenarios.ts";
import { fractionOf } from "./seeded-random.ts";

const HOUR_MS = 3_600_000;
/** Later pieces of a shipment are scanned this much after the first one. */
const PIECE_LAG_HOURS = 3;
/** Longest a journey may run past its step table because of pace and morning hours. */
const LATEST_DELIVERY_HOURS = 9;

/** The places a parcel passes. */
function placeAt(parcel: SandboxParcel, where: StepWhere): Place {
  if (where === "origin") return parcel.origin;
  return where === "destination" ? parcel.destination : hubFor(parcel.destination);
}

/** Hour of the table at which the van of an undisturbed parcel leaves, and the one at which vans leave at the door. */
const VAN_IN_TABLE = 52;
const VAN_HOUR = 8;

/**
 * Natural journeys differ, by the way that lies before them and by number: the table is stretched so that its van leaves on
 * the parcel's door day. Live ones keep the table, so a demo takes its minute.
 */
function paceOf(parcel: SandboxParcel): number {
  const van = instantOf(parcel.destination.zone, { day: doorDay(parcel), hour: VAN_HOUR - 1 }).getTime();
  return (van - Date.parse(parcel.createdAt)) / (VAN_IN_TABLE * HOUR_MS);
}

function pieceLagHours(parcel: SandboxParcel): number {
  return Math.max(0, parcel.pieces?.indexOf(parcel.trackingNumber) ?? 0) * PIECE_LAG_HOURS;
}

/** The first instant not before `earliest` at which a van leaves: 07:30 to 09:29 there, on a day on which vans are out. */
function nextMorning(earliest: number, parcel: SandboxParcel, salt: string): number {
  const { zone } = parcel.destination;
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.ceil(earliest)).toZonedDateTimeISO(zone);
  const minutes = 450 + Math.floor(fractionOf(salt) * 120);
  const morning = zoned.startOfDay().add({ minutes });
  let chosen = morning;
  while (Temporal.ZonedDateTime.compare(chosen, zoned) < 0 || !vansAreOut(parcel, dayOf(chosen)))
    chosen = chosen.startOfDay().add({ days: 1, minutes });
  return chosen.epochMilliseconds;
}

const dayOf = (at: Temporal.ZonedDateTime): number => readDay(at.toPlainDate().toString());

interface PlannedStep {
  step: Step;
  at: number;
}

/** Step times at natural speed: pace, a few minutes of jitter, and morning hours for the van. */
function naturalTimes(parcel: SandboxParcel, steps: readonly Step[]): PlannedStep[] {
  const start = Date.parse(parcel.createdAt);
  const pace = paceOf(parcel);
  let previous: PlannedStep | null = null;
  return steps.map((step, index) => {
    const salt = `${parcel.trackingNumber}:${index}`;
    let at = start + step.hours * pace * HOUR_MS + (index === 0 ? 0 : fractionOf(salt) * 20 * 60_000);
    if (MORNING_KINDS.has(step.kind)) at = nextMorning(Math.max(at, previous?.at ?? at), parcel, salt);
    else if (previous !== null) at = afterVan(previous, at, salt);
    previous = { step, at };
    return previous;
  });
}

/** What follows a van's morning happens in the same day's hours; anything else only has to come later. */
function afterVan(previous: PlannedStep, at: number, salt: string): number {
  const soonest = previous.at + 30 * 60_000;
  if (!MORNING_KINDS.has(previous.step.kind)) return Math.max(at, soonest);
  return previous.at + (2 + fractionOf(`${salt}:van`) * (LATEST_DELIVERY_HOURS - 2)) * HOUR_MS;
}

function liveTimes(parcel: SandboxParcel, steps: readonly Step[]): PlannedStep[] {
  const start = Date.parse(parcel.createdAt);
  return steps.map((step) => ({ step, at: start + (step.hours * HOUR_MS) / parcel.speed }));
}

function timesOf(parcel: SandboxParcel, steps: readonly Step[]): PlannedStep[] {
  return parcel.speed === 1 ? naturalTimes(parcel, steps) : liveTimes(parcel, steps);
}

/** A scan at a place: the instant cut to whole seconds (never later than planned) and the wall clock there. */
export function scanAt(moment: { kind: ScanKind; epochMs: number; place: Place; sequence: number }): Scan {
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(moment.epochMs / 1000) * 1000);
  const zoned = instant.toZonedDateTimeISO(moment.place.zone);
  return {
    sequence: moment.sequence,
    kind: moment.kind,
    at: instant.toString({ smallestUnit: "second" }),
    local: zoned.toPlainDateTime().toString({ smallestUnit: "second" }),
    offset: zoned.offset,
    place: moment.place,
  };
}

/** How long ago the number of a recycled parcel was last in use. */
const EARLIER_USE_MS = 400 * 24 * HOUR_MS;

/** The whole journey, future included: a pure function of the parcel, so that no state has to be kept anywhere. */
export function planJourney(parcel: SandboxParcel): Scan[] {
  if (parcel.scenario !== "recycled_number") return planOne(parcel);
  const createdAt = new Date(Date.parse(parcel.createdAt) - EARLIER_USE_MS).toISOString();
  const before = planOne({ ...parcel, scenario: "on_time", createdAt, speed: 1 });
  const now = planOne({ ...parcel, scenario: "on_time" });
  return [...before, ...now].map((scan, sequence) => ({ ...scan, sequence }));
}

function planOne(parcel: SandboxParcel): Scan[] {
  const lag = (pieceLagHours(parcel) * HOUR_MS) / parcel.speed;
  return timesOf(parcel, SCENARIO_STEPS[parcel.scenario]).map(({ step, at }, sequence) =>
    scanAt({ kind: step.kind, epochMs: sequence === 0 ? at : at + lag, place: placeAt(parcel, step.where), sequence }),
  );
}

/** The scans that have happened at `now`, oldest first; never one from the future. */
export function scansSoFar(parcel: SandboxParcel, now: Date): Scan[] {
  return planJourney(parcel).filter((scan) => Date.parse(scan.at) <= now.getTime());
}

/** When the next scan is due (epoch milliseconds), or null when nothing more will happen. */
export function nextScanAt(parcel: SandboxParcel, now: Date): number | null {
  const next = planJourney(parcel).find((scan) => Date.parse(scan.at) > now.getTime());
  return next === undefined ? null : Date.parse(next.at);
}

export interface Arrival {
  /** Civil date at the destination, `YYYY-MM-DD`: what was promised when the label was made. */
  promisedOn: string;
  /** What the carrier expects now. */
  expectedOn: string;
  /** True once the carrier has moved the date. */
  rescheduled: boolean;
}

/** The carrier's own idea of the arrival, or null as long as it does not hold the parcel. */
export function arrivalOf(parcel: SandboxParcel, now: Date): Arrival | null {
  const scans = scansSoFar(parcel, now);
  if (!scans.some((scan) => scan.kind === "accepted")) return null;
  const promised = timesOf(parcel, SCENARIO_STEPS.on_time).at(-1);
  const promisedOn = dateAt(promised?.at ?? Date.parse(parcel.createdAt), parcel.destination.zone);
  const setBack = scans.some((scan) => SETBACKS.has(scan.kind));
  const actual = planJourney(parcel).findLast((scan) => scan.kind === "delivered" || scan.kind === "collected");
  if (!setBack || actual === undefined) return { promisedOn, expectedOn: promisedOn, rescheduled: false };
  const expectedOn = actual.local.slice(0, 10);
  return { promisedOn, expectedOn, rescheduled: expectedOn !== promisedOn };
}

/** Scans after which a carrier tells a new date. */
const SETBACKS: ReadonlySet<ScanKind> = new Set(["weather_delay", "attempted", "customs_held", "available_for_pickup"]);

function dateAt(epochMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs)).toZonedDateTimeISO(zone).toPlainDate().toString();
}

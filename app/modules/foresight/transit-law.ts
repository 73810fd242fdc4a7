import { BIN_COUNT } from "./age-bins.ts";
import { type FactorSpec, type LawSpec, type LevelSpec, levelUnder } from "./law.ts";
import { distanceBand, type ParcelFacts, type Place } from "./parcel-facts.ts";
import { ratesOfStandard } from "./standard-rates.ts";

/** Names the method and its constants; stored with every forecast, and a state of another version is not read. */
export const MODEL_VERSION = "hazard-4";

const carrier = ({ carrier: id }: ParcelFacts): string => id ?? "?";
/** Parcels of different published transit times share no table: the published time is the parent there. */
const root = (facts: ParcelFacts): string => `${facts.stage}|${carrier(facts)}|${published(facts)}`;
const published = ({ standardDays, standardFrom, onTime }: ParcelFacts): string => {
  const days = standardFrom === null ? String(standardDays ?? "?") : `${standardFrom}-${standardDays ?? "?"}`;
  return onTime === null ? days : `${days}@${onTime.early?.join("=") ?? ""}-${onTime.byLast}`;
};
const service = (facts: ParcelFacts): string => `${root(facts)}|${facts.service ?? "?"}`;
const area = ({ country, region }: Place): string | null => (region === null ? null : `${country ?? "?"}.${region}`);
const zip = (facts: ParcelFacts, length: number): string | null => {
  const written = facts.destination.zip ?? "";
  const digits = PLAIN_ZIP.test(written) ? written : written.replaceAll(/[^0-9A-Za-z]/g, "").toUpperCase();
  return digits.length >= length ? `${facts.destination.country ?? "?"}.${digits.slice(0, length)}` : null;
};
const PLAIN_ZIP = /^[0-9A-Z]*$/;
const joined = (first: string, second: string | null, third: string | null = ""): string | null =>
  second === null || third === null ? null : third === "" ? `${first}|${second}` : `${first}|${second}|${third}`;
const from = (facts: ParcelFacts): string => area(facts.origin) ?? facts.origin.country ?? "?";

const LEVELS: readonly LevelSpec[] = [
  { name: "carrier", key: root, pooled: true },
  { name: "service", key: (facts, prefix) => (facts.service === null ? null : prefix), pooled: true },
  {
    ...levelUnder("countries", ({ origin, destination }) =>
      origin.country === null ? null : joined(origin.country, destination.country),
    ),
    pooled: true,
  },
  levelUnder("region", (facts) => area(facts.destination)),
  levelUnder("lane", (facts) => joined(from(facts), area(facts.destination))),
  levelUnder("zip2", (facts) => joined(from(facts), zip(facts, 2))),
  levelUnder("zip3", (facts) => joined(from(facts), zip(facts, 3))),
];

const distance = (facts: ParcelFacts): string | null =>
  facts.distanceKm === null ? null : `${carrier(facts)}|${facts.service ?? "?"}|${distanceBand(facts.distanceKm)}`;
const region = (facts: ParcelFacts): string | null => joined(carrier(facts), area(facts.destination));

/** Fast ones see a jam the day it starts and fade over the forecast; slow ones hold what lasts. Source: method, section 3. */
const whole = (): null => null;
const FACTORS: readonly FactorSpec[] = [
  { name: "network_now", key: carrier, group: whole, halfLife: 5, shrinkage: 60, fade: 8, pooled: true, ofLane: true },
  { name: "region_now", key: region, group: carrier, halfLife: 10, shrinkage: 30, fade: 12, ofLane: true },
  {
    name: "lane_now",
    key: (facts) => joined(carrier(facts), from(facts), area(facts.destination)),
    group: region,
    halfLife: 10,
    shrinkage: 20,
    fade: 12,
    ofLane: true,
  },
  { name: "network", key: carrier, group: whole, halfLife: 25, shrinkage: 100, fade: 0, pooled: true, ofLane: true },
  { name: "region", key: region, group: carrier, halfLife: 45, shrinkage: 40, fade: 0, ofLane: true },
  {
    name: "zip3",
    key: (facts) => joined(carrier(facts), zip(facts, 3)),
    group: region,
    halfLife: 30,
    shrinkage: 15,
    fade: 30,
    ofLane: true,
  },
  {
    name: "zip5",
    key: (facts) => zip(facts, 5),
    group: (facts) => zip(facts, 3),
    halfLife: 180,
    shrinkage: 30,
    fade: 0,
    view: "pace",
  },
  {
    name: "ship_from",
    key: (facts) => joined(carrier(facts), facts.shipFrom),
    group: carrier,
    halfLife: 120,
    shrinkage: 12,
    fade: 0,
  },
  { name: "distance", key: distance, group: carrier, halfLife: 180, shrinkage: 50, fade: 0 },
  {
    name: "option",
    key: (facts) => joined(carrier(facts), facts.shippingOption),
    group: carrier,
    halfLife: 180,
    shrinkage: 50,
    fade: 0,
  },
  {
    name: "items",
    key: (facts) => (facts.items === null ? null : `${carrier(facts)}|${Math.min(3, facts.items)}`),
    group: carrier,
    halfLife: 180,
    shrinkage: 50,
    fade: 0,
  },
  {
    name: "distance_by_age",
    key: distance,
    group: carrier,
    halfLife: 90,
    shrinkage: 40,
    fade: 0,
    by: "age",
    view: "pace",
  },
  {
    name: "carrier_date",
    key: (facts) => (facts.carrierDay === null ? null : `${carrier(facts)}|${facts.service ?? "?"}`),
    group: whole,
    halfLife: 60,
    shrinkage: 20,
    fade: 0,
    by: "carrier_date",
    pooled: true,
  },
];

/** Deliveries per delivery day in a stage nobody has seen yet: judgement, not data; five days of exposure outweigh it. */
const FLAT_RATES = {
  label: 0.1,
  accepted: 0.14,
  moving: 0.16,
  customs: 0.12,
  destination_hub: 0.5,
  out_for_delivery: 1.5,
  exception: 0.12,
} as const;

/** The whole time to delivery, one table for each stage. */
export const TRANSIT_LAW: LawSpec = {
  name: "transit",
  levels: LEVELS,
  prefix: service,
  factors: FACTORS,
  stagesShareFactors: true,
  views: [
    { name: "calendar", pace: 0 },
    { name: "pace", pace: 1 },
  ],
  halfLife: 180,
  shrinkage: 40,
  prior: ({ standardDays, standardFrom, onTime, stage }) =>
    standardDays !== null && (stage === "label" || stage === "accepted" || stage === "moving")
      ? { rates: ratesOfStandard(standardDays, standardFrom, { fromLabel: stage === "label", onTime }), weight: 25 }
      : { rates: new Float64Array(BIN_COUNT).fill(FLAT_RATES[stage]), weight: 5 },
  weekdays: [0.05, 1, 1, 1, 1, 1, 0.35],
  holiday: 0.1,
  frailty: 0.02,
  teachingTail: 0,
};

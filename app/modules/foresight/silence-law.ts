import { BIN_COUNT } from "./age-bins.ts";
import { type LawSpec, levelUnder } from "./law.ts";
import type { ParcelFacts, Stage } from "./parcel-facts.ts";

/** Scans per working day before anything is known of a carrier: judgement, outweighed by three days of exposure. */
const USUAL_SCANS: Readonly<Record<Stage, number>> = {
  label: 0.5,
  accepted: 0.8,
  moving: 0.8,
  customs: 0.35,
  destination_hub: 0.9,
  out_for_delivery: 1.6,
  exception: 0.5,
};

const start = ({ stage, carrier }: ParcelFacts): string => `${stage}|${carrier ?? "?"}`;
const service = (facts: ParcelFacts): string => `${start(facts)}|${facts.service ?? "?"}`;

/**
 * The law of gaps between scans: how long until the next new kind of news, given the carrier, the stage and the weekday.
 * Age is the silence since the last one, in working days of the scanners. Source: foresight method, section 5.
 */
export const SILENCE_LAW: LawSpec = {
  name: "silence",
  levels: [
    { name: "stage", key: ({ stage }) => stage, pooled: true },
    { name: "carrier", key: start, pooled: true },
    { name: "service", key: (facts, prefix) => (facts.service === null ? null : prefix), pooled: true },
    {
      ...levelUnder("countries", ({ origin, destination }) =>
        origin.country === null || destination.country === null ? null : `${origin.country}|${destination.country}`,
      ),
      pooled: true,
    },
  ],
  prefix: service,
  way: ({ carrier, service: by, origin, destination }) => [carrier, by, origin.country, destination.country].join("\n"),
  kind: () => "",
  stagesShareFactors: false,
  factors: [
    {
      name: "network_now",
      key: ({ carrier }) => carrier ?? "?",
      group: () => null,
      halfLife: 4,
      shrinkage: 50,
      fade: 0,
      pooled: true,
    },
    { name: "ship_from", key: labelOnly, group: start, halfLife: 60, shrinkage: 12, fade: 0 },
  ],
  views: [{ name: "calendar", pace: 0 }],
  halfLife: 90,
  shrinkage: 20,
  prior: ({ stage }) => ({ rates: new Float64Array(BIN_COUNT).fill(USUAL_SCANS[stage]), weight: 3 }),
  weekdays: [0.15, 1, 1, 1, 1, 1, 0.4],
  holiday: 0.15,
  frailty: 0,
  teachingTail: 0.005,
};

/** How long a label lies before the carrier has the parcel is the merchant's habit, not the carrier's. */
function labelOnly({ stage, shipFrom }: ParcelFacts): string | null {
  return stage === "label" ? (shipFrom ?? "?") : null;
}

import type { Day, LocalMoment } from "./civil-day.ts";
import type { Stage } from "./parcel-facts.ts";

/** A stage, and when it began. */
export interface JourneyStep extends LocalMoment {
  stage: Stage;
}

/** How a parcel has come as far as it has, by the clock of its destination. */
export interface Journey {
  /** Each stage it came to, once, the newest entry of each; the oldest first. */
  stages: JourneyStep[];
  /** Each new kind of news and the stage it left the parcel in; the oldest first. */
  news: JourneyStep[];
  /** How its way ended: arrived, or nothing more can be learnt of it. */
  end: (LocalMoment & { kind: "arrived" | "lost" | "censored" }) | null;
  /** Day of the first attempt or the delivery. */
  attempt: Day | null;
}

export const NO_JOURNEY: Journey = { stages: [], news: [], end: null, attempt: null };

const STAGES: Readonly<Record<Stage, true>> = {
  label: true,
  accepted: true,
  moving: true,
  customs: true,
  destination_hub: true,
  out_for_delivery: true,
  exception: true,
};
const ENDS: readonly unknown[] = ["arrived", "lost", "censored"];

/**
 * A stored journey; what no longer fits is a journey of which nothing is known. By hand: a night reads one for every
 * parcel.
 */
export function readJourney(stored: unknown): Journey {
  const { stages, news, end, attempt } = (stored ?? {}) as Partial<Record<keyof Journey, unknown>>;
  const fits =
    Array.isArray(stages) &&
    stages.every(isStep) &&
    Array.isArray(news) &&
    (news === stages || news.every(isStep)) &&
    (end === null || (isMoment(end) && ENDS.includes(end.kind))) &&
    (attempt === null || Number.isInteger(attempt));
  return fits ? (stored as Journey) : NO_JOURNEY;
}

function isStep(stored: unknown): boolean {
  return isMoment(stored) && typeof stored.stage === "string" && Object.hasOwn(STAGES, stored.stage);
}

function isMoment(stored: unknown): stored is Record<"day" | "hour" | "stage" | "kind", unknown> {
  if (typeof stored !== "object" || stored === null) return false;
  const { day, hour } = stored as Partial<LocalMoment>;
  return Number.isInteger(day) && typeof hour === "number";
}

/** The stage a parcel is in; null when nothing is known. */
export function currentStep({ stages }: Journey): JourneyStep | null {
  return stages.at(-1) ?? null;
}

/** When the carrier first had it. Of one that arrived without a scan before, when its label was made. */
export function handOver({ stages, end }: Journey): JourneyStep | null {
  const scanned = stages.find((one) => one.stage !== "label");
  return scanned ?? (end?.kind === "arrived" ? (stages[0] ?? null) : null);
}

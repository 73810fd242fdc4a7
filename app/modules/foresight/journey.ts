import { z } from "zod";

const stage = z.enum(["label", "accepted", "moving", "customs", "destination_hub", "out_for_delivery", "exception"]);
const moment = { day: z.number().int(), hour: z.number() };
const step = z.object({ stage, ...moment });

const journeySchema = z.object({
  /** Each stage it came to, once, the newest entry of each; the oldest first. */
  stages: z.array(step),
  /** Each new kind of news and the stage it left the parcel in; the oldest first. */
  news: z.array(step),
  /** How its way ended: arrived, or nothing more can be learnt of it. */
  end: z.object({ kind: z.enum(["arrived", "lost", "censored"]), ...moment }).nullable(),
  /** Day of the first attempt or the delivery. */
  attempt: z.number().int().nullable(),
});

/** How a parcel has come as far as it has, by the clock of its destination. */
export type Journey = z.infer<typeof journeySchema>;
export type JourneyStep = Journey["stages"][number];

export const NO_JOURNEY: Journey = { stages: [], news: [], end: null, attempt: null };

/** A stored journey; what no longer fits is a journey of which nothing is known. */
export function readJourney(stored: unknown): Journey {
  return journeySchema.catch(NO_JOURNEY).parse(stored);
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

import { z } from "zod";
import { addRivalry, type DateRivalry, openRivalry } from "./carrier-date.ts";
import type { Day } from "./civil-day.ts";

/** What a night counts beside the laws, by carrier. */
export interface Tally {
  /** Parcels whose fate became known. */
  fates: Record<string, { never: number; arrived: number }>;
  /** Dates of the carrier and ours, and the day it arrived. */
  rivals: { carrier: string; arrived: Day; carrierDay: Day; ourDay: Day }[];
}

const number = z.number();
const rivalry = z.object({
  asOf: number,
  parcels: number,
  carrierError: number,
  ourError: number,
  carrierLateness: number,
});

/** What a shop has learnt beside the laws; decayed where it matters. */
const knowledgeSchema = z.object({
  fates: z.record(z.string(), z.object({ never: number, arrived: number })).default({}),
  rivalries: z.record(z.string(), rivalry).default({}),
  /** Thresholds chosen from the shop's own history; absent: the usual one. */
  chosen: z
    .object({
      delayProbability: number.optional(),
      silenceTail: number.optional(),
      labelTail: number.optional(),
      lostProbability: number.optional(),
      unfulfilledDays: number.optional(),
    })
    .default({}),
});

export type Knowledge = z.infer<typeof knowledgeSchema>;

/** Stored knowledge, or none. */
export function readKnowledge(stored: unknown): Knowledge {
  return knowledgeSchema.catch({ fates: {}, rivalries: {}, chosen: {} }).parse(stored);
}

export const openTally = (): Tally => ({ fates: {}, rivals: [] });

export function countFate(tally: Tally, carrier: string, fate: "arrived" | "never"): void {
  const known = (tally.fates[carrier] ??= { never: 0, arrived: 0 });
  known[fate] += 1;
}

/** Adds one tally to another: shares of a night. */
export function addTally(into: Tally, tally: Tally): void {
  for (const [carrier, { never, arrived }] of Object.entries(tally.fates)) {
    const known = (into.fates[carrier] ??= { never: 0, arrived: 0 });
    known.never += never;
    known.arrived += arrived;
  }
  into.rivals.push(...tally.rivals);
}

/** What the shop knows after a night; the order of the parcels does not matter. */
export function withTally(knowledge: Knowledge, tally: Tally, day: Day): Knowledge {
  const summed: Tally = { fates: structuredClone(knowledge.fates), rivals: [] };
  addTally(summed, tally);
  const rivalries: Record<string, DateRivalry> = { ...knowledge.rivalries };
  for (const { carrier, ...rival } of tally.rivals)
    rivalries[carrier] = addRivalry(rivalries[carrier] ?? openRivalry(day), { day, ...rival });
  return { ...knowledge, fates: summed.fates, rivalries };
}

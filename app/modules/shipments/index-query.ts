import { z } from "zod";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";

/**
 * The tabs of the list. Every status is in exactly one of them besides "all"; "risk" is what foresight finds wrong now,
 * whatever the status, and "attention" holds those parcels too.
 */
export const INDEX_TABS = [
  "all",
  "attention",
  "risk",
  "waiting",
  "in_transit",
  "out_for_delivery",
  "available_for_pickup",
  "delivered",
  "ended",
] as const;

export type IndexTab = (typeof INDEX_TABS)[number];

export const TAB_STATUSES: Readonly<Record<Exclude<IndexTab, "all" | "risk">, readonly ShipmentStatus[]>> = {
  attention: ["exception", "delivery_attempted", "return_to_sender"],
  waiting: ["unknown", "pre_transit"],
  in_transit: ["in_transit"],
  out_for_delivery: ["out_for_delivery"],
  available_for_pickup: ["available_for_pickup"],
  delivered: ["delivered"],
  ended: ["expired", "cancelled"],
};

/** What can be odd about a parcel. The first two are questions about the row, the others are flags of the fold. */
export const PROBLEMS = [
  "unscanned",
  "unchecked",
  "statusConflict",
  "reusedNumber",
  "partlyDelivered",
  "movedAfterReturn",
  "postDeliveryScans",
  "unknownCode",
  "crossBorder",
] as const;

export type Problem = (typeof PROBLEMS)[number];

/** What foresight can find wrong with a parcel (foresight/detect-trouble); "any" is each of them. */
export const RISKS = ["any", "suspected_lost", "delayed", "delay_predicted", "stalled", "label_unscanned"] as const;

export type Risk = (typeof RISKS)[number];

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** Everything comes from an address bar: what does not fit is left out rather than answered with an error. */
const schema = z.object({
  tab: z.enum(INDEX_TABS).catch("all"),
  q: optional(z.string().trim().min(1).max(100)),
  carrier: optional(z.string().regex(/^[a-z0-9_-]{1,40}$/)),
  country: optional(z.string().regex(/^[A-Z]{2}$/)),
  /** Civil dates in the shop's zone, both inclusive. */
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
  problem: optional(z.enum(PROBLEMS)),
  risk: optional(z.enum(RISKS)),
  /** Only what was delivered on that day; goes with the tab "delivered". */
  day: optional(z.enum(["today", "yesterday"])),
  /** Only parcels with a scan of this code that is in no table of ours: "ups:XQ". */
  scan: optional(z.string().regex(/^[a-z0-9_-]{1,40}:.{1,80}$/u)),
  /** Only parcels behind a score: those of the weeks from this Monday on, or from the first to the second. */
  scored: optional(z.string().regex(/^\d{4}-\d\d-\d\d(_\d{4}-\d\d-\d\d)?$/)),
  cursor: optional(z.string().max(200)),
});

export type IndexQuery = z.infer<typeof schema>;

export function readIndexQuery(search: URLSearchParams): IndexQuery {
  return schema.parse({ tab: "all", ...Object.fromEntries(search) });
}

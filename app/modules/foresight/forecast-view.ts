import { z } from "zod";
import type { Detection } from "./detect-trouble.ts";
import type { Reason } from "./explain-forecast.ts";

/** Civil dates (`YYYY-MM-DD`) at the destination, both included. */
export interface DateWindow {
  from: string;
  to: string;
}

/** What the shopper is shown: one date, whose it is, and the share of such parcels that have arrived by then. */
export interface ShownOn {
  on: string;
  source: "forecast" | "carrier";
  coverage: number;
  /** Where a range is shown: its first day; `on` is the last, and 8 of 10 arrive within it. */
  from?: string | undefined;
}

export type PromiseSource = "shopify" | "rule";

/** Something wrong with a parcel now, as it is stored: since when, and the figures that say so. */
export interface Trouble {
  kind: Detection["kind"];
  /** When it was found, ISO 8601 in UTC. */
  since: string;
  /** P(late) or P(lost) behind it; null for a silence. */
  probability: number | null;
  /** Share of such parcels that stay silent so long; null where it is not about silence. */
  silentShare: number | null;
  /** Working days of silence; null where it is not about silence. */
  silentDays: number | null;
  daysOver: number | null;
}

/** Everything a page says about the future of one parcel. */
export interface ForecastView {
  /** Null for a parcel that had arrived before anything was forecast. */
  windows: { w50: DateWindow; w80: DateWindow; w90: DateWindow } | null;
  shown: ShownOn | null;
  /** By then half of such parcels have arrived. */
  likelyOn: string | null;
  promise: { on: string; source: PromiseSource } | null;
  lateProbability: number | null;
  lostProbability: number | null;
  /** At most three, the strongest first. */
  reasons: Reason[];
  troubles: Trouble[];
  /** Its way has ended: what stands here is what was said last. */
  ended: boolean;
  computedAt: Date;
  modelVersion: string;
}

const shownOn = z.object({
  on: z.string(),
  source: z.enum(["forecast", "carrier"]),
  coverage: z.number(),
  from: z.string().optional(),
});

/** What is shown, as it was stored; null where there is none. */
export function readShown(stored: unknown): ShownOn | null {
  return shownOn.nullable().catch(null).parse(stored);
}

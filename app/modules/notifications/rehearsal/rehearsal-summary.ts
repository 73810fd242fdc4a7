import type { RehearsedCost } from "./price-rehearsed.server.ts";

/** What a rehearsal found, in figures. */
export interface RehearsalSummary {
  /** Orders that were played, and those of the time that were not. */
  orders: number;
  leftOut: number;
  capped: boolean;
  /** Shoppers who would have heard something. */
  people: number;
  byKind: { kind: string; channel: string; outcome: string; count: number }[];
  /** Messages by the civil day of the shop. */
  byDay: { on: string; channel: string; count: number }[];
  byRule: { rule: string; count: number }[];
  /** Those who would have heard most, and one of their orders. */
  worst: { personKey: string; count: number; mostOnOneDay: number; orderId: string }[];
  /** What the texts would cost; null where there are none. */
  textCost: RehearsedCost | null;
  /** added, removed, moved: against the published rules. */
  difference: Partial<Record<"added" | "removed" | "moved", number>>;
}

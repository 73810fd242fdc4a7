import { z } from "zod";
import type { DeliveryState } from "./provider-events/fold-delivery.ts";

/** One line of the log. */
export interface LogEntry {
  id: string;
  kind: string;
  channel: string;
  /** event | manual | test | digest */
  purpose: string;
  audience: string;
  state: string;
  /** The rule that held it back; null when none did. */
  rule: string | null;
  /** What it waits for; null when it does not. */
  wait: string | null;
  delivery: DeliveryState | null;
  recipient: string | null;
  subject: string | null;
  error: string | null;
  clicks: number;
  decidedAt: Date;
  dueAt: Date | null;
  sentAt: Date | null;
  orderId: string | null;
  shipmentId: string | null;
}

const simple = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const decision = z.looseObject({
  rule: z.string().nullish(),
  wait: z.string().nullish(),
  evidence: z.record(z.string(), simple).nullish(),
});

export interface ReadDecision {
  rule: string | null;
  wait: string | null;
  /** What it was seen in: codes, ids, dates. */
  evidence: Record<string, string | number | boolean | null>;
}

/** The decision as it was written down; older ones have their evidence beside the rule. */
export function readDecision(stored: unknown): ReadDecision {
  const parsed = decision.safeParse(stored).data;
  if (!parsed) return { rule: null, wait: null, evidence: {} };
  const { rule, wait, evidence, ...rest } = parsed;
  const older = Object.entries(rest).flatMap(([name, value]) => {
    const plain = simple.safeParse(value);
    return name !== "action" && plain.success ? [[name, plain.data] as const] : [];
  });
  return { rule: rule ?? null, wait: wait ?? null, evidence: evidence ?? Object.fromEntries(older) };
}

/** Columns of the ledger that a line of the log is made of. */
export const ENTRY_COLUMNS = {
  ...{ id: true, kind: true, channel: true, purpose: true, audience: true, state: true, decision: true },
  ...{ delivery: true, recipient: true, subject: true, error: true, clicks: true, decidedAt: true, dueAt: true },
  ...{ sentAt: true, orderId: true, shipmentId: true },
} as const;

interface StoredEntry extends Omit<LogEntry, "rule" | "wait" | "delivery"> {
  decision: unknown;
  delivery: string | null;
}

export function toLogEntry({ decision: stored, delivery, ...row }: StoredEntry): LogEntry {
  const { rule, wait } = readDecision(stored);
  return { ...row, rule, wait, delivery: delivery as DeliveryState | null };
}

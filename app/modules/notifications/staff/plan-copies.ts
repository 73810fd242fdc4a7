import type { LedgerRow } from "../dispatch/dispatch-deps.ts";
import { kindOf } from "../kinds/kinds.ts";

/** The time within which copies count as a crowd … */
export const WINDOW_MS = 15 * 60_000;
/** … and how many of them go out by themselves. */
const SINGLY = 5;

/** What a claim's copies come to. */
export interface CopyPlan<Row = LedgerRow> {
  /** They wait until then. */
  wait: Row[];
  until: Date;
  /** Each is one mail: copies to one person. */
  lists: Row[][];
}

type Copy = Pick<LedgerRow, "id" | "recipient" | "decision">;

/** True for a copy of an event's mail that may wait; urgent news never does. */
export function isCopy({ audience, purpose, kind }: Pick<LedgerRow, "audience" | "purpose" | "kind">): boolean {
  return audience === "staff" && purpose === "event" && kindOf(kind)?.urgent !== true;
}

/**
 * Which copies wait for the others of their quarter of an hour, and which go as one list now that it is over. Those that
 * stand nowhere in the answer go out as they are. `sent`: how many each person got lately.
 */
export function planCopies<Row extends Copy>(
  copies: readonly Row[],
  sent: ReadonlyMap<string, number>,
  now: Date,
): CopyPlan<Row> {
  const until = new Date((Math.floor(now.getTime() / WINDOW_MS) + 1) * WINDOW_MS);
  const plan: CopyPlan<Row> = { wait: [], until, lists: [] };
  for (const recipient of new Set(copies.map((copy) => copy.recipient ?? ""))) {
    const group = copies.filter((copy) => (copy.recipient ?? "") === recipient);
    // Whoever has waited goes now, and takes along what has come in the meantime.
    if (group.some(hasWaited)) plan.lists.push(...(group.length > 1 ? [group] : []));
    else plan.wait.push(...group.slice(Math.max(0, SINGLY - (sent.get(recipient) ?? 0))));
  }
  return plan;
}

const hasWaited = ({ decision }: Copy): boolean => (decision as { wait?: unknown }).wait === "staff_crowd";

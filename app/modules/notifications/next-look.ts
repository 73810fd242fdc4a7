import type { DecisionBook } from "./decision-book.ts";
import { eventRulesOf } from "./event-rules.ts";
import type { Situation } from "./situation.ts";

/** The next instant at which time alone may call for a message about an order; null when only a change can. */
export function nextLook(situation: Situation, { kinds }: Pick<DecisionBook, "kinds">): Date | null {
  const { shop, rules, now } = situation;
  // Nothing that happened before going live is told: there is nothing to wait for.
  if (shop.closed === "not_live" || shop.closed === "uninstalled") return null;
  let next: Date | null = null;
  for (const kind of kinds) {
    if (!eventRulesOf(rules, kind).on) continue;
    const at = kind.looksAgainAt(situation);
    if (at !== null && at > now && (next === null || at < next)) next = at;
  }
  return next;
}

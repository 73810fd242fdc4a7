import { eventRulesOf } from "./event-rules.ts";
import type { KindDefinition, KindGroup } from "./kinds/kind.ts";
import { KINDS } from "./kinds/kinds.ts";
import type { EventRules, MessageRules } from "./message-rules.ts";

/** The sections of the page, by meaning. */
export const EVENT_GROUPS: readonly KindGroup[] = ["status", "predicted", "problem", "returns", "order"];

/** One event as its page shows it. */
export interface EventView extends Pick<
  KindDefinition,
  "key" | "group" | "onByDefault" | "urgent" | "dormant" | "marketing" | "threshold" | "shopifyMail"
> {
  rules: EventRules;
  /** Differs from what is published. */
  changed: boolean;
}

/** Every event with its settings in the draft, in the order of the page. */
export function eventViews(published: MessageRules, shown: MessageRules): EventView[] {
  const all = Object.values(KINDS).map((kind) => viewOf(kind, published, shown));
  return EVENT_GROUPS.flatMap((group) => all.filter((view) => view.group === group));
}

function viewOf(kind: KindDefinition, published: MessageRules, shown: MessageRules): EventView {
  const { key, group, onByDefault, urgent, dormant, marketing, threshold, shopifyMail } = kind;
  const [was, rules] = [eventRulesOf(published, kind), eventRulesOf(shown, kind)];
  const changed = JSON.stringify(was) !== JSON.stringify(rules);
  return { key, group, onByDefault, urgent, dormant, marketing, threshold, shopifyMail, rules, changed };
}

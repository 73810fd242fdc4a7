import { eventRulesOf } from "./event-rules.ts";
import type { KindDefinition } from "./kinds/kind.ts";
import type { MessageRules } from "./message-rules.ts";

type Kinds = readonly Pick<KindDefinition, "key" | "onByDefault">[];

/**
 * The rules as they are published: an event that is on now and was not before tells nothing of what happened until now.
 * Whatever the draft says about it counts for nothing.
 */
export function stampSwitchedOn(
  { before, after }: { before: MessageRules; after: MessageRules },
  kinds: Kinds,
  now: Date,
): MessageRules {
  const events = { ...after.events };
  for (const kind of kinds) {
    const [was, is] = [eventRulesOf(before, kind), eventRulesOf(after, kind)];
    const onSince = !is.on ? null : was.on ? was.onSince : now.toISOString();
    if (events[kind.key] === undefined && onSince === null) continue;
    events[kind.key] = { ...is, onSince };
  }
  return { ...after, events };
}

import type { KindDefinition } from "./kinds/kind.ts";
import type { EventRules, MessageRules } from "./message-rules.ts";

/** The settings of a kind that the merchant has never touched: by e-mail, if it is among those that are on from the start. */
export function defaultEventRules({ onByDefault }: Pick<KindDefinition, "onByDefault">): EventRules {
  return {
    ...{ on: onByDefault, onSince: null, channels: ["email"], delayHours: 0, voice: "doorstep", controlShare: 0 },
    ...{ threshold: null, moment: "scan", rules: [], staffCopy: false },
  };
}

/** What the merchant has set for a kind, or its defaults. */
export function eventRulesOf(rules: MessageRules, kind: Pick<KindDefinition, "key" | "onByDefault">): EventRules {
  const set = Object.hasOwn(rules.events, kind.key) ? rules.events[kind.key] : undefined;
  return set ?? defaultEventRules(kind);
}

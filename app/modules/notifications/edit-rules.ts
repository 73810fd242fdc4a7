import { z } from "zod";
import { kindOf } from "./kinds/kinds.ts";
import { refuseThreshold } from "./kinds/thresholds.ts";
import { type EventRules, eventRulesSchema, type MessageRules, messageRulesSchema } from "./message-rules.ts";

/** What is wrong with a field; each is a translation key under `rules_problem.`. */
export type RulesProblem =
  "unknown_event" | "not_set_up" | "too_small" | "too_large" | "not_offered" | "no_channel" | "invalid";

export type EditOutcome =
  | { kind: "edited"; rules: MessageRules }
  /** By path of the field: `threshold`, `rules.0.when.1.values` … */
  | { kind: "refused"; problems: Record<string, RulesProblem> };

/** The rules with one event's settings replaced; refused where they would flood shoppers or say nothing. */
export function editEvent(rules: MessageRules, key: string, change: unknown): EditOutcome {
  const kind = kindOf(key);
  if (!kind) return refused({ key: "unknown_event" });
  if (kind.dormant) return refused({ key: "not_set_up" });
  const parsed = eventRulesSchema.safeParse(change);
  if (!parsed.success) return refused(pathsOf(parsed.error));
  const threshold = refuseThreshold(kind, parsed.data.threshold);
  if (threshold) return refused({ threshold });
  if (parsed.data.on && isSilent(parsed.data)) return refused({ channels: "no_channel" });
  // Loss, damage and cancellations are never withheld from anybody.
  const event = kind.urgent ? { ...parsed.data, controlShare: 0 } : parsed.data;
  return { kind: "edited", rules: { ...rules, events: { ...rules.events, [key]: event } } };
}

/** The rules with what holds for all events replaced: hours, bundling, staff. */
export function editGeneral(rules: MessageRules, change: unknown): EditOutcome {
  const general = messageRulesSchema.omit({ events: true }).safeParse(change);
  if (!general.success) return refused(pathsOf(general.error));
  return { kind: "edited", rules: { ...general.data, events: rules.events } };
}

function isSilent({ channels, rules, voice }: EventRules): boolean {
  return (
    voice === "doorstep" && channels.length === 0 && !rules.some((rule) => rule.on && rule.then.channels.length > 0)
  );
}

function pathsOf(error: z.ZodError): Record<string, RulesProblem> {
  return Object.fromEntries(error.issues.map(({ path }) => [path.join("."), "invalid" as const]));
}

function refused(problems: Record<string, RulesProblem>): EditOutcome {
  return { kind: "refused", problems };
}

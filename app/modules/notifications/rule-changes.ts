import { eventRulesOf } from "./event-rules.ts";
import { KINDS } from "./kinds/kinds.ts";
import type { EventRules, MessageRules } from "./message-rules.ts";

/** One thing that publishing would change. */
export interface RuleChange {
  /** The event; null for what holds for all. */
  event: string | null;
  /** A translation key under `rules_field.`. */
  field: string;
  before: string;
  after: string;
}

const FIELDS: readonly (keyof EventRules)[] = [
  ...(["on", "channels", "voice", "moment", "threshold", "delayHours", "controlShare", "staffCopy"] as const),
];

/** What differs between two sets of rules, event by event in the order of the list. */
export function changesBetween(before: MessageRules, after: MessageRules): RuleChange[] {
  const events = Object.values(KINDS).flatMap((kind) => {
    const [was, is] = [eventRulesOf(before, kind), eventRulesOf(after, kind)];
    const fields = FIELDS.map((field) => changeOf(kind.key, field, [was[field], is[field]]));
    return [...fields, changeOfRules(kind.key, was, is)];
  });
  const general = [
    changeOf(null, "hoursEmail", [hoursText(before.hours.email), hoursText(after.hours.email)]),
    changeOf(null, "hoursSms", [hoursText(before.hours.sms), hoursText(after.hours.sms)]),
    changeOf(null, "bundleMinutes", [before.bundleMinutes, after.bundleMinutes]),
    changeOf(null, "staffAddresses", [before.staff.addresses, after.staff.addresses]),
    changeOf(null, "dailyDigest", [before.staff.dailyDigest, after.staff.dailyDigest]),
    changeOf(null, "digestHour", [before.staff.digestHour, after.staff.digestHour]),
  ];
  return [...events, ...general].filter((change) => change !== null);
}

function changeOf(event: string | null, field: string, [was, is]: [unknown, unknown]): RuleChange | null {
  const [before, after] = [textOf(was), textOf(is)];
  return before === after ? null : { event, field, before, after };
}

/** Rules are told by their names in order; the same names with other conditions are marked as changed. */
function changeOfRules(event: string, was: EventRules, is: EventRules): RuleChange | null {
  if (JSON.stringify(was.rules) === JSON.stringify(is.rules)) return null;
  const names = ({ rules }: EventRules) => rules.map(({ name, on }) => (on ? name : `(${name})`)).join(" → ");
  const [before, after] = [names(was), names(is)];
  return { event, field: before === after ? "ruleContents" : "rules", before, after };
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : value === null ? "" : String(value);
}

function hoursText(hours: { from: number; to: number } | null): string {
  return hours ? `${hours.from}–${hours.to}` : "";
}

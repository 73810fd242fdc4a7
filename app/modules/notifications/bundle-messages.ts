import { type DueMessage, suppressed } from "./decide-occasion.ts";
import { isSplit } from "./evaluate-conditions.ts";
import type { MessageDecision } from "./message-decision.ts";
import type { DecidedMessage, ParcelSituation, Situation } from "./situation.ts";

/** What happened longer ago has no place in a summary of several parcels. */
const SUMMARY_FOR_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A message with the parcels it speaks of. */
export interface BundledMessage {
  message: DueMessage;
  parcelIds: readonly string[];
  /** What would have been messages of their own. */
  others: readonly DueMessage[];
}

export interface Bundles {
  messages: BundledMessage[];
  /** What is said in another message, or is too old to be. */
  decided: MessageDecision[];
}

/**
 * Lets news of the same kind about parcels of one order share a message: with each other, and with one that still waits.
 * Urgent news waits for nobody.
 */
export function bundleMessages(due: readonly DueMessage[], situation: Situation): Bundles {
  const bundles: Bundles = { messages: [], decided: [] };
  for (const group of groupsOf(due, situation)) {
    const { messages, decided } = bundleGroup(group, situation);
    bundles.messages.push(...messages);
    bundles.decided.push(...decided);
  }
  return bundles;
}

function bundleGroup(group: readonly DueMessage[], situation: Situation): Bundles {
  const open = openMessage(group, situation);
  const shared = group.length > 1 || open !== undefined;
  const fresh = shared ? group.filter((message) => isFresh(message, situation)) : group;
  const old = group.filter((message) => !fresh.includes(message));
  const decided = old.map(({ occasion, channel }) => suppressed(occasion, channel, { rule: "event_too_old" }));
  if (open)
    return { messages: [], decided: [...decided, ...fresh.map((message) => bundled(message, open.businessKey))] };
  const [first, ...others] = fresh;
  if (!first) return { messages: [], decided };
  const parcelIds = fresh.flatMap(({ occasion }) => occasion.trigger.shipmentId ?? []);
  return { messages: [{ message: waitForOthers(first, group, situation), parcelIds, others }], decided };
}

/** What is said in the message with that key. */
export function bundled({ occasion, channel, evidence }: DueMessage, into: string): MessageDecision {
  return suppressed(occasion, channel, { rule: "bundled", evidence: { ...evidence, bundledInto: into } });
}

/** Messages that could be one, in the order of their parcels; everything else by itself. */
function groupsOf(due: readonly DueMessage[], situation: Situation): DueMessage[][] {
  const groups = new Map<string, DueMessage[]>();
  const split = isSplit(situation);
  for (const message of due) {
    const { kind, trigger } = message.occasion;
    const alone = !split || !canBundle(message, situation) ? `\n${trigger.shipmentId}` : "";
    const key = `${kind.key}\n${message.channel}\n${trigger.occurrence}${alone}`;
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  const position = new Map(situation.parcels.map(({ id }, index) => [id, index]));
  const of = ({ occasion }: DueMessage) => position.get(occasion.trigger.shipmentId ?? "") ?? -1;
  return [...groups.values()].map((group) => group.sort((left, right) => of(left) - of(right)));
}

function canBundle({ occasion: { kind, parcel } }: DueMessage, { rules }: Situation): boolean {
  return rules.bundleMinutes > 0 && parcel !== null && !kind.urgent;
}

/** A message of the same kind that is still waiting to be written. */
function openMessage([message]: readonly DueMessage[], situation: Situation): DecidedMessage | undefined {
  if (!message || !canBundle(message, situation)) return undefined;
  const { kind, trigger } = message.occasion;
  return situation.history.find((before) => {
    if (before.state !== "queued" || before.audience !== "shopper" || before.shipmentId === null) return false;
    return before.kind === kind.key && before.channel === message.channel && before.occurrence === trigger.occurrence;
  });
}

/** As long as news of another parcel can still come, a message waits for it. */
function waitForOthers(message: DueMessage, group: readonly DueMessage[], situation: Situation): DueMessage {
  const { parcels, rules, now } = situation;
  const told = new Set(group.map(({ occasion }) => occasion.trigger.shipmentId));
  const until = new Date(now.getTime() + rules.bundleMinutes * MINUTE_MS);
  if (!canBundle(message, situation) || until <= message.timing.dueAt) return message;
  const others = parcels.filter((parcel) => !told.has(parcel.id) && canStillTell(parcel, message, situation));
  return others.length === 0 ? message : { ...message, timing: { dueAt: until, wait: "bundle" } };
}

const ENDED: readonly ParcelSituation["status"][] = ["delivered", "return_to_sender", "cancelled", "expired"];

function canStillTell(parcel: ParcelSituation, { occasion: { kind, trigger } }: DueMessage, { history }: Situation) {
  if (!parcel.active || ENDED.includes(parcel.status)) return false;
  return !history.some(
    (before) => before.kind === kind.key && before.shipmentId === parcel.id && before.occurrence === trigger.occurrence,
  );
}

function isFresh({ occasion: { trigger } }: DueMessage, { now }: Situation): boolean {
  return now.getTime() - (trigger.agesFrom ?? trigger.happenedAt).getTime() < SUMMARY_FOR_MS;
}

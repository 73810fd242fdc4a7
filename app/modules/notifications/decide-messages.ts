import { bundled, type BundledMessage, bundleMessages } from "./bundle-messages.ts";
import { decideOccasion, decisionOf, suppressed } from "./decide-occasion.ts";
import type { AllowedFrom, DecisionBook } from "./decision-book.ts";
import { eventRulesOf } from "./event-rules.ts";
import type { KindDefinition, Trigger } from "./kinds/kind.ts";
import type { MessageDecision, SuppressionRule } from "./message-decision.ts";
import { type Occasion, occasionKey, scanBehind } from "./occasion.ts";
import type { Situation } from "./situation.ts";
import { suppressOccasion } from "./suppress-occasion.ts";
import { keepToHours } from "./time-message.ts";

/**
 * Decides, from everything known about one order, which messages are due, when, and which are held back by which rule.
 * Pure: the order in which scans arrived, and how often it is asked, change nothing. What was decided once is not
 * decided again, on no channel.
 * @returns new decisions only, by kind in the book's order, then by when it happened.
 */
export function decideMessages(situation: Situation, given: DecisionBook): MessageDecision[] {
  const book = { ...given, allowedFrom: askedOnce(given.allowedFrom) };
  const judged = findOccasions(situation, book.kinds).map((occasion) => ({
    occasion,
    held: suppressOccasion(occasion),
  }));
  const newest = newestOfBatches(judged);
  const decided: MessageDecision[] = [];
  const due = judged.flatMap(({ occasion, held }) => {
    const called = decideOccasion(occasion, held ?? replacedBy(occasion, newest));
    decided.push(...called.decided);
    return called.due;
  });
  const bundles = bundleMessages(due, situation);
  decided.push(...bundles.decided, ...bundles.messages.flatMap((message) => decideBundle(book, message)));
  return inOrder(decided, book.kinds);
}

/** The hours of one order's recipient, asked once per channel and instant: most of its messages are due at the same. */
function askedOnce(allowedFrom: AllowedFrom): AllowedFrom {
  const known = new Map<string, Date>();
  return (channel, at, ...rest) => {
    const key = `${channel} ${at.getTime()}`;
    const found = known.get(key) ?? allowedFrom(channel, at, ...rest);
    known.set(key, found);
    return found;
  };
}

/** The message that speaks for all of them, and what became of the others. */
function decideBundle(book: DecisionBook, { message, parcelIds, others }: BundledMessage): MessageDecision[] {
  const { occasion, channel, evidence, timing } = message;
  const outcome = keepToHours(book, occasion, { channel, timing });
  const decision = decisionOf(occasion, { channel, outcome, evidence });
  if (others.length === 0) return [decision];
  const rest = others.map((other) =>
    outcome.action === "send"
      ? bundled(other, decision.businessKey)
      : suppressed(other.occasion, channel, { rule: outcome.rule, evidence: other.evidence }),
  );
  return [{ ...decision, parcelIds }, ...rest];
}

/** Everything that calls for a message and was never decided, once. */
function findOccasions(situation: Situation, kinds: readonly KindDefinition[]): Occasion[] {
  const decided = new Set(situation.history.map(occasionKey));
  const parcels = new Map(situation.parcels.map((parcel) => [parcel.id, parcel]));
  return kinds.flatMap((kind) => {
    const event = eventRulesOf(situation.rules, kind);
    // What nobody asked for and nobody switched off is not worth a line for every parcel.
    if (!event.on && !kind.onByDefault) return [];
    return firstOfEach(kind.triggersIn(situation)).flatMap((trigger) => {
      const parcel = trigger.shipmentId === null ? null : parcels.get(trigger.shipmentId);
      if (parcel === undefined || decided.has(occasionKey({ ...trigger, kind: kind.key }))) return [];
      return [{ kind, trigger, event, parcel, scan: scanBehind(trigger, parcel), situation }];
    });
  });
}

/** Of several triggers of one occasion the earliest, whatever order they come in. */
function firstOfEach(triggers: readonly Trigger[]): Trigger[] {
  const kept = new Map<string, Trigger>();
  for (const trigger of triggers) {
    const key = occasionKey({ ...trigger, kind: "" });
    const other = kept.get(key);
    if (!other || compareTriggers(trigger, other) < 0) kept.set(key, trigger);
  }
  return [...kept.values()].sort(compareTriggers);
}

function compareTriggers(left: Trigger, right: Trigger): number {
  return left.happenedAt.getTime() - right.happenedAt.getTime() || compareText(textOf(left), textOf(right));
}

const textOf = ({ shipmentId, occurrence, evidence }: Trigger): string =>
  `${shipmentId ?? ""}\n${occurrence}\n${String(evidence.fingerprint ?? "")}`;

const compareText = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/** Scans of one answer about one parcel. */
function batchOf({ parcel, scan }: Occasion): string | null {
  return parcel && scan ? `${parcel.id}\n${scan.receivedAt.getTime()}` : null;
}

/** When the newest scan happened that may be told of each batch. */
function newestOfBatches(judged: readonly { occasion: Occasion; held: SuppressionRule | null }[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const { occasion, held } of judged) {
    const batch = batchOf(occasion);
    if (batch === null || held !== null) continue;
    newest.set(batch, Math.max(newest.get(batch) ?? -Infinity, occasion.trigger.happenedAt.getTime()));
  }
  return newest;
}

/** When several scans arrive together, only the latest may tell; loss and damage always may. */
function replacedBy(occasion: Occasion, newest: ReadonlyMap<string, number>): SuppressionRule | null {
  const batch = batchOf(occasion);
  if (batch === null || occasion.kind.urgent) return null;
  return occasion.trigger.happenedAt.getTime() < (newest.get(batch) ?? -Infinity) ? "replaced_by_newer" : null;
}

function inOrder(decisions: MessageDecision[], kinds: readonly KindDefinition[]): MessageDecision[] {
  const rank = new Map(kinds.map(({ key }, index) => [key, index]));
  const timeOf = ({ evidence }: MessageDecision) => String(evidence.happenedAt);
  return decisions.sort(
    (left, right) =>
      (rank.get(left.kind) ?? 0) - (rank.get(right.kind) ?? 0) ||
      compareText(timeOf(left), timeOf(right)) ||
      compareText(left.businessKey, right.businessKey),
  );
}

import type { DecisionBook } from "./decision-book.ts";
import { eventRulesOf } from "./event-rules.ts";
import type { KindDefinition, Trigger } from "./kinds/kind.ts";
import type { SuppressionRule, WaitReason } from "./message-decision.ts";
import { type Occasion, scanBehind } from "./occasion.ts";
import type { DecidedMessage, ParcelSituation, Situation } from "./situation.ts";
import { isMuted, isOfAnotherDay, isReturned, isStillTrue, suppressRecipient } from "./suppress-occasion.ts";
import { allowedAt, worthForMs } from "./time-message.ts";

/** What becomes of a message whose time has come. */
export type Recheck =
  { action: "send" } | { action: "wait"; dueAt: Date; reason: WaitReason } | { action: "drop"; rule: SuppressionRule };

const drop = (rule: SuppressionRule): Recheck => ({ action: "drop", rule });

/** Looks at a decided message again at the moment of sending: it may have become untrue, useless or unwanted. */
export function recheckMessage(
  { situation, message }: { situation: Situation; message: DecidedMessage },
  book: DecisionBook,
): Recheck {
  const { now, shop, rules } = situation;
  if (shop.closed) return drop(shop.closed);
  const kind = book.kinds.find(({ key }) => key === message.kind);
  if (!kind || !eventRulesOf(rules, kind).on) return drop("kind_disabled");
  const occasions = occasionsOf(message, kind, situation);
  const untrue = ruleAgainst(occasions, situation);
  if (untrue) return drop(untrue);
  const [occasion] = occasions;
  // Copies for staff are bound to no hours and to nobody's consent.
  if (!occasion || message.audience === "staff") return { action: "send" };
  const { channel } = message;
  if (!shop.channels.includes(channel)) return drop("channel_off");
  const unreachable = suppressRecipient(occasion, channel);
  if (unreachable) return drop(unreachable);
  if (message.dueAt && message.dueAt > now) return { action: "wait", dueAt: message.dueAt, reason: "delay" };
  if (isOfAnotherDay(occasion)) return drop("day_is_over");
  const worthlessAt = firstDue(message) + worthForMs(occasion);
  if (now.getTime() > worthlessAt) return drop("event_too_old");
  const dueAt = allowedAt(book, occasion, { channel, at: now });
  if (dueAt <= now) return { action: "send" };
  if (isOfAnotherDay(occasion, dueAt) || dueAt.getTime() > worthlessAt) return drop("quiet_hours");
  return { action: "wait", dueAt, reason: "quiet_hours" };
}

/** The message's occasion once for each of its parcels that is still there. */
function occasionsOf(message: DecidedMessage, kind: KindDefinition, situation: Situation): Occasion[] {
  const event = eventRulesOf(situation.rules, kind);
  const about = (parcel: ParcelSituation | null): Occasion => {
    const trigger = triggerOf(message, parcel);
    return { kind, trigger, event, parcel, scan: scanBehind(trigger, parcel), situation };
  };
  if (message.shipmentId === null) return [about(null)];
  const ids = message.parcelIds.length > 0 ? message.parcelIds : [message.shipmentId];
  return situation.parcels.filter(({ id, active }) => active && ids.includes(id)).map(about);
}

function triggerOf(message: DecidedMessage, parcel: ParcelSituation | null): Trigger {
  const { occurrence, evidence, decidedAt } = message;
  const happenedAt = typeof evidence.happenedAt === "string" ? new Date(evidence.happenedAt) : decidedAt;
  return { shipmentId: parcel?.id ?? null, occurrence, happenedAt, evidence };
}

/** The rule against every one of the parcels; a message that is still true of one of them goes out. */
function ruleAgainst(occasions: readonly Occasion[], { order }: Situation): SuppressionRule | null {
  const [first] = occasions;
  if (!first) return "parcel_inactive";
  const { exemptFrom, urgent } = first.kind;
  const isExempt = (rule: SuppressionRule) => exemptFrom.includes(rule);
  if (order.cancelledAt && !urgent && !isExempt("order_cancelled")) return "order_cancelled";
  const reasons = occasions.map((occasion): SuppressionRule | null => {
    if (isMuted(occasion) && !isExempt("muted")) return "muted";
    if (isReturned(occasion) && !isExempt("returned_to_sender")) return "returned_to_sender";
    return isStillTrue(occasion) ? null : "no_longer_true";
  });
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

/** When the message could have gone out at the earliest. */
function firstDue({ decidedAt, evidence }: DecidedMessage): number {
  const { happenedAt, agesFrom, delayHours } = evidence;
  const from = Date.parse(String(agesFrom ?? happenedAt));
  if (Number.isNaN(from) || typeof delayHours !== "number") return decidedAt.getTime();
  return Math.max(decidedAt.getTime(), from + delayHours * 3_600_000);
}

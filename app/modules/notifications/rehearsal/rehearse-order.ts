import { decideMessages } from "../decide-messages.ts";
import type { DecisionBook } from "../decision-book.ts";
import type { MessageDecision, SuppressionRule, WaitReason } from "../message-decision.ts";
import { nextLook } from "../next-look.ts";
import { recheckMessage } from "../recheck-message.ts";
import type { DecidedMessage, Situation } from "../situation.ts";
import { OrderTeller, type PastOrder } from "./past-order.ts";

/** What became of one decision by the end of the rehearsal. */
export interface RehearsedMessage {
  decision: MessageDecision;
  decidedAt: Date;
  /** `waiting`: it would go out after the end. */
  outcome: "sent" | "suppressed" | "dropped" | "waiting";
  /** When it was sent, held back or dropped, or is due. */
  at: Date;
  rule: SuppressionRule | null;
  /** Why it did not go out at once. */
  wait: WaitReason | null;
  parcelIds: readonly string[];
}

export interface RehearsalInput {
  shop: Situation["shop"];
  rules: Situation["rules"];
  from: Date;
  to: Date;
}

/** Moments at which one order is looked at; one that needs more has been going on for years. */
const MOST_MOMENTS = 2_000;

/**
 * Plays the past of one order through rules, moment by moment: decides whenever something changed or time was due, and
 * sends what is due, by the functions that do so live. What was changed at a moment is decided before what is due then
 * is looked at. Sends nothing; the same past gives the same answer.
 */
export function rehearseOrder(past: PastOrder, input: RehearsalInput, book: DecisionBook): RehearsedMessage[] {
  const { from, to } = input;
  const teller = new OrderTeller(past, input);
  const changes = teller.moments(from, to);
  const told: RehearsedMessage[] = [];
  let look: number | null = null;
  for (let count = 0; count < MOST_MOMENTS; count += 1) {
    const time = Math.min(changes[0] ?? Infinity, look ?? Infinity, ...waitingSince(told));
    if (time > to.getTime()) break;
    const now = new Date(time);
    if (time === changes[0] || time === look) {
      if (time === changes[0]) changes.shift();
      const situation = teller.at(now, told.map(asDecided));
      for (const decision of decideMessages(situation, book)) told.push(firstState(decision, now));
      joinBundles(told, now);
      look = nextLook(situation, book)?.getTime() ?? null;
    }
    for (const message of told) sendIfDue(message, { teller, told, now, book });
  }
  return told;
}

const waitingSince = (told: readonly RehearsedMessage[]): number[] =>
  told.filter(({ outcome }) => outcome === "waiting").map(({ at }) => at.getTime());

function firstState(decision: MessageDecision, now: Date): RehearsedMessage {
  const { outcome, parcelIds } = decision;
  return outcome.action === "send"
    ? { decision, decidedAt: now, outcome: "waiting", at: outcome.dueAt, rule: null, wait: outcome.wait, parcelIds }
    : { decision, decidedAt: now, outcome: "suppressed", at: now, rule: outcome.rule, wait: null, parcelIds };
}

/** A message that waits speaks of the parcels that joined it as well. */
function joinBundles(told: readonly RehearsedMessage[], now: Date): void {
  for (const { decision, decidedAt, rule } of told) {
    const { bundledInto } = decision.evidence;
    if (rule !== "bundled" || decidedAt.getTime() !== now.getTime()) continue;
    const open = told.find((message) => message.decision.businessKey === bundledInto);
    const joins = open && decision.shipmentId !== null && !open.parcelIds.includes(decision.shipmentId);
    if (joins) open.parcelIds = [...open.parcelIds, decision.shipmentId ?? ""];
  }
}

interface Stage {
  teller: OrderTeller;
  told: readonly RehearsedMessage[];
  now: Date;
  book: DecisionBook;
}

function sendIfDue(message: RehearsedMessage, { teller, told, now, book }: Stage): void {
  if (message.outcome !== "waiting" || message.at > now) return;
  const situation = teller.at(now, told.map(asDecided));
  const answer = recheckMessage({ situation, message: asDecided(message) }, book);
  switch (answer.action) {
    case "send":
      Object.assign(message, { outcome: "sent", at: now });
      break;
    case "wait":
      Object.assign(message, { at: answer.dueAt, wait: answer.reason });
      break;
    case "drop":
      Object.assign(message, { outcome: "dropped", at: now, rule: answer.rule });
  }
}

const STATES = { sent: "sent", suppressed: "suppressed", dropped: "dropped", waiting: "queued" } as const;

function asDecided({ decision, decidedAt, outcome, at, rule, parcelIds }: RehearsedMessage): DecidedMessage {
  const { businessKey, kind, channel, audience, shipmentId, occurrence, evidence } = decision;
  return {
    ...{ businessKey, kind, channel, audience, shipmentId, occurrence, evidence, parcelIds, decidedAt },
    id: businessKey,
    state: STATES[outcome],
    rule: outcome === "suppressed" ? rule : null,
    dueAt: outcome === "suppressed" ? null : outcome === "dropped" ? dueOf(decision) : at,
  };
}

/** The ledger keeps when a dropped message was due. */
const dueOf = ({ outcome }: MessageDecision): Date | null => (outcome.action === "send" ? outcome.dueAt : null);

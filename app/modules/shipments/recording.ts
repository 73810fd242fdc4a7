import { inferInstants } from "#app/modules/carriers/infer-instants.ts";
import { fingerprintOther } from "./fingerprint-event.ts";
import { foldEvents } from "./fold-events.ts";
import { isFault } from "./next-check.ts";
import type { CarrierAnswer, RecordInput } from "./record-input.ts";
import { foldContextOf, type RecordingRow, withState } from "./recording-row.ts";
import { type PlanRules, planRow, PUSH_TRUSTED_FOR, withCheck } from "./schedule-row.ts";
import type { LoggedEvent, StoredEvent } from "./stored-event.ts";
import { clip, toStoredEvents } from "./to-stored-events.ts";
import type { NextCheck } from "./watch-facts.ts";

/** One parcel on its way through a recording. */
export interface Recording {
  before: RecordingRow;
  input: RecordInput;
}

/** The parcel after it: what to write, and whether to. */
export interface AdvancedRecording extends Recording {
  after: RecordingRow;
  added: number;
  touched: boolean;
  /** Silent for too long: our decision has to join the log. */
  expires: boolean;
}

const MAX_OTHER_EVENTS = 100;

/** The input with the instants that follow from the places of the scans, where the carrier gives no zone. */
export function withInstants(input: RecordInput, now: Date): RecordInput {
  const { answer } = input;
  return answer ? { ...input, answer: { ...answer, shipment: inferInstants(answer.shipment, now) } } : input;
}

/** One input per parcel; what was said about one parcel several times is taken together. */
export function mergeInputs(inputs: readonly RecordInput[]): Map<string, RecordInput> {
  const merged = new Map<string, RecordInput>();
  for (const input of inputs) {
    const other = merged.get(input.shipmentId);
    const events = [...(other?.events ?? []), ...(input.events ?? [])];
    merged.set(input.shipmentId, { ...other, ...input, events });
  }
  return merged;
}

/** The rows that an input adds to the log, bounded. */
export function eventsOf(input: RecordInput, now: Date): LoggedEvent[] {
  const own = (input.events ?? []).slice(0, MAX_OTHER_EVENTS);
  if (!input.answer) return own;
  const { shipment, ...hearing } = input.answer;
  return [...toStoredEvents(shipment, { ...hearing, receivedAt: now }), ...own];
}

interface Heard {
  /** The whole log, when it has grown; null when nothing new was heard. */
  log: StoredEvent[] | null;
  added: number;
}

/** Folds what was heard into the row and plans the next check. */
export function advance(
  recording: Recording,
  heard: Heard,
  { rules, now }: { rules: PlanRules; now: Date },
): AdvancedRecording {
  const { before, input } = recording;
  const folded = heard.log ? withState(before, foldEvents(heard.log, foldContextOf(before))) : before;
  const informed = withAnswer(folded, recording, { heard, now });
  // Our own decision grows the log too, without being news.
  const isNew = heard.log !== null || differs(informed, before);
  const versioned = isNew ? { ...informed, version: before.version + 1 } : informed;
  const checked = input.check ? withCheck(versioned, input.check, now) : versioned;
  const plan = shouldPlan(recording, checked)
    ? planRow(checked, rules, { now, ...(input.check ? { check: input.check } : {}) })
    : null;
  const after = plan ? withPlan(checked, plan, now) : checked;
  const touched = isNew || input.check !== undefined || after.pushUntil !== before.pushUntil;
  return {
    before,
    input,
    after,
    added: heard.added,
    touched,
    expires: plan?.kind === "expire" && input.check !== undefined,
  };
}

/** What an answer says beside its scans. An answer older than what we know may be a late push: it changes none of this. */
function withAnswer(
  row: RecordingRow,
  { before, input }: Recording,
  { heard, now }: { heard: Heard; now: Date },
): RecordingRow {
  const news = heard.added > 0 ? { lastNewsAt: now, checkProblem: faultOf(row) } : {};
  const { answer } = input;
  if (!answer) return { ...row, ...news };
  const pushUntil = trustInPushes(before, { answer, now, log: heard.log });
  const asOf = Math.max(...answer.shipment.events.map((event) => Date.parse(event.at?.utc ?? "") || 0), 0);
  const isCurrent = !before.lastEventAt || asOf >= before.lastEventAt.getTime();
  const { estimatedDelivery, service } = answer.shipment;
  return {
    ...row,
    ...news,
    pushUntil,
    estimatedDelivery: (isCurrent ? estimatedDelivery : null) ?? row.estimatedDelivery,
    service: (isCurrent ? clip(service, 120) : null) ?? row.service,
  };
}

/** A scan may be this young when a question finds it before the push that tells it. */
const PUSH_MAY_TAKE = 3_600_000;

/** A push is followed by others. A question that finds what none of them told shows that they are lost: it asks on. */
function trustInPushes(
  { pushUntil }: RecordingRow,
  { answer, now, log }: { answer: CarrierAnswer; now: Date; log: readonly StoredEvent[] | null },
): Date | null {
  if (answer.source === "push") return new Date(now.getTime() + PUSH_TRUSTED_FOR);
  const missed = log?.some(({ receivedAt, occurredAt, source }) => {
    const isNew = source === "poll" && receivedAt.getTime() === now.getTime();
    return isNew && occurredAt !== null && now.getTime() - occurredAt.getTime() > PUSH_MAY_TAKE;
  });
  return missed && pushUntil !== null && pushUntil > now ? now : pushUntil;
}

/** Whoever has scans of a number knows it: an earlier "not found" is over. */
function faultOf({ checkProblem }: RecordingRow): RecordingRow["checkProblem"] {
  return checkProblem && isFault(checkProblem.kind) ? checkProblem : null;
}

function differs(a: RecordingRow, b: RecordingRow): boolean {
  return a.service !== b.service || JSON.stringify(a.estimatedDelivery) !== JSON.stringify(b.estimatedDelivery);
}

/** Without an account nobody can ask, whatever a push says; a parcel that was never to be followed stays so. */
const HELD: readonly (string | null)[] = ["no_account", "auth_failed", "removed", "cancelled"];

function shouldPlan({ before, input }: Recording, after: RecordingRow): boolean {
  if (input.check) return true;
  if (after.version === before.version || before.lifecycle !== "active") return false;
  if (before.stopReason === "delivered" && after.status === "delivered") return false;
  return !HELD.includes(before.stopReason);
}

function withPlan(row: RecordingRow, plan: NextCheck, now: Date): RecordingRow {
  switch (plan.kind) {
    case "check":
      return { ...row, nextCheckAt: firstOrPlanned(row, plan.at), stopReason: null };
    case "stop":
      return { ...row, nextCheckAt: null, stopReason: plan.reason };
    case "expire":
      // Asked once more before we give up, unless this was that question.
      return { ...row, nextCheckAt: now, stopReason: null };
  }
}

/** The very first question keeps its place: what Shopify or a push says meanwhile does not replace it. */
function firstOrPlanned(row: RecordingRow, planned: Date): Date {
  return row.lastCheckAt === null && row.nextCheckAt !== null && row.nextCheckAt < planned ? row.nextCheckAt : planned;
}

/** Our decision to stop, as a row of the log: the state stays folded, and the next news undoes it. */
export function expireIfSilent(recording: AdvancedRecording, now: Date): LoggedEvent {
  return {
    fingerprint: fingerprintOther("system", ["expired", now.toISOString()]),
    source: "system",
    carrier: recording.before.carrier ?? "unknown",
    status: "expired",
    subStatus: null,
    code: null,
    description: null,
    location: null,
    countryCode: null,
    localTime: null,
    utcOffset: null,
    occurredAt: now,
    zoneSource: "unknown",
    zoneName: null,
    unknownCode: false,
    rule: "silent",
    sequence: 0,
    raw: null,
    receivedAt: now,
  };
}

import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { kindRules, NOTIFICATION_KINDS, type NotificationKind } from "./kinds.ts";

const DAY_MS = 86_400_000;
/** An event whose own time is older than this is silent, whenever it arrives. */
export const FRESH_FOR_DAYS = 7;
/** A scan that has lain unread for so long, until the merchant said what its code means, is no news any more. */
const UNREAD_FOR_MS = DAY_MS;

/** Why a message was not sent. Each is a translation key under `why.`. */
export type SuppressionRule =
  | "not_live"
  | "kind_disabled"
  | "imported"
  | "parcel_inactive"
  | "returned_to_sender"
  | "first_seen_delivered"
  | "event_too_old"
  | "replaced_by_newer"
  | "no_recipient";

export type Decision = { action: "send" } | { action: "suppress"; rule: SuppressionRule };

export interface MessageDecision {
  kind: NotificationKind;
  /** What makes this message one message: a second decision with the same key changes nothing. */
  businessKey: string;
  decision: Decision;
  evidence: Evidence;
}

/** What the decision was made on; kept with it, so that "why" can be answered later. */
export interface Evidence {
  fingerprint: string;
  /** The scan's own instant, or null when the carrier did not make it known. */
  occurredAt: string | null;
  receivedAt: string;
  statusThen: ShipmentStatus;
}

export interface ParcelScan {
  fingerprint: string;
  status: ShipmentStatus;
  occurredAt: Date | null;
  localTime: string | null;
  receivedAt: Date;
  /** Read by the merchant's own mapping, which may have come long after the scan. */
  mapped?: boolean;
}

export interface DecisionInput {
  now: Date;
  live: boolean;
  enabled: Readonly<Record<NotificationKind, boolean>>;
  parcel: {
    id: string;
    status: ShipmentStatus;
    active: boolean;
    /** In the carrier's chronological order is not required. */
    scans: readonly ParcelScan[];
  };
  order: {
    email: string | null;
    /** When the order came in by import; nothing that happened before is told. Null for orders seen live. */
    importedAt: Date | null;
    cancelled: boolean;
  };
  /** Keys that were decided before. */
  decided: ReadonlySet<string>;
}

/**
 * Decides, from everything known about one parcel, which messages are due and which are held back by which rule. Pure:
 * the order in which scans arrived, and how often it is asked, change nothing that was decided before.
 */
export function decideMessages(input: DecisionInput): MessageDecision[] {
  const decisions: MessageDecision[] = [];
  for (const kind of NOTIFICATION_KINDS) {
    for (const [businessKey, scan] of triggersOf(kind, input)) {
      if (input.decided.has(businessKey)) continue;
      decisions.push({ kind, businessKey, decision: decide(kind, scan, input), evidence: evidenceOf(scan, input) });
    }
  }
  return decisions;
}

/** The scans that make a message of this kind due, by the key of the message. */
function triggersOf(kind: NotificationKind, { parcel }: DecisionInput): Map<string, ParcelScan> {
  const rule = kindRules[kind];
  const due = new Map<string, ParcelScan>();
  const scans = parcel.scans.filter((scan) => rule.triggers.includes(scan.status)).sort(byTime);
  for (const scan of scans) {
    const day = rule.once === "parcel-day" ? `:${localDay(scan)}` : "";
    const key = `${kind}:${parcel.id}${day}:email`;
    if (!due.has(key)) due.set(key, scan);
  }
  return due;
}

/** The first rule that applies decides; the order is from "this parcel never tells" to "this message cannot be told". */
function decide(kind: NotificationKind, scan: ParcelScan, input: DecisionInput): Decision {
  const happened = happenedAt(scan);
  const { parcel, order } = input;
  const checks: [SuppressionRule, boolean][] = [
    ["imported", order.importedAt !== null && happened < order.importedAt],
    ["not_live", !input.live],
    ["kind_disabled", !input.enabled[kind]],
    ["parcel_inactive", !parcel.active || order.cancelled],
    ["returned_to_sender", parcel.scans.some((other) => other.status === "return_to_sender")],
    [
      "event_too_old",
      input.now.getTime() - happened.getTime() > FRESH_FOR_DAYS * DAY_MS || isReadLate(scan, input.now),
    ],
    ["first_seen_delivered", firstSeenDelivered(parcel.scans)],
    ["replaced_by_newer", !kindRules[kind].trueWhile.includes(parcel.status) || isYesterdays(kind, scan, parcel.scans)],
    ["no_recipient", order.email === null],
  ];
  const found = checks.find(([, applies]) => applies);
  return found ? { action: "suppress", rule: found[0] } : { action: "send" };
}

function isReadLate({ mapped, receivedAt }: ParcelScan, now: Date): boolean {
  return mapped === true && now.getTime() - receivedAt.getTime() > UNREAD_FOR_MS;
}

/** True when the very first answer about the parcel already held the delivery: its journey was over before we looked. */
function firstSeenDelivered(scans: readonly ParcelScan[]): boolean {
  const first = Math.min(...scans.map((scan) => scan.receivedAt.getTime()));
  return scans.some((scan) => scan.status === "delivered" && scan.receivedAt.getTime() === first);
}

/** A message that comes every day is about the newest day only. */
function isYesterdays(kind: NotificationKind, scan: ParcelScan, scans: readonly ParcelScan[]): boolean {
  if (kindRules[kind].once !== "parcel-day") return false;
  return scans.some((other) => other.status === scan.status && localDay(other) > localDay(scan));
}

function localDay(scan: ParcelScan): string {
  return (scan.localTime ?? (scan.occurredAt ?? scan.receivedAt).toISOString()).slice(0, 10);
}

/**
 * When the scan was made, for rules about age: the instant where it is known, else the wall clock read as UTC, which is
 * at most 14 hours off, and the moment we heard of it only where the carrier gave no time at all.
 */
function happenedAt({ occurredAt, localTime, receivedAt }: ParcelScan): Date {
  if (occurredAt) return occurredAt;
  const approximate = localTime ? new Date(`${localTime}${localTime.includes("T") ? "" : "T12:00:00"}Z`) : receivedAt;
  return Number.isNaN(approximate.getTime()) ? receivedAt : approximate;
}

function byTime(left: ParcelScan, right: ParcelScan): number {
  const difference = happenedAt(left).getTime() - happenedAt(right).getTime();
  return difference || (left.fingerprint < right.fingerprint ? -1 : 1);
}

function evidenceOf(scan: ParcelScan, { parcel }: DecisionInput): Evidence {
  return {
    fingerprint: scan.fingerprint,
    occurredAt: scan.occurredAt?.toISOString() ?? null,
    receivedAt: scan.receivedAt.toISOString(),
    statusThen: parcel.status,
  };
}

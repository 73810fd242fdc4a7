import type { CarrierEvent, CarrierShipment } from "#app/modules/carriers/carrier.ts";
import { fingerprintOther, fingerprintScan } from "./fingerprint-event.ts";
import { foldEvents } from "./fold-events.ts";
import { type LoggedEvent, STATEMENT_RULES } from "./stored-event.ts";

export interface Hearing {
  source: "poll" | "push";
  carrier: string;
  receivedAt: Date;
  /** How many pieces of the parcel are delivered, when the answer lists them one by one. */
  pieces?: { delivered: number; total: number } | null;
}

/** Scans of one answer that are kept; more than any real parcel has. The newest stay. */
export const MAX_EVENTS_PER_ANSWER = 500;
const MAX_RAW = 4_000;

/** The rows that one answer of a carrier about one parcel adds to the log. */
export function toStoredEvents(shipment: CarrierShipment, hearing: Hearing): LoggedEvent[] {
  const kept = shipment.events
    .toSorted((a, b) => b.sequence - a.sequence)
    .slice(0, MAX_EVENTS_PER_ANSWER)
    .reverse();
  const scans = kept.map((event) => toScan(event, hearing));
  return [...scans, ...topLevelOf(shipment, scans, hearing), ...piecesOf(hearing)];
}

function toScan(event: CarrierEvent, hearing: Hearing): LoggedEvent {
  const { at } = event;
  const told = readInstant(at?.utc ?? null);
  const occurredAt = isPossible(told, hearing.receivedAt) ? told : null;
  const scan = {
    source: hearing.source,
    carrier: hearing.carrier,
    status: event.status,
    subStatus: event.subStatus,
    code: clip(event.code, 80),
    description: clip(event.description, 500),
    location: clip(event.location, 200),
    countryCode: clip(event.countryCode, 2),
    localTime: clip(at?.local ?? null, 30),
    utcOffset: clip(at?.offset ?? null, 6),
    occurredAt,
    zoneSource: occurredAt === null ? "unknown" : at?.inferred ? "inferred" : "carrier",
    zoneName: clip(at?.zoneName ?? null, 60),
    unknownCode: event.unknownCode,
    rule: clip(event.rule, 120) ?? "none",
    sequence: event.sequence,
    raw: boundRaw(event.raw),
    receivedAt: hearing.receivedAt,
  } satisfies Omit<LoggedEvent, "fingerprint">;
  // A place that is understood today and not tomorrow must not make two scans of one.
  return { ...scan, fingerprint: fingerprintScan({ ...scan, occurredAt: at?.inferred ? null : told }) };
}

/** No clock is wrong by more than a day because of its zone: what lies further ahead is a wrong date, and no instant. */
const MOST_AHEAD = 86_400_000;

function isPossible(instant: Date | null, heardAt: Date): boolean {
  return instant !== null && instant.getTime() <= heardAt.getTime() + MOST_AHEAD;
}

/**
 * A published top-level status goes into the log only where the answer's own scans do not tell the same: then it is
 * knowledge that no scan carries. It holds as of the newest scan of its answer.
 */
function topLevelOf(shipment: CarrierShipment, scans: readonly LoggedEvent[], hearing: Hearing): LoggedEvent[] {
  const top = shipment.topLevelStatus;
  if (!top || top.status === "unknown") return [];
  const told = foldEvents(scans, { createdAt: hearing.receivedAt, shippedAt: null, destinationCountry: null });
  if (told.status === top.status) return [];
  const delivered = top.status === "delivered" ? shipment.deliveredAt : null;
  const asOf = latest(told.lastEventAt, readInstant(delivered?.utc ?? null));
  const zoneSource = zoneSourceOf(asOf, scans);
  const moment = zoneSource === "carrier" ? asOf?.toISOString() : told.lastEvent?.localTime;
  const key = [top.status, top.code, moment ?? ""];
  return [
    {
      ...statement(hearing, `${STATEMENT_RULES.topLevel}${top.code}`.slice(0, 120)),
      fingerprint: fingerprintOther("top", key),
      status: top.status,
      subStatus: top.subStatus,
      code: clip(top.code, 80),
      localTime: clip(delivered?.local ?? null, 30),
      utcOffset: clip(delivered?.offset ?? null, 6),
      occurredAt: asOf,
      zoneSource,
    },
  ];
}

function zoneSourceOf(asOf: Date | null, scans: readonly LoggedEvent[]): LoggedEvent["zoneSource"] {
  if (asOf === null) return "unknown";
  return scans.find(({ occurredAt }) => occurredAt?.getTime() === asOf.getTime())?.zoneSource ?? "carrier";
}

function piecesOf(hearing: Hearing): LoggedEvent[] {
  const { pieces } = hearing;
  if (!pieces || pieces.total < 2) return [];
  const share = `${pieces.delivered}/${pieces.total}`;
  return [{ ...statement(hearing, STATEMENT_RULES.pieces + share), fingerprint: fingerprintOther("pieces", [share]) }];
}

/** A row about the whole parcel, without time or words. */
function statement(hearing: Hearing, rule: string): Omit<LoggedEvent, "fingerprint"> {
  return {
    source: hearing.source,
    carrier: hearing.carrier,
    receivedAt: hearing.receivedAt,
    rule,
    status: "unknown",
    subStatus: null,
    code: null,
    description: null,
    location: null,
    countryCode: null,
    localTime: null,
    utcOffset: null,
    occurredAt: null,
    zoneSource: "unknown",
    zoneName: null,
    unknownCode: false,
    sequence: 0,
    raw: null,
  };
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}

function readInstant(utc: string | null): Date | null {
  if (utc === null) return null;
  const instant = new Date(utc);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** Bounded, and free of what PostgreSQL refuses in text: NUL and halves of surrogate pairs. */
export function clip(text: string | null, max: number): string | null {
  // Cutting can split a pair, so it is mended last.
  const clean = text === null ? "" : mend(text.slice(0, max));
  return clean === "" ? null : clean;
}

function mend(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");
}

function boundRaw(raw: unknown): unknown {
  const text = raw === undefined || raw === null ? null : JSON.stringify(raw);
  if (!text) return null;
  if (text.length > MAX_RAW) return { cut: mend(text.slice(0, MAX_RAW)) };
  return JSON.parse(text, (_key, value: unknown) => (typeof value === "string" ? mend(value) : mendKeys(value)));
}

function mendKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [mend(key), part]));
}

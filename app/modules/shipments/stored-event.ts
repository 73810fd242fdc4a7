import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";

/**
 * Who told us. `poll` and `push` are the carrier's own words; `shopify` is what Shopify shows for the fulfillment; `staff`
 * is a correction by a person of the shop; `system` is our own decision to stop following.
 */
export type EventSource = "poll" | "push" | "shopify" | "staff" | "system";

/** One row of the event log, as the fold and the timeline read it. */
export interface StoredEvent {
  /** The same scan has the same fingerprint, however often and by whichever way it arrives. */
  fingerprint: string;
  source: EventSource;
  carrier: string;
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  code: string | null;
  description: string | null;
  location: string | null;
  countryCode: string | null;
  /** The carrier's wall clock as written: `YYYY-MM-DDTHH:mm:ss`, or `YYYY-MM-DD`. */
  localTime: string | null;
  /** `±HH:MM` as stated by the carrier. */
  utcOffset: string | null;
  /** The instant if it can be known; never local time dressed up as UTC. */
  occurredAt: Date | null;
  zoneSource: "carrier" | "inferred" | "unknown";
  zoneName: string | null;
  unknownCode: boolean;
  /** Which rule decided the status: "code:DL", "text:delivered"; `top:` and `pieces:` mark statements (below). */
  rule: string;
  /** Position in the carrier's own chronological order. */
  sequence: number;
  receivedAt: Date;
}

/** A row of the log with what is kept for showing only. */
export interface LoggedEvent extends StoredEvent {
  raw: unknown;
}

const TOP_LEVEL = "top:";
const PIECES = "pieces:";

/** Prefixes of `rule` for rows that are no scans but statements of the carrier about the whole parcel. */
export const STATEMENT_RULES = { topLevel: TOP_LEVEL, pieces: PIECES } as const;

/** Marks what Shopify shows for the fulfillment, as opposed to an event of its history, which says when and where. */
export const SHOWN_STATUS = "native:";

/** True for the carrier's top-level status, kept in the log because the state is folded from the log alone. */
export function isTopLevelStatement(event: Pick<StoredEvent, "rule">): boolean {
  return event.rule.startsWith(TOP_LEVEL);
}

/** True for rows that no timeline shows and no count counts. */
export function isStatement(event: Pick<StoredEvent, "rule">): boolean {
  return event.rule.startsWith(TOP_LEVEL) || event.rule.startsWith(PIECES);
}

/** True for what a carrier or Shopify observed: a scan, as opposed to a statement, a correction or a decision of ours. */
export function isScan(event: Pick<StoredEvent, "rule" | "source">): boolean {
  return event.source !== "staff" && event.source !== "system" && !isStatement(event);
}

/** Begins the rule of a scan that was read by the merchant's own mapping of its code. */
export const MAPPED = "mapped:";

/** True for a scan whose code is in no table and that the merchant has said nothing about either. */
export function isUnread(event: Pick<StoredEvent, "unknownCode" | "rule">): boolean {
  return event.unknownCode && !event.rule.startsWith(MAPPED);
}

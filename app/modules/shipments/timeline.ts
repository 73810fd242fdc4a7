import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import { orderEvents } from "./order-events.ts";
import { isStatement, isUnread, SHOWN_STATUS, type StoredEvent } from "./stored-event.ts";

/** The four steps that a shopper sees, whatever the carrier calls them; trouble is told beside them. */
export const PHASES = ["ordered", "on_the_way", "out_for_delivery", "delivered"] as const;
export type Phase = (typeof PHASES)[number];

export interface TimelineEntry {
  fingerprint: string;
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  source: StoredEvent["source"];
  carrier: string;
  /** `HH:mm` of the carrier's wall clock; null when only a date, or nothing, was given. */
  localTime: string | null;
  /** `±HH:MM` when the carrier stated it. */
  utcOffset: string | null;
  zoneSource: StoredEvent["zoneSource"];
  zoneName: string | null;
  /** ISO instant, when it is known. */
  at: string | null;
  /** The carrier's words: third-party text, escape before showing. */
  description: string | null;
  location: string | null;
  code: string | null;
  /** Neither our tables nor the merchant say what the code means. */
  unknownCode: boolean;
  rule: string;
}

export interface TimelineDay {
  /** `YYYY-MM-DD` where it happened; null for scans without any time. */
  on: string | null;
  /** Newest first. */
  entries: TimelineEntry[];
}

export interface Timeline {
  /** Newest first. */
  days: TimelineDay[];
}

/**
 * The log as people read it: by local day, newest first. Local times stay as the carrier wrote them, with the word on
 * where their zone comes from; statements about the whole parcel are left out.
 */
export function timelineOf(events: readonly StoredEvent[]): Timeline {
  const days: TimelineDay[] = [];
  for (const event of orderEvents(events.filter((one) => isShown(one, events))).reverse()) {
    const on = dayOf(event);
    const last = days.at(-1);
    const entry = toEntry(event);
    if (last && last.on === on) last.entries.push(entry);
    else days.push({ on, entries: [entry] });
  }
  return { days };
}

/** What Shopify merely shows is left out where its history says the same with time and place. */
function isShown(event: StoredEvent, all: readonly StoredEvent[]): boolean {
  if (isStatement(event)) return false;
  if (!event.rule.startsWith(SHOWN_STATUS)) return true;
  return !all.some((one) => one !== event && one.source === "shopify" && one.status === event.status);
}

/** Without a wall clock the instant's UTC day is all there is. */
function dayOf(event: StoredEvent): string | null {
  return event.localTime?.slice(0, 10) ?? event.occurredAt?.toISOString().slice(0, 10) ?? null;
}

function toEntry(event: StoredEvent): TimelineEntry {
  const { fingerprint, status, subStatus, source, carrier, utcOffset, zoneSource, zoneName } = event;
  const { description, location, code, rule } = event;
  const localTime = event.localTime !== null && event.localTime.length > 10 ? event.localTime.slice(11, 16) : null;
  const at = event.occurredAt?.toISOString() ?? null;
  const told = { description, location, code, unknownCode: isUnread(event), rule };
  return { fingerprint, status, subStatus, source, carrier, localTime, utcOffset, zoneSource, zoneName, at, ...told };
}

export interface Progress {
  /** The step that the parcel is on, or was on when trouble came. */
  phase: Phase;
  /** Something keeps it from the next step. */
  troubled: boolean;
  /** It will not arrive. */
  ended: boolean;
}

/** Which of the four steps a status is; `firstScanAt` tells how far a troubled parcel had come. */
export function progressOf(status: ShipmentStatus, firstScanAt: Date | null): Progress {
  const moving: Phase = firstScanAt ? "on_the_way" : "ordered";
  switch (status) {
    case "unknown":
    case "pre_transit":
      return { phase: "ordered", troubled: false, ended: false };
    case "in_transit":
      return { phase: "on_the_way", troubled: false, ended: false };
    case "out_for_delivery":
    case "available_for_pickup":
      return { phase: "out_for_delivery", troubled: false, ended: false };
    case "delivery_attempted":
      return { phase: "out_for_delivery", troubled: true, ended: false };
    case "delivered":
      return { phase: "delivered", troubled: false, ended: true };
    case "exception":
      return { phase: moving, troubled: true, ended: false };
    case "return_to_sender":
    case "cancelled":
    case "expired":
      return { phase: moving, troubled: true, ended: true };
  }
}

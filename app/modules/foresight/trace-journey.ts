import { orderEvents } from "#app/modules/shipments/order-events.ts";
import { isScan, type StoredEvent } from "#app/modules/shipments/stored-event.ts";
import type { LocalMoment } from "./civil-day.ts";
import type { Journey, JourneyStep } from "./journey.ts";
import { localMoment, momentOfText } from "./local-moment.ts";
import type { Stage } from "./parcel-facts.ts";
import { stageOfParcel } from "./stage-of-parcel.ts";

/** The folded state and the places that a journey is read with. */
export interface TracedParcel {
  status: string;
  subStatus: string | null;
  statusAt: Date | null;
  /** False when its number or fulfillment was taken back. */
  active: boolean;
  shippedAt: Date;
  zone: string;
  destination: { city: string | null; zip: string | null };
}

/** News that a night still reads; what is older was learnt. */
const MOST_NEWS = 60;
const ATTEMPTS: readonly string[] = ["delivered", "delivery_attempted", "available_for_pickup"];

/**
 * How a parcel has come as far as it has, from its whole log: the same scans in any order give the same journey. Times
 * are those of the scans, not of their arrival, so that an imported parcel teaches what a followed one does.
 */
export function traceJourney(log: readonly StoredEvent[], parcel: TracedParcel): Journey {
  const scans = orderEvents(log.filter(isScan)).flatMap((event): Scan[] => {
    const at = momentOfEvent(event, parcel.zone);
    return at ? [{ event, at }] : [];
  });
  const made = localMoment(parcel.zone, parcel.shippedAt);
  const first = scans[0]?.at;
  const start: JourneyStep = { stage: "label", ...(first && isBefore(first, made) ? first : made) };
  const end = endOf(scans, parcel);
  let [stages, news, last]: [JourneyStep[], JourneyStep[], string] = [[start], [start], ""];
  for (const { event, at } of scans) {
    if (end && !isBefore(at, end)) break;
    const stage = stageAt(event, parcel) ?? stages.at(-1)?.stage ?? "label";
    const step = { stage, ...at };
    if (stage !== stages.at(-1)?.stage) stages = [...stages.filter((one) => one.stage !== stage), step];
    const kind = `${event.status}|${event.subStatus ?? ""}|${event.code ?? ""}|${event.location ?? ""}`;
    if (kind !== last) news.push(step);
    last = kind;
  }
  news = news.slice(-MOST_NEWS);
  const attempt = scans.find(({ event }) => ATTEMPTS.includes(event.status));
  return { stages, news, end, attempt: attempt?.at.day ?? (end?.kind === "arrived" ? end.day : null) };
}

interface Scan {
  event: StoredEvent;
  at: LocalMoment;
}

const isBefore = (left: LocalMoment, right: LocalMoment): boolean =>
  left.day < right.day || (left.day === right.day && left.hour < right.hour);

function momentOfEvent({ occurredAt, localTime }: StoredEvent, zone: string): LocalMoment | null {
  if (occurredAt) return localMoment(zone, occurredAt);
  return localTime === null ? null : momentOfText(localTime);
}

function stageAt(event: StoredEvent, { destination }: TracedParcel): Stage | null {
  if (event.status === "unknown") return null;
  return stageOfParcel({
    status: event.status,
    subStatus: event.subStatus,
    atDestinationHub: isNear(event.location, destination),
  });
}

/** Whether a scan was in the destination's own area: its town, or the same first three of the postcode. */
function isNear(location: string | null, { city, zip }: TracedParcel["destination"]): boolean {
  if (location === null) return false;
  const parts = location.split(",").map((part) => part.trim().toLowerCase());
  if (city !== null && parts.includes(city.trim().toLowerCase())) return true;
  const area = zip?.slice(0, 3).toLowerCase() ?? "";
  return area.length === 3 && parts.some((part) => /\d/.test(part) && part.startsWith(area));
}

/** The folded status says whether the way has ended; the log says when. */
function endOf(scans: readonly Scan[], parcel: TracedParcel): Journey["end"] {
  const kind = endKindOf(parcel);
  if (!kind) return null;
  const scan = scans.find(({ event }) => event.status === parcel.status);
  const at = scan?.at ?? localMoment(parcel.zone, parcel.statusAt ?? parcel.shippedAt);
  return { kind, ...at };
}

function endKindOf({ status, subStatus, active }: TracedParcel): "arrived" | "lost" | "censored" | null {
  if (status === "delivered" || status === "available_for_pickup") return "arrived";
  // Silent until it was given up: carriers hardly ever say themselves that a parcel is lost.
  if (subStatus === "lost" || status === "expired") return "lost";
  if (stageOfParcel({ status, subStatus, atDestinationHub: false }) === null || !active) return "censored";
  return null;
}

import { foldEvents } from "#app/modules/shipments/fold-events.ts";
import type { StoredEvent } from "#app/modules/shipments/stored-event.ts";
import { writeDay } from "./civil-day.ts";
import type { Foreseen } from "./foresee-parcel.ts";
import { forecastRow, type RowLaws } from "./forecast-row.ts";
import { readShown, type ShownOn, type Trouble } from "./forecast-view.ts";
import { instantOf, momentOfText, zoneOfParcel } from "./local-moment.ts";
import { isUnanswered, type ParcelRow } from "./parcel-row.ts";
import type { ForecastRow } from "./write-forecasts.server.ts";

/** What a parcel's forecast said from a moment on, as far as a message can depend on it. */
export interface ForecastMoment {
  at: Date;
  forecast: {
    /** Civil date at the destination; null where nothing was promised. */
    promisedOn: string | null;
    /** Null as long as nothing was foreseen; of a parcel that has arrived, what was shown last. */
    shown: ShownOn | null;
    windows: Foreseen["windows"] | null;
    troubles: Trouble[];
  };
}

/** Looks at one parcel and entries about it, at most: one that needs more has been silent for half a year. */
const MOST_LOOKS = 600;
const MOST_MOMENTS = 100;
/** The sweep comes by once a minute. */
const SWEEP_MS = 60_000;

/** A parcel as it stands today, its whole log, and the time that is replayed. */
export interface ReplayedParcel {
  row: ParcelRow;
  log: readonly StoredEvent[];
  from: Date;
  to: Date;
}

/**
 * What would have been said about a parcel, scan by scan and review by review, from when it was known to the end of the
 * replay. The first entry is what stood at `from`; each other one differs from the one before in its troubles or its date.
 */
export function replayParcel(laws: RowLaws, { row, log, from, to }: ReplayedParcel): ForecastMoment[] {
  // A number that was taken back is nobody's parcel: since when is not kept.
  if (row.lifecycle !== "active") return [];
  const heard = hearInTurn(row, log);
  const moments: ForecastMoment[] = [];
  let state = newborn(row);
  let windows: Foreseen["windows"] | null = null;
  let now: Date | null = bornAt(row);
  for (
    let [looks, known] = [0, -1];
    now && now <= to && looks < MOST_LOOKS && moments.length < MOST_MOMENTS;
    looks += 1
  ) {
    const count = countUntil(heard, now);
    const events = heard.slice(0, count).map(({ event }) => event);
    if (count !== known) state = withStatus(state, events);
    known = count;
    const { after } = forecastRow(laws, { row: state, log: events, now });
    state = carryOn(state, after);
    windows = after.foreseen?.windows ?? windows;
    noteMoment(moments, { at: now, forecast: { ...sayingOf(state), windows } }, from);
    now = nextLook(now, { heardAt: heard[count]?.at ?? null, reviewAt: after.foreseen?.reviewAt ?? null });
  }
  return moments;
}

/** Keeps what stood at the beginning, and from then on whatever is new. */
function noteMoment(moments: ForecastMoment[], moment: ForecastMoment, from: Date): void {
  if (moment.at <= from) moments.splice(0, moments.length, { ...moment, at: from });
  else if (saidBy(moments.at(-1)) !== saidBy(moment)) moments.push(moment);
}

/** What two entries are compared by. */
function saidBy(moment: ForecastMoment | undefined): string {
  if (!moment) return "";
  const { promisedOn, shown, troubles } = moment.forecast;
  return JSON.stringify([promisedOn, shown, troubles.map(({ kind }) => kind)]);
}

const sayingOf = ({ promisedOn, shown, troubles }: ParcelRow) => ({
  promisedOn,
  shown: readShown(shown),
  troubles: [...(troubles ?? [])],
});

/** The next scan, or the moment at which the silence changes something; null when nothing more can. */
function nextLook(now: Date, { heardAt, reviewAt }: { heardAt: Date | null; reviewAt: Date | null }): Date | null {
  const review = reviewAt && new Date(Math.max(reviewAt.getTime(), now.getTime() + SWEEP_MS));
  if (!heardAt || !review) return heardAt ?? review;
  return heardAt < review ? heardAt : review;
}

interface HeardEvent {
  event: StoredEvent;
  at: Date;
}

/** Scans in the order in which they were heard: as they came, or of what was imported, as they happened. */
function hearInTurn(row: ParcelRow, log: readonly StoredEvent[]): HeardEvent[] {
  const zone = zoneOfParcel({ country: row.countryCode, region: row.provinceCode }, row.shopZone);
  const at = (event: StoredEvent): Date => {
    if (row.origin !== "import") return event.receivedAt;
    const local = event.localTime === null ? null : momentOfText(event.localTime);
    const happened = event.occurredAt ?? (local && instantOf(zone, local));
    return happened && happened < event.receivedAt ? happened : event.receivedAt;
  };
  return log
    .map((event) => ({ event, at: at(event) }))
    .sort(
      (left, right) =>
        left.at.getTime() - right.at.getTime() || (left.event.fingerprint < right.event.fingerprint ? -1 : 1),
    );
}

/** Of what was imported, when it left; of everything else, when we came to know of it. */
const bornAt = ({ origin, shippedAt, addedAt }: ParcelRow): Date => (origin === "import" ? shippedAt : addedAt);

function countUntil(heard: readonly HeardEvent[], now: Date): number {
  const next = heard.findIndex(({ at }) => at > now);
  return next < 0 ? heard.length : next;
}

/** The parcel before anything was heard or said of it. */
function newborn(row: ParcelRow): ParcelRow {
  return {
    ...row,
    ...{ clocks: {}, learnFrom: null, learns: true, endedAs: null, shown: null, troubles: null },
    ...{ firstSaid: null, warnedOn: null, peakLate: null, scoredAt: null },
    // That nobody can be asked stands; that nobody need be asked any more came of what the log says.
    stopReason: isUnanswered(row.stopReason) ? row.stopReason : null,
    estimatedDelivery: estimateAtHandOver(row),
  };
}

/** What a carrier says in the end is no forecast: what it said when it took the parcel was kept for the scorecard. */
function estimateAtHandOver({ firstSaid, estimatedDelivery }: ParcelRow): ParcelRow["estimatedDelivery"] {
  if (!firstSaid) return estimatedDelivery;
  return firstSaid.carrierDay === null ? null : { date: writeDay(firstSaid.carrierDay) };
}

function withStatus(row: ParcelRow, events: readonly StoredEvent[]): ParcelRow {
  const { addedAt: createdAt, shippedAt, countryCode: destinationCountry } = row;
  const { status, subStatus, statusAt } = foldEvents(events, { createdAt, shippedAt, destinationCountry });
  return { ...row, status, subStatus, statusAt };
}

/** The row as the next look finds it. Nights are not replayed: they have been learnt. */
function carryOn(row: ParcelRow, { foreseen, firstSaid, warnedOn, journey }: ForecastRow): ParcelRow {
  return {
    ...row,
    ...{ firstSaid, warnedOn, endedAs: journey.end?.kind ?? null, troubles: foreseen?.troubles ?? [] },
    shown: foreseen?.shown ?? row.shown,
    peakLate: foreseen?.peakLate ?? row.peakLate,
  };
}

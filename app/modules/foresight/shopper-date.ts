import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import type { ShopperDate } from "#app/modules/shipments/shopper-date.ts";
import { writeDay } from "./civil-day.ts";
import type { DateWindow, PromiseSource, ShownOn, Trouble } from "./forecast-view.ts";
import { localMoment } from "./local-moment.ts";
import { stageOfParcel } from "./stage-of-parcel.ts";

/** A parcel and its forecast as they are stored; null where nothing has been foreseen yet. */
export interface ShopperRow {
  id: string;
  status: string;
  subStatus: string | null;
  active: boolean;
  estimatedDelivery: EstimatedDelivery | null;
  /** The clock its days are counted by. */
  zone: string;
  shown: ShownOn | null;
  window: DateWindow | null;
  promisedOn: string | null;
  promiseSource: string | null;
  troubles: readonly Trouble[];
  computedAt: Date | null;
  /** When it is looked at again without a scan. */
  reviewAt: Date | null;
}

/** A forecast is made again every day: a date that has passed and is older than this was never looked at again. */
const STALE_AFTER_MS = 48 * 3_600_000;
const WORST_FIRST: readonly Trouble["kind"][] = [
  "suspected_lost",
  "delayed",
  "delay_predicted",
  "stalled",
  "label_unscanned",
];

/** What a shopper may be told about one parcel now. */
export function shopperDateOf(row: ShopperRow, now: Date): ShopperDate {
  const today = dayAt(row.zone, now);
  const ended = hasEnded(row);
  const stale = row.computedAt === null || now.getTime() - row.computedAt.getTime() > STALE_AFTER_MS;
  const shown = ended ? null : shownNow(row, { today, stale });
  return {
    shipmentId: row.id,
    shown,
    window: ended || !row.window || (stale && row.window.to < today) ? null : notBefore(row.window, today),
    promise: row.promisedOn === null ? null : { on: row.promisedOn, source: row.promiseSource as PromiseSource },
    troubles: ended ? [] : troublesOf(row.troubles),
    reviewOn: ended || stale || !row.reviewAt ? null : later(dayAt(row.zone, row.reviewAt), today),
    ended,
    today,
  };
}

/** The state of the parcel may be ahead of its forecast by some seconds: it decides. */
function hasEnded({ status, subStatus, active }: ShopperRow): boolean {
  return !active || subStatus === "lost" || stageOfParcel({ status, subStatus, atDestinationHub: false }) === null;
}

/** A date that has just passed is today until the next one is computed: minutes after midnight. */
function shownNow(row: ShopperRow, { today, stale }: { today: string; stale: boolean }): ShopperDate["shown"] {
  const { shown } = row;
  if (!shown) return carrierDate(row.estimatedDelivery, today);
  if (stale && shown.on < today) return null;
  const on = later(shown.on, today);
  const from = shown.from === undefined || later(shown.from, today) >= on ? null : later(shown.from, today);
  return { on, from, source: shown.source, coverage: shown.coverage };
}

/** The carrier's own date until there is a forecast, which is a matter of seconds; not once it has passed. */
function carrierDate(estimate: EstimatedDelivery | null, today: string): ShopperDate["shown"] {
  if (!estimate) return null;
  const [from, on] =
    "date" in estimate
      ? [estimate.date, estimate.date]
      : "at" in estimate
        ? [estimate.at.local, estimate.at.local]
        : [estimate.from.local, estimate.to.local];
  const { from: first, to } = notBefore({ from: from.slice(0, 10), to: on.slice(0, 10) }, today);
  if (on.slice(0, 10) < today) return null;
  return { on: to, from: first < to ? first : null, source: "carrier", coverage: null };
}

const dayAt = (zone: string, at: Date): string => writeDay(localMoment(zone, at).day);

const later = (date: string, today: string): string => (date < today ? today : date);

const notBefore = ({ from, to }: DateWindow, today: string): DateWindow => ({
  from: later(from, today),
  to: later(to, today),
});

function troublesOf(troubles: readonly Trouble[]): ShopperDate["troubles"] {
  return WORST_FIRST.flatMap((worst) =>
    troubles.flatMap(({ kind, since, probability, daysOver }) =>
      kind === worst && kind !== "unfulfilled" ? [{ kind, since, probability, daysOver }] : [],
    ),
  );
}

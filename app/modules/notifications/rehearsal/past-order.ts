import { foldEvents } from "#app/modules/shipments/fold-events.ts";
import type { FoldContext } from "#app/modules/shipments/folded-state.ts";
import { isScan, MAPPED, type StoredEvent } from "#app/modules/shipments/stored-event.ts";
import { happenedAt } from "../kinds/scans.ts";
import type {
  DecidedMessage,
  OrderSituation,
  ParcelOutlook,
  ParcelScan,
  ParcelSituation,
  Situation,
} from "../situation.ts";

/** What was foreseen of a parcel from a moment on. */
export interface OutlookMoment {
  at: Date;
  outlook: ParcelOutlook;
}

/** A parcel with its whole past, to be told again from the beginning. */
export interface PastParcel {
  /** As it is today; its state, scans and forecast are those of the moment that is told. */
  today: Omit<ParcelSituation, "status" | "subStatus" | "scans" | "forecast">;
  /** From when on it is known. */
  bornAt: Date;
  /** Its log; `receivedAt` is when each was heard: of what was imported, when it happened. */
  log: readonly StoredEvent[];
  context: FoldContext;
  /** Oldest first. */
  outlooks: readonly OutlookMoment[];
  /** The promise of the order, where nothing is foreseen yet. */
  promisedOn: string | null;
}

/** An order with its whole past. */
export interface PastOrder {
  /** From when on it is known. */
  bornAt: Date;
  today: OrderSituation;
  parcels: readonly PastParcel[];
}

/** When a scan was heard: as it came or, of what was imported, when it happened. */
export function heardAt(event: StoredEvent, origin: string): Date {
  if (origin !== "import") return event.receivedAt;
  const happened = happenedAt(event);
  return happened < event.receivedAt ? happened : event.receivedAt;
}

/** Tells an order's past: what a decision would have seen at any moment. */
export class OrderTeller {
  readonly #order: PastOrder;
  readonly #shop: Situation["shop"];
  readonly #rules: Situation["rules"];
  /** The state of a parcel by how much of its log was heard. */
  readonly #states = new Map<string, Pick<ParcelSituation, "status" | "subStatus" | "scans">>();

  constructor(order: PastOrder, { shop, rules }: Pick<Situation, "shop" | "rules">) {
    this.#order = order;
    this.#shop = shop;
    this.#rules = rules;
  }

  /** The moments in that time at which something of the order changed, each once, oldest first. */
  moments(from: Date, to: Date): number[] {
    const { bornAt: orderBornAt, today, parcels } = this.#order;
    const own = [orderBornAt, today.cancelledAt, today.unfulfilledSince].filter((at) => at !== null);
    const ofParcels = parcels.flatMap(({ bornAt, log, outlooks }) =>
      [...log.map(({ receivedAt }) => receivedAt), ...outlooks.map(({ at }) => at), bornAt].map((at) =>
        Math.max(at.getTime(), bornAt.getTime()),
      ),
    );
    const all = [...own.map((at) => at.getTime()), ...ofParcels].filter((at) => at >= orderBornAt.getTime());
    return [...new Set(all)].filter((at) => at >= from.getTime() && at <= to.getTime()).sort((a, b) => a - b);
  }

  at(now: Date, history: readonly DecidedMessage[]): Situation {
    const { today, parcels } = this.#order;
    const born = parcels.filter(({ bornAt }) => bornAt <= now);
    const until = (at: Date | null) => (at !== null && at <= now ? at : null);
    const order: OrderSituation = {
      ...today,
      importedAt: null,
      cancelledAt: until(today.cancelledAt),
      unfulfilledSince: until(today.unfulfilledSince),
      completelyFulfilled: today.completelyFulfilled && born.length === parcels.length,
    };
    const told = born.map((parcel) => this.#parcelAt(parcel, now));
    return { now, shop: this.#shop, rules: this.#rules, order, parcels: told, history };
  }

  #parcelAt(parcel: PastParcel, now: Date): ParcelSituation {
    const heard = parcel.log.filter(({ receivedAt }) => receivedAt <= now);
    const key = `${parcel.today.id}\n${heard.length}`;
    const state = this.#states.get(key) ?? stateOf(parcel, heard);
    this.#states.set(key, state);
    const outlook = parcel.outlooks.findLast(({ at }) => at <= now)?.outlook ?? null;
    return { ...parcel.today, ...state, forecast: outlook ?? bare(parcel.promisedOn) };
  }
}

function stateOf({ context }: PastParcel, heard: readonly StoredEvent[]) {
  const { status, subStatus } = foldEvents(heard, context);
  return { status, subStatus, scans: heard.filter(isScan).map(toScan) };
}

function toScan({ fingerprint, status, subStatus, occurredAt, localTime, receivedAt, countryCode, rule }: StoredEvent) {
  const scan: ParcelScan = { fingerprint, status, subStatus, occurredAt, localTime, receivedAt, countryCode };
  return rule.startsWith(MAPPED) ? { ...scan, mapped: true } : scan;
}

function bare(promisedOn: string | null): ParcelOutlook | null {
  return promisedOn === null ? null : { promisedOn, expectedOn: null, expectedFrom: null, troubles: [] };
}

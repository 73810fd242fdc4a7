import type { ShopTx } from "#app/lib/db.server.ts";
import { expectedText, shownEstimate } from "./expected-text.ts";
import type { Risk } from "./index-query.ts";

/** Something wrong with a parcel now. */
export interface ShopperTrouble {
  kind: Exclude<Risk, "any">;
  /** When it was found, ISO 8601 in UTC. */
  since: string;
  /** P(late) or P(lost) behind it; null for a silence. */
  probability: number | null;
  /** Days since the promised one; null where it is not about the promise. */
  daysOver: number | null;
}

/** What a shopper may be told about the arrival of one parcel. Civil dates (`YYYY-MM-DD`) are the destination's. */
export interface ShopperDate {
  shipmentId: string;
  /**
   * The date to show, or the last day of a range that begins with `from`: it moves only when that is worth it, and is never
   * in the past. Null where nobody knows one, and once the parcel's way has ended.
   */
  shown: {
    on: string;
    from: string | null;
    /** Whose date it is: ours, or the carrier's own. */
    source: "forecast" | "carrier";
    /** Share of such parcels that have arrived by `on`; null for a carrier's date that nobody has measured. */
    coverage: number | null;
  } | null;
  /** 8 of 10 such parcels arrive in it; never in the past. */
  window: { from: string; to: string } | null;
  /** What was promised with the order: frozen. */
  promise: { on: string; source: "shopify" | "rule" } | null;
  /** What is wrong now, worst first; empty once the way has ended. */
  troubles: ShopperTrouble[];
  /** The day on which we look at it again at the latest, whether the carrier reports anything or not; null once its way has ended. */
  reviewOn: string | null;
  /** Arrived, returned, lost or taken back. */
  ended: boolean;
  /** Today at the destination. */
  today: string;
}

/**
 * What storefront and messages need from foresight. Given by the composition root, because features do not know each
 * other. Every parcel of the shop that was asked for has an answer; others are left out.
 */
export interface ShopperDates {
  /** @throws RangeError above 500 parcels. */
  of(tx: ShopTx, shopId: string, shipmentIds: readonly string[]): Promise<Map<string, ShopperDate>>;
}

/** The date in the reader's words; null where none is shown. */
export function shopperDateText(date: Pick<ShopperDate, "shown" | "today"> | null, locale: string): string | null {
  if (!date?.shown) return null;
  const { on, from } = date.shown;
  return expectedText(shownEstimate({ on, from: from ?? undefined }), locale, date.today);
}

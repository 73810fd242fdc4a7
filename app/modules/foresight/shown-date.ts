import type { Day } from "./civil-day.ts";
import type { Forecast } from "./forecast-parcel.ts";

/** How sure the date is meant to be: the merchant's choice. */
export type DateStyle = "likely" | "by" | "by_for_gifts";

/** The date a shopper sees, whose it is, and how sure. */
export interface ShownDate {
  day: Day;
  /** `forecast`, or the carrier's own date where that one has been the better. */
  source: "forecast" | "carrier";
  coverage: 0.5 | 0.8 | 0.9;
}

const QUANTILES = { likely: "q50", by: "q80", by_for_gifts: "q90" } as const;
const COVERAGES = { likely: 0.5, by: 0.8, by_for_gifts: 0.9 } as const;

/** Without an out-for-delivery scan by then, nobody still comes today. */
const LAST_HOUR_WITHOUT_SCAN = 17;
/** A date moves only when the forecast has moved by a whole day, in working hours of a day: no flicker. */
const MOVES_FROM_DAYS = 1;

/**
 * The date to show. It is never in the past, never today once today's vans are out without the parcel, and it moves only
 * when the forecast has moved by a day or more, or when the shown day has become impossible.
 * Source: foresight method, section 3 ("EDD shown").
 */
export function chooseShownDate({
  forecast,
  style,
  shown,
  outForDelivery,
  carrier,
}: {
  forecast: Forecast;
  style: DateStyle;
  /** What was shown last; null at first. */
  shown: ShownDate | null;
  outForDelivery: boolean;
  /** The carrier's own date, and whether it has been the better one (`isCarrierBetter`). */
  carrier: { day: Day; better: boolean } | null;
}): ShownDate {
  const { now } = forecast;
  const earliest = !outForDelivery && now.hour >= LAST_HOUR_WITHOUT_SCAN ? now.day + 1 : now.day;
  if (carrier?.better && carrier.day >= earliest && style === "likely")
    return { day: carrier.day, source: "carrier", coverage: 0.5 };
  const at = forecast.quantiles[QUANTILES[style]];
  const fresh: ShownDate = { day: Math.max(earliest, at.day), source: "forecast", coverage: COVERAGES[style] };
  if (!shown || shown.source !== "forecast" || shown.coverage !== fresh.coverage || shown.day < earliest) return fresh;
  // The middle of the shown day against the forecast's moment: what jitters around midnight stays where it is.
  const moved = Math.abs(at.day + at.hour / 24 - (shown.day + 0.5));
  return moved >= MOVES_FROM_DAYS ? fresh : shown;
}

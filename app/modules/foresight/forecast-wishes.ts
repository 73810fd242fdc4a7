import type { ShopSettings } from "#app/modules/shops/settings.ts";
import type { DateStyle } from "./shown-date.ts";

/** What a merchant wants of the forecasts: how sure the shown date is meant to be, and when to be warned. */
export interface ForecastWishes {
  style: DateStyle;
  /** Shoppers are shown the 80 % window: its last day is the shown date. */
  range: boolean;
  /** Their own threshold for predicted delays; null = as the history says. */
  delayProbability: number | null;
}

export const NO_WISHES: ForecastWishes = { style: "likely", range: false, delayProbability: null };

/** The wishes that stand in the settings. The last day of an 80 % window is the one by which 9 of 10 have arrived. */
export function wishesOf({ promise, foresight }: Pick<ShopSettings, "promise" | "foresight">): ForecastWishes {
  const { dateStyle } = promise;
  const range = dateStyle === "range";
  return { style: range ? "by_for_gifts" : dateStyle, range, delayProbability: foresight.delayProbability };
}

import { Temporal } from "temporal-polyfill";

/** Today and yesterday where the shop is, and when today began. */
export interface ShopDay {
  today: string;
  yesterday: string;
  /** The instant at which today began. */
  startedAt: Date;
  yesterdayStartedAt: Date;
}

export function shopDay(timezone: string, now: Date): ShopDay {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone).toPlainDate();
  const yesterday = today.subtract({ days: 1 });
  return {
    today: today.toString(),
    yesterday: yesterday.toString(),
    startedAt: startOf(today, timezone),
    yesterdayStartedAt: startOf(yesterday, timezone),
  };
}

/** The instant at which a civil day begins in a zone; a day that has no midnight begins later. */
export function startOfDay(date: string, timezone: string): Date {
  return startOf(Temporal.PlainDate.from(date), timezone);
}

/** The instant at which the day after it begins. */
export function endOfDay(date: string, timezone: string): Date {
  return startOf(Temporal.PlainDate.from(date).add({ days: 1 }), timezone);
}

function startOf(date: Temporal.PlainDate, timezone: string): Date {
  return new Date(date.toZonedDateTime({ timeZone: timezone }).epochMilliseconds);
}

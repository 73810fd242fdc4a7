const DATE = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" } as const;

/** A civil date (`YYYY-MM-DD`) in the reader's words; empty when it is none. */
export function formatDay(date: string | null, locale: string): string {
  if (!date || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return "";
  return new Intl.DateTimeFormat(locale, DATE).format(new Date(`${date}T12:00:00Z`));
}

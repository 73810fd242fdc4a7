const formats = new Map<string, Intl.DateTimeFormat>();

/** The civil date (YYYY-MM-DD) at an instant, where the clock is the one given; UTC where none is. */
export function localDay(at: Date, zone: string | null): string {
  const timeZone = zone ?? "UTC";
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formats.set(timeZone, format);
  }
  return format.format(at);
}

/** Whole days from one civil date to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

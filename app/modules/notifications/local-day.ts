import { civilDay } from "#app/lib/zone-clock.ts";

/** The civil date (YYYY-MM-DD) at an instant, where the clock is the one given; UTC where none is. */
export function localDay(at: Date, zone: string | null): string {
  return civilDay(zone ?? "UTC", at.getTime());
}

/** Whole days from one civil date to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

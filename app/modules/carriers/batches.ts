import type { CarrierReading } from "./carrier.ts";

/** Cuts a list into pieces of at most `size`. */
export function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Puts readings together in their order. */
export function joinReadings(readings: readonly CarrierReading[]): CarrierReading {
  return {
    shipments: readings.flatMap((reading) => reading.shipments),
    errors: readings.flatMap((reading) => reading.errors),
  };
}

/** Whether two spellings are of one number: spaces, dashes and case do not count. */
export function isSameNumber(left: string, right: string): boolean {
  const plain = (number: string) => number.replace(/[\s-]/g, "").toUpperCase();
  return plain(left) === plain(right);
}

/** How often each carrier turned out to carry a shop's parcels, by the shape of their numbers. */
export type CarrierHistory = ReadonlyMap<string, Readonly<Record<string, number>>>;

/**
 * What numbers of one carrier have in common, coarse enough to be met again: the country of a postal number, the length of
 * plain digits, else the first two characters and the length.
 */
export function numberShape(number: string): string {
  if (/^\d+$/.test(number)) return `digits:${number.length}`;
  if (/^[A-Z]{2}\d{9}[A-Z]{2}$/.test(number)) return `post:${number.slice(11)}`;
  return `${number.slice(0, 2)}:${number.length}`;
}

/** Counts parcels whose carrier is certain, because it has scanned them. */
export function countHistory(parcels: readonly { trackingNumber: string; carrier: string }[]): CarrierHistory {
  const history = new Map<string, Record<string, number>>();
  for (const { trackingNumber, carrier } of parcels) {
    const shape = numberShape(trackingNumber);
    const counts = history.get(shape) ?? {};
    counts[carrier] = (Object.hasOwn(counts, carrier) ? (counts[carrier] ?? 0) : 0) + 1;
    history.set(shape, counts);
  }
  return history;
}

/** Fewer parcels are an accident. */
const ENOUGH = 5;
const NEARLY_ALL = 0.9;

/** The carrier that nearly all of the shop's parcels of this shape were carried by; null when there is none. */
export function usualCarrier(history: CarrierHistory | undefined, number: string): string | null {
  const counts = Object.entries(history?.get(numberShape(number)) ?? {});
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const [carrier, count] = counts.toSorted((left, right) => right[1] - left[1])[0] ?? ["", 0];
  return all >= ENOUGH && count >= all * NEARLY_ALL ? carrier : null;
}

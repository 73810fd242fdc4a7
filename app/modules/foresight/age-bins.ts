/**
 * Ages ("delivery days", or working days of silence) are cut into bins in which the hazard is constant: fine where
 * parcels arrive, coarse in the tail. Source: foresight method, piecewise-exponential survival.
 */
const EDGES: readonly number[] = [
  ...Array.from({ length: 13 }, (_, edge) => edge),
  ...[14, 16, 18, 20, 22, 24, 26, 28, 30],
  ...[35, 40, 45, 50, 55, 60],
];

export const BIN_COUNT = EDGES.length;

/** Nobody learns from a parcel that is older than this: it is lost, or its delivery was never reported. */
export const LAST_AGE = 60;

const STEPS_PER_DAY = 20;
const BIN_BY_STEP = Int8Array.from({ length: LAST_AGE * STEPS_PER_DAY + 1 }, (_, step) =>
  lastAtOrBelow(EDGES, step / STEPS_PER_DAY),
);

/** The bin of a day of waiting is the one of its middle: a clock that is a little off moves no day to another bin. */
export function binOf(age: number): number {
  const step = Math.min(LAST_AGE * STEPS_PER_DAY, Math.max(0, Math.floor(age * STEPS_PER_DAY)));
  return BIN_BY_STEP[step] ?? 0;
}

/** Where a bin begins and ends, in days of age; the last one has no end. */
export function edgesOf(bin: number): { from: number; to: number } {
  return { from: EDGES[bin] ?? LAST_AGE, to: EDGES[bin + 1] ?? Infinity };
}

function lastAtOrBelow(edges: readonly number[], value: number): number {
  let found = 0;
  while (found + 1 < edges.length && (edges[found + 1] ?? Infinity) <= value) found += 1;
  return found;
}

import { normal } from "#tests/support/seeded-random.ts";

/** A law of whole transit days that is known exactly. */
export interface KnownLane {
  name: string;
  draw(random: () => number): number;
  /** P(more than so many days). */
  survival(days: number): number;
}

const DAILY = 0.25;
const [MEDIAN, SPREAD] = [5, 0.4];

export const KNOWN_LANES: readonly KnownLane[] = [
  {
    name: "geometric",
    draw: (random) => Math.max(1, Math.ceil(Math.log(1 - random()) / Math.log(1 - DAILY))),
    survival: (days) => (1 - DAILY) ** days,
  },
  {
    name: "log-normal",
    draw: (random) => Math.max(1, Math.ceil(MEDIAN * Math.exp(SPREAD * normal(random)))),
    survival: (days) => (days < 1 ? 1 : 1 - normalShare(Math.log(days / MEDIAN) / SPREAD)),
  },
];

/** Standard normal distribution function (Abramowitz and Stegun 26.2.17, error below 1e-7). */
function normalShare(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (series * Math.exp((-value * value) / 2)) / Math.sqrt(2 * Math.PI);
  return value >= 0 ? 1 - tail : tail;
}

/** The only source of "now" in the product: injected everywhere, so that tests and replays can move time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Durations, as opposed to instants: goes on evenly whatever happens to the clock on the wall. */
export interface Timer {
  /** Milliseconds since some moment in the past; never goes back. */
  elapsed(): number;
  pause(milliseconds: number): Promise<void>;
}

export const systemTimer: Timer = {
  elapsed: () => performance.now(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export interface Ticker {
  start(): void;
  /** Resolves when a running round is done; no other round follows. */
  stop(): Promise<void>;
}

/** A ticker that never runs two rounds at a time and can be stopped cleanly. */
export function createTicker(tick: () => Promise<void>, everyMs: number): Ticker {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  const loop = () => {
    running = tick().finally(() => {
      if (timer !== null) timer = setTimeout(loop, everyMs);
    });
  };
  return {
    start() {
      timer ??= setTimeout(loop, everyMs);
    },
    async stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await running;
    },
  };
}

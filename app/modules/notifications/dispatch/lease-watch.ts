import type { DispatchDeps } from "./dispatch-deps.ts";

/** Tells whether a lease may run out during a call that begins now. */
export interface Watch {
  over(): boolean;
}

/**
 * Started before the lease is taken. Both clocks are asked: the even one stands still while a machine sleeps, the one on
 * the wall may be set.
 */
export function startWatch({ timer, clock, limits }: Pick<DispatchDeps, "timer" | "clock" | "limits">): Watch {
  const [elapsed, now] = [timer.elapsed(), clock.now().getTime()];
  return {
    over: () => Math.max(timer.elapsed() - elapsed, clock.now().getTime() - now) > limits.leaseMs - limits.callMs,
  };
}

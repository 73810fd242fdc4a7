/** What Shopify says about this app's bucket on one shop. */
export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  /** Points per second. */
  restoreRate: number;
}

interface Seen extends ThrottleStatus {
  at: number;
}

/** Of a full bucket, the part that background work leaves for people at a screen. */
const KEPT_FOR_PEOPLE = 0.4;
const MAX_SHOPS = 2_000;

/** Remembers each shop's bucket from the last answer, and tells background work when to wait. Bounded. */
export class CallBudget {
  readonly #seen = new Map<string, Seen>();

  observe(shopId: string, status: ThrottleStatus, now: Date): void {
    this.#seen.delete(shopId);
    this.#seen.set(shopId, { ...status, at: now.getTime() });
    const oldest = this.#seen.keys().next();
    if (this.#seen.size > MAX_SHOPS && !oldest.done) this.#seen.delete(oldest.value);
  }

  /** Whole seconds until background work may call; 0 = now, also for a shop we know nothing about. */
  waitSeconds(shopId: string, now: Date): number {
    const seen = this.#seen.get(shopId);
    if (!seen || seen.restoreRate <= 0) return 0;
    // A clock that was set back must not make us wait for hours.
    const seconds = Math.max(0, now.getTime() - seen.at) / 1000;
    const restored = seen.currentlyAvailable + seconds * seen.restoreRate;
    const missing = seen.maximumAvailable * KEPT_FOR_PEOPLE - Math.min(restored, seen.maximumAvailable);
    return missing <= 0 ? 0 : Math.ceil(missing / seen.restoreRate);
  }
}

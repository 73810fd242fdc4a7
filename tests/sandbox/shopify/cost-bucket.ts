export interface BucketOptions {
  maximum: number;
  restorePerSecond: number;
}

export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** Leaky bucket of one app on one shop. */
export class CostBucket {
  readonly #options: BucketOptions;
  readonly #nowMs: () => number;
  #available: number;
  #at: number;

  constructor(options: BucketOptions, nowMs: () => number) {
    this.#options = options;
    this.#nowMs = nowMs;
    this.#available = options.maximum;
    this.#at = nowMs();
  }

  /** Takes points, or refuses without taking any. */
  take(points: number): boolean {
    this.#refill();
    if (points > this.#available) return false;
    this.#available -= points;
    return true;
  }

  giveBack(points: number): void {
    this.#available = Math.min(this.#options.maximum, this.#available + points);
  }

  status(): ThrottleStatus {
    this.#refill();
    return {
      maximumAvailable: this.#options.maximum,
      currentlyAvailable: Math.floor(this.#available),
      restoreRate: this.#options.restorePerSecond,
    };
  }

  #refill(): void {
    const now = this.#nowMs();
    this.giveBack((Math.max(0, now - this.#at) / 1000) * this.#options.restorePerSecond);
    this.#at = now;
  }
}

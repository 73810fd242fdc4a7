import type { World } from "../world.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan } from "../world/parcel.ts";
import { hashText } from "../world/seeded-random.ts";

/** A number that an account has told its aggregator to follow. */
export interface FollowedNumber {
  id: string;
  number: string;
  /** The aggregator's code of the carrier behind. */
  carrier: string;
  createdAt: number;
  /** Scans that webhooks have told so far. */
  told: number;
  nextDueAt: number | null;
}

/** Where the account's webhooks go, and what signs them. */
export interface AggregatorHook {
  url: string;
  secret: string;
}

export interface News {
  followed: FollowedNumber;
  /** Everything that is known, oldest first. */
  scans: Scan[];
  /** What no webhook has told yet. */
  fresh: Scan[];
}

interface Saved {
  hook: AggregatorHook | null;
  numbers: FollowedNumber[];
}

/** What an aggregator keeps: the numbers of the one account, each asked at its carrier `firstAnswerMs` after it came. */
export class FollowedNumbers {
  readonly #world: World;
  readonly #firstAnswerMs: number;
  readonly #numbers = new Map<string, FollowedNumber>();
  hook: AggregatorHook | null = null;

  constructor(world: World, firstAnswerMs: number) {
    this.#world = world;
    this.#firstAnswerMs = firstAnswerMs;
  }

  /** Null when the number is followed already. */
  follow(number: string, carrier: string): FollowedNumber | null {
    const key = normaliseNumber(number);
    if (this.#numbers.has(key)) return null;
    const createdAt = this.#world.clock.now().getTime();
    const id = `${hashText(key).toString(16)}${hashText(`${carrier}:${key}`).toString(16)}`;
    const nextDueAt = createdAt + this.#firstAnswerMs;
    const followed: FollowedNumber = { id, number: key, carrier, createdAt, told: 0, nextDueAt };
    this.#numbers.set(key, followed);
    return followed;
  }

  find(number: string): FollowedNumber | null {
    return this.#numbers.get(normaliseNumber(number)) ?? null;
  }

  count(): number {
    return this.#numbers.size;
  }

  /** Whether the aggregator has asked the carrier already. */
  isAsked({ createdAt }: FollowedNumber): boolean {
    return this.#world.clock.now().getTime() >= createdAt + this.#firstAnswerMs;
  }

  /** What it knows, oldest first. An aggregator asks every carrier, so it knows all parcels of the world. */
  scans(followed: FollowedNumber): Scan[] {
    return this.isAsked(followed) ? this.#world.scans(followed.number) : [];
  }

  /** Numbers with news since the last call. */
  takeNews(): News[] {
    const now = this.#world.clock.now().getTime();
    const due = [...this.#numbers.values()].filter(({ nextDueAt }) => nextDueAt !== null && nextDueAt <= now);
    return due.flatMap((followed) => {
      const scans = this.scans(followed);
      const fresh = scans.slice(followed.told);
      followed.told = scans.length;
      // A number the world does not know yet may still be added to it: look again at the next tick.
      followed.nextDueAt = this.#world.parcel(followed.number) ? this.#world.nextScanAt(followed.number) : now;
      return fresh.length > 0 ? [{ followed, scans, fresh }] : [];
    });
  }

  snapshot(): Saved {
    return { hook: this.hook, numbers: [...this.#numbers.values()] };
  }

  /** Takes what `snapshot()` of an earlier run gave; anything else is an empty account. */
  restore(saved: unknown): void {
    const { hook, numbers } = (saved ?? { hook: null, numbers: [] }) as Saved;
    this.hook = hook;
    this.#numbers.clear();
    for (const followed of numbers) this.#numbers.set(followed.number, { ...followed });
  }
}

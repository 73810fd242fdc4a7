import { createHash } from "node:crypto";

import type { Clock } from "#app/lib/clock.ts";

import type { ResendError } from "./resend-error.ts";
import { resendError } from "./resend-error.ts";

/** What a key says about a request: new, a repetition with its first answer, or a conflict. */
export type KeyState =
  { kind: "new" } | { kind: "repeated"; answer: unknown } | { kind: "conflict"; error: ResendError };

const LIFETIME_MS = 86_400_000;
const MAX_KEYS = 200_000;

export interface IdempotencyKeys {
  /** Looks a key up and, when it is new, marks it as in flight. `body` is compared byte by byte. */
  begin(key: string, body: Uint8Array): KeyState;
  /** Keeps the first answer for 24 hours. */
  finish(key: string, answer: unknown): void;
  /** Forgets a key whose request was refused: nothing was sent, so the key may be used again. */
  abandon(key: string): void;
  /** The answered keys, so that a restart of the sandbox forgets none. */
  snapshot(): SavedKey[];
  restore(saved: readonly SavedKey[]): void;
}

export interface SavedKey {
  key: string;
  bodyHash: string;
  startedAt: number;
  answer: unknown;
}

interface Entry {
  /** SHA-256 of the body: the same bytes, and not only the same JSON. */
  bodyHash: string;
  startedAt: number;
  /** Undefined while the first request is still in flight. */
  done?: { answer: unknown };
}

/** 1–256 characters; anything else is refused before the key is looked up. */
export function isValidKey(key: string): boolean {
  return key.length >= 1 && key.length <= 256;
}

export const INVALID_KEY = resendError(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");

const OTHER_BODY = resendError(
  409,
  "invalid_idempotent_request",
  "Same idempotency key used with a different request payload.",
);

const IN_FLIGHT = resendError(
  409,
  "concurrent_idempotent_requests",
  "Same idempotency key used while original request is still in progress.",
);

/** The `Idempotency-Key` store of the account: 24 hours by the injected clock, both conflicts. */
export function createIdempotencyKeys(clock: Clock): IdempotencyKeys {
  const entries = new Map<string, Entry>();
  return {
    begin(key, body) {
      const now = clock.now().getTime();
      const entry = entries.get(key);
      const bodyHash = createHash("sha256").update(body).digest("hex");
      if (entry !== undefined && now - entry.startedAt < LIFETIME_MS) {
        if (entry.bodyHash !== bodyHash) return { kind: "conflict", error: OTHER_BODY };
        return entry.done === undefined
          ? { kind: "conflict", error: IN_FLIGHT }
          : { kind: "repeated", answer: entry.done.answer };
      }
      entries.delete(key);
      entries.set(key, { bodyHash, startedAt: now });
      const oldest = entries.keys().next();
      if (entries.size > MAX_KEYS && !oldest.done) entries.delete(oldest.value);
      return { kind: "new" };
    },
    finish(key, answer) {
      const entry = entries.get(key);
      if (entry !== undefined) entry.done = { answer };
    },
    abandon: (key) => void entries.delete(key),
    snapshot: () =>
      [...entries].flatMap(([key, { bodyHash, startedAt, done }]) =>
        done === undefined ? [] : [{ key, bodyHash, startedAt, answer: done.answer }],
      ),
    restore(saved) {
      entries.clear();
      for (const { key, bodyHash, startedAt, answer } of saved)
        entries.set(key, { bodyHash, startedAt, done: { answer } });
    },
  };
}

import { randomBytes } from "node:crypto";

import type { Clock } from "#app/lib/clock.ts";

export type TokenState = "valid" | "expired" | "unknown";

export interface BearerTokens {
  readonly lifetimeSeconds: number;
  issue(): string;
  /** State of the token in an `Authorization` header. */
  check(authorization: string | undefined): TokenState;
  /** Makes every token unknown, as when a provider rotates its signing key. */
  revokeAll(): void;
}

/** Most tokens kept; older ones are forgotten, which a client sees as "unknown". */
const MAX_TOKENS = 1_000;

/** Access tokens of one OAuth server, measured by the injected clock. */
export function createBearerTokens(clock: Clock, lifetimeSeconds: number): BearerTokens {
  const expiries = new Map<string, number>();
  return {
    lifetimeSeconds,
    issue() {
      const token = randomBytes(32).toString("base64url");
      expiries.set(token, clock.now().getTime() + lifetimeSeconds * 1000);
      const oldest = expiries.keys().next();
      if (expiries.size > MAX_TOKENS && !oldest.done) expiries.delete(oldest.value);
      return token;
    },
    check(authorization) {
      const expiry = expiries.get(/^Bearer (\S+)$/.exec(authorization ?? "")?.[1] ?? "");
      if (expiry === undefined) return "unknown";
      return expiry > clock.now().getTime() ? "valid" : "expired";
    },
    revokeAll: () => expiries.clear(),
  };
}

/** User name and password of a Basic header; null when it is not one. */
export function readBasic(authorization: string | undefined): { user: string; password: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=_-]+)$/.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

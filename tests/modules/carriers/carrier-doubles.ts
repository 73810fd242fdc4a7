import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type {
  CarrierRequest,
  CarrierResponse,
  CarrierSession,
  Credentials,
  TokenCache,
} from "#app/modules/carriers/carrier.ts";

const FIXTURES = resolve(import.meta.dirname, "../../fixtures/carriers");

/** One of our own fixtures, written in the carrier's format; a name without an ending is a JSON file. */
export function fixture(carrierId: string, name: string): string {
  return readFileSync(join(FIXTURES, carrierId, name.includes(".") ? name : `${name}.json`), "utf8");
}

export function answer(body: string, status = 200, headers: Record<string, string> = {}): CarrierResponse {
  return { status, headers, body: Buffer.from(body) };
}

export interface FakeSession {
  session: CarrierSession;
  /** Every request the adapter made, in order. */
  calls: CarrierRequest[];
  /** How often the token was thrown away. */
  invalidations: () => number;
}

export interface FakeOptions {
  credentials: Credentials;
  answers: readonly CarrierResponse[];
  baseUrl?: string;
}

/** A session whose HTTP answers from a list, and which fails the test when asked more often. */
export function fakeSession({ credentials, answers, baseUrl }: FakeOptions): FakeSession {
  const calls: CarrierRequest[] = [];
  const cache = memoryTokens();
  const http = {
    request(request: CarrierRequest): Promise<CarrierResponse> {
      const next = answers[calls.length];
      calls.push(request);
      return next
        ? Promise.resolve(next)
        : Promise.reject(new Error(`unexpected call ${request.method} ${request.url}`));
    },
  };
  const session: CarrierSession = {
    credentials,
    http,
    tokens: cache.tokens,
    requestId: "req_1",
    clock: { now: () => new Date("2026-03-12T12:00:00.000Z") },
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
  return { session, calls, invalidations: cache.invalidations };
}

function memoryTokens(): { tokens: TokenCache; invalidations: () => number } {
  let token: string | null = null;
  let count = 0;
  const tokens: TokenCache = {
    get: async (fetchToken) => (token ??= (await fetchToken()).token),
    invalidate: () => {
      token = null;
      count += 1;
      return Promise.resolve();
    },
  };
  return { tokens, invalidations: () => count };
}

export const TOKEN = answer(JSON.stringify({ access_token: "tok_1", token_type: "Bearer", expires_in: "14399" }));
export const TOKEN_2 = answer(JSON.stringify({ access_token: "tok_2", token_type: "Bearer", expires_in: 3600 }));

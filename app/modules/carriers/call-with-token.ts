import { z } from "zod";
import type { CarrierError, CarrierReading, CarrierRequest, CarrierResponse, CarrierSession } from "./carrier.ts";
import { isAuthFailure } from "./classify-error.ts";
import { decodeJson, part, text, wholeNumber } from "./read-json.ts";

const tokenAnswer = part(z.object({ access_token: text(8_000), expires_in: wholeNumber() }));

/** Tokens are renewed this long before the carrier lets them expire. */
const SAFETY_SECONDS = 60;
/** OAuth lets an answer leave out how long its token lasts; one that ends earlier is refused, and fetched anew. */
const USUAL_SECONDS = 15 * 60;

/** Carries what the token endpoint said out of the cache's callback; never leaves this file. */
class TokenRefused extends Error {
  readonly reading: CarrierReading;
  constructor(reading: CarrierReading) {
    super("token refused");
    this.name = "TokenRefused";
    this.reading = reading;
  }
}

export interface AccessToken {
  token: string;
  expiresInSeconds: number;
}

interface TokenCall {
  /** The carrier's client-credentials request. */
  tokenRequest: CarrierRequest;
  /** Reads the token where the answer is not the JSON of OAuth 2; null when there is none in it. */
  readToken?: (response: CarrierResponse) => AccessToken | null;
  /** The question itself, given a bearer token. */
  request: (token: string) => CarrierRequest;
  /** Reads the answer to either of them. */
  read: (response: CarrierResponse) => CarrierReading;
}

/**
 * Asks a question that needs an OAuth 2 client-credentials token. A token that the carrier no longer accepts is thrown
 * away and the question repeated once. Network faults throw; whatever the carrier says is in the reading.
 */
export async function callWithToken(session: CarrierSession, call: TokenCall): Promise<CarrierReading> {
  try {
    const first = await ask(session, call);
    if (first.response.status !== 401 && !(isAuthFailure(first.reading) && first.reading.errors[0]?.retryable)) {
      return first.reading;
    }
    await session.tokens.invalidate();
    return aboutTheKey((await ask(session, call)).reading);
  } catch (error) {
    if (error instanceof TokenRefused) return error.reading;
    throw error;
  }
}

async function ask(session: CarrierSession, call: TokenCall) {
  const token = await session.tokens.get(() => fetchToken(session, call));
  const response = await session.http.request(call.request(token));
  return { response, reading: call.read(response) };
}

async function fetchToken(session: CarrierSession, call: TokenCall): Promise<AccessToken> {
  const response = await session.http.request(call.tokenRequest);
  const answer = (call.readToken ?? readOauthToken)(response);
  if (response.status >= 400 || !answer) throw new TokenRefused(refusal(call.read(response)));
  return { token: answer.token, expiresInSeconds: Math.max(answer.expiresInSeconds - SAFETY_SECONDS, 1) };
}

function readOauthToken(response: CarrierResponse): AccessToken | null {
  const decoded = decodeJson(response);
  const answer = decoded.ok ? tokenAnswer.parse(decoded.value) : null;
  return answer?.access_token
    ? { token: answer.access_token, expiresInSeconds: answer.expires_in ?? USUAL_SECONDS }
    : null;
}

function refusal(reading: CarrierReading): CarrierReading {
  const silent: CarrierError = { kind: "auth", retryable: false, message: "The carrier gave no access token." };
  return aboutTheKey({ shipments: [], errors: reading.errors.length > 0 ? reading.errors : [silent] });
}

/** A refusal that no fresh token can cure is about the key itself: asking again needs a human first. */
function aboutTheKey(reading: CarrierReading): CarrierReading {
  const errors = reading.errors.map((error) => (error.kind === "auth" ? { ...error, retryable: false } : error));
  return { ...reading, errors };
}

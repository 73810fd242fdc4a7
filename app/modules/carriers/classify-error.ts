import type { CarrierError, CarrierErrorKind, CarrierReading, RawAnswer } from "./carrier.ts";
import { cleanText } from "./clean-text.ts";

/** Kind, and whether the same question may succeed later without human action. */
type ErrorMeaning = readonly [kind: CarrierErrorKind, retryable: boolean];

export interface ErrorTable {
  source: string;
  codes: Readonly<Record<string, ErrorMeaning>>;
}

export interface ErrorFacts {
  code: string | null;
  message: string | null;
  trackingNumber?: string | null;
  httpStatus?: number | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** By the carrier's code first, by the HTTP status second: "not found" arrives in a 200, and outages in a 400. */
export function classifyError(table: ErrorTable, facts: ErrorFacts): CarrierError {
  const known = facts.code !== null && Object.hasOwn(table.codes, facts.code) ? table.codes[facts.code] : undefined;
  const [kind, retryable] = known ?? byHttpStatus(facts.httpStatus) ?? ["unknown", false];
  const wait = retryAfter(facts.headers);
  return {
    kind,
    retryable,
    message: cleanText(facts.message, 300) ?? defaultMessage(kind),
    ...(facts.code === null ? {} : { carrierCode: facts.code }),
    ...(facts.trackingNumber ? { trackingNumber: facts.trackingNumber } : {}),
    ...(wait === null ? {} : { retryAfterSeconds: wait }),
  };
}

/**
 * The reading of an answer whose body says nothing we understand: the HTTP status when it tells a failure, else the given
 * `unreadable` error.
 */
export function failedReading(answer: RawAnswer, fallback: CarrierError): CarrierReading {
  const meaning = byHttpStatus(answer.httpStatus);
  if (!meaning) return { shipments: [], errors: [fallback] };
  const facts = { code: null, message: null, httpStatus: answer.httpStatus, headers: answer.headers };
  return { shipments: [], errors: [classifyError({ source: "HTTP", codes: {} }, facts)] };
}

function byHttpStatus(status: number | undefined): ErrorMeaning | null {
  if (status === undefined || status < 400) return null;
  if (status === 401 || status === 403) return ["auth", false];
  if (status === 404) return ["not_found", true];
  if (status === 408 || status >= 500) return ["server", true];
  if (status === 409) return ["conflict", true];
  if (status === 429) return ["rate_limited", true];
  return ["invalid_request", false];
}

const MESSAGES: Readonly<Partial<Record<CarrierErrorKind, string>>> = {
  auth: "The carrier refused the credentials.",
  not_found: "The carrier does not know this number (yet).",
  rate_limited: "The carrier asks for fewer questions for now.",
  server: "The carrier's service is not available right now.",
  conflict: "The carrier is already working on this number.",
  invalid_request: "The carrier did not accept the question.",
};

function defaultMessage(kind: CarrierErrorKind): string {
  return MESSAGES[kind] ?? "The carrier reported an error without saying which.";
}

/** Seconds form only (a date would need a clock); bounded to one day. */
function retryAfter(headers: Readonly<Record<string, string>> | undefined): number | null {
  const name = Object.keys(headers ?? {}).find((key) => key.toLowerCase() === "retry-after");
  const value = name === undefined ? undefined : headers?.[name];
  return value !== undefined && /^\d{1,6}$/.test(value.trim()) ? Math.min(Number(value), 86_400) : null;
}

/** True when the answer consists of nothing but a refusal of the credentials. */
export function isAuthFailure(reading: CarrierReading): boolean {
  return reading.shipments.length === 0 && reading.errors.some((error) => error.kind === "auth");
}

import { isBrokenCircuitError, isBulkheadRejectedError } from "cockatiel";
import { z } from "zod";
import { errorMessage } from "#app/lib/errors.ts";
import { type Http, HttpError, type HttpResponse } from "#app/lib/http.server.ts";

/** What opens an account: a key that can be revoked alone, never the account's own password. */
export interface TwilioKey {
  accountSid: string;
  /** The key's SID, or the account's SID beside its auth token. */
  user: string;
  secret: string;
}

export interface TwilioCall {
  method: "GET" | "POST";
  /** Below the account, such as `Messages.json`; with a leading slash from the host's root. */
  path: string;
  /** Which of Twilio's hosts: one override stands for both. */
  host?: "api" | "messaging";
  query?: Readonly<Record<string, string>>;
  form?: Readonly<Record<string, string>>;
}

export type TwilioAnswer =
  | { kind: "answer"; status: number; body: unknown; retryAfter: number | null }
  /** The request never left: nothing can have been taken. */
  | { kind: "never_sent"; reason: string }
  /** It may have been taken. */
  | { kind: "no_answer"; reason: string };

export interface TwilioDeps {
  http: Http;
  /** Replaces Twilio's addresses in a sandbox. */
  baseUrl?: string | undefined;
}

/** Longer than Twilio takes, shorter than the lease of a message. */
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 2_000_000;

/** One call, never repeated here: Twilio has no idempotency key, and a list is asked again by whoever needs it. */
export async function callTwilio(
  { http, baseUrl }: TwilioDeps,
  key: TwilioKey,
  call: TwilioCall,
): Promise<TwilioAnswer> {
  const { host = "api", method, path, query, form } = call;
  const root = baseUrl ?? `https://${host}.twilio.com`;
  const below = path.startsWith("/") ? path : `/2010-04-01/Accounts/${key.accountSid}/${path}`;
  const search = query ? `?${new URLSearchParams(query).toString()}` : "";
  try {
    const answer = await http.request({
      ...{ method, url: root + below + search, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, circuit: key.accountSid },
      headers: {
        authorization: `Basic ${Buffer.from(`${key.user}:${key.secret}`).toString("base64")}`,
        accept: "application/json",
        ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    });
    return readAnswer(answer);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { kind: neverLeft(error.cause) ? "never_sent" : "no_answer", reason: errorMessage(error).slice(0, 200) };
  }
}

function readAnswer({ status, body, headers }: HttpResponse): TwilioAnswer {
  const seconds = Number(headers["retry-after"]);
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), 3_600) : null;
  return { kind: "answer", status, body: parseJson(body), retryAfter };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return null;
  }
}

const NO_CONNECTION = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

function neverLeft(cause: unknown): boolean {
  if (isBrokenCircuitError(cause) || isBulkheadRejectedError(cause)) return true;
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" && NO_CONNECTION.has(code);
}

const refusal = z.object({ code: z.number().int() });

/** Twilio's code of a refusal, or null where the body has none. */
export function codeOf(body: unknown): number | null {
  const parsed = refusal.safeParse(body);
  return parsed.success ? parsed.data.code : null;
}

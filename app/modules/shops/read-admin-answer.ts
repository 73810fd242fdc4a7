import { z } from "zod";
import type { AdminResult } from "./admin-api.ts";
import type { ThrottleStatus } from "./call-budget.ts";

export interface AdminAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** `token_refused` is settled by the client: refresh once, then give up. */
export interface ReadAdminAnswer<Data> {
  result: AdminResult<Data> | { kind: "token_refused" };
  throttle: ThrottleStatus | null;
}

const throttleStatus = z.object({
  maximumAvailable: z.number(),
  currentlyAvailable: z.number(),
  restoreRate: z.number(),
});
const error = z.object({
  message: z.string().default(""),
  extensions: z.object({ code: z.string() }).partial().optional(),
});
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.union([z.string(), z.array(error)]).optional(),
  extensions: z
    .object({ cost: z.object({ requestedQueryCost: z.number(), throttleStatus }).partial().optional() })
    .optional(),
});
type Answer = z.infer<typeof answerSchema>;

const DEFAULT_WAIT = 2;
const MAX_WAIT = 120;

/**
 * Reads an answer of the Admin API. Shopify answers HTTP 200 for a spent budget, a missing scope and a wrong query alike:
 * only `errors[].extensions.code` tells them apart. An answer with any error counts as refused, partial data or not.
 */
export function readAdminAnswer<Data>(answer: AdminAnswer): ReadAdminAnswer<Data> {
  const early = readStatus(answer);
  if (early) return { result: early, throttle: null };
  const parsed = answerSchema.safeParse(parseJson(answer.body));
  if (!parsed.success) return { result: { kind: "unavailable", message: "unreadable answer" }, throttle: null };
  const throttle = parsed.data.extensions?.cost?.throttleStatus ?? null;
  return { result: readBody<Data>(parsed.data), throttle };
}

function readStatus({ status, headers }: AdminAnswer): ReadAdminAnswer<never>["result"] | null {
  if (status === 200) return null;
  if (status === 401) return { kind: "token_refused" };
  if (status === 429)
    return { kind: "throttled", retryAfterSeconds: bounded(Number(headers["retry-after"] ?? DEFAULT_WAIT)) };
  // 402 frozen, 423 locked, 404 gone: the shop's standing may change again.
  if ([402, 404, 408, 423].includes(status) || status >= 500)
    return { kind: "unavailable", message: `status ${status}` };
  return { kind: "refused", message: `status ${status}` };
}

function readBody<Data>(answer: Answer): AdminResult<Data> {
  const errors = typeof answer.errors === "string" ? [{ message: answer.errors }] : (answer.errors ?? []);
  if (errors.some((one) => codeOf(one) === "THROTTLED")) {
    return { kind: "throttled", retryAfterSeconds: waitFor(answer) };
  }
  if (errors.some((one) => ["INTERNAL_SERVER_ERROR", "TIMEOUT"].includes(codeOf(one)))) {
    return { kind: "unavailable", message: describe(errors) };
  }
  if (errors.length > 0) {
    const missingScope = errors.some((one) => codeOf(one) === "ACCESS_DENIED");
    return { kind: "refused", message: describe(errors), ...(missingScope ? { missingScope } : {}) };
  }
  if (answer.data === undefined || answer.data === null) return { kind: "unavailable", message: "answer without data" };
  return { kind: "ok", data: answer.data as Data };
}

function waitFor({ extensions }: Answer): number {
  const { requestedQueryCost, throttleStatus: bucket } = extensions?.cost ?? {};
  if (requestedQueryCost === undefined || !bucket || bucket.restoreRate <= 0) return DEFAULT_WAIT;
  return bounded(Math.ceil((requestedQueryCost - bucket.currentlyAvailable) / bucket.restoreRate));
}

function bounded(seconds: number): number {
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), MAX_WAIT) : DEFAULT_WAIT;
}

function codeOf(one: { extensions?: { code?: string | undefined } | undefined }): string {
  return one.extensions?.code ?? "";
}

function describe(
  errors: readonly { message: string; extensions?: { code?: string | undefined } | undefined }[],
): string {
  return errors
    .map((one) => `${codeOf(one)} ${one.message}`.trim())
    .join("; ")
    .slice(0, 300);
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  handleWhen,
  type IPolicy,
  noop,
  retry,
} from "cockatiel";
import { Agent, type Dispatcher, request as undiciRequest } from "undici";
import { AppError, errorMessage } from "./errors.ts";
import type { Logger } from "./logger.server.ts";
import { assertPublicUrl, ForbiddenAddressError, publicLookup } from "./public-address.server.ts";

/** The other side did not answer properly: unreachable, too slow, too large, or its circuit is open. */
export class HttpError extends AppError {
  readonly code = "http";
  readonly retryable = true;
}

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Milliseconds for each attempt, waiting for a free place to call from included; 15,000 by default. */
  timeoutMs?: number;
  /** Bytes of answer that are read at most; 5 MB by default. */
  maxBytes?: number;
  /** Repetitions after a network fault or 502/503/504; 0 unless the call is safe to repeat. */
  retries?: number;
  /** Set for every address that a merchant can type. */
  publicOnly?: boolean;
  /**
   * Whose trouble it is when calls fail, beside the host's name: an account's id. The circuit of one account at a carrier
   * then opens without stopping the others.
   */
  circuit?: string;
}

export interface HttpResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

const TIMEOUT = 15_000;
const MAX_BYTES = 5_000_000;
const FAILURES_TO_OPEN = 8;
const OPEN_FOR = 20_000;
const CALLS_PER_HOST = 32;
const WAITING_PER_HOST = 500;
const MAX_HOSTS = 500;
const MAX_CIRCUITS = 5_000;

/**
 * Every outgoing call of the product. Per host: a bound on calls in flight. Per host and account: a circuit breaker. Per
 * call: a timeout, a limit on the answer's size, retries with jitter where the caller says they are safe. No redirects
 * are followed. Headers and bodies are never logged.
 */
export class Http {
  readonly #log: Logger;
  readonly #places = new Map<string, IPolicy>();
  readonly #circuits = new Map<string, IPolicy>();
  readonly #agent: Dispatcher;
  readonly #publicAgent: Dispatcher;

  constructor(options: { log: Logger }) {
    this.#log = options.log;
    this.#agent = new Agent({ connections: CALLS_PER_HOST });
    this.#publicAgent = new Agent({ connections: 4, connect: { lookup: publicLookup } });
  }

  /** @throws HttpError when there is no complete answer; @throws ForbiddenAddressError. A status is not an error. */
  async request(request: HttpRequest): Promise<HttpResponse> {
    const url = new URL(request.url);
    if (request.publicOnly) assertPublicUrl(url);
    try {
      return await repeating(request.retries ?? 0).execute(() => this.#attempt(url, request));
    } catch (error) {
      if (error instanceof TransientStatus) return error.response;
      if (error instanceof ForbiddenAddressError) throw error;
      this.#log.warn({ host: url.host, method: request.method, reason: errorMessage(error) }, "outgoing call failed");
      throw new HttpError(`${request.method} ${url.host}: ${errorMessage(error)}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#agent.close(), this.#publicAgent.close()]);
  }

  /**
   * One attempt within its time. The clock runs while the call waits for its place, too: whoever asked has long gone by
   * the time a long queue has passed. A call that never began is no failure of the other side, so no circuit counts it.
   */
  async #attempt(url: URL, request: HttpRequest): Promise<HttpResponse> {
    const signal = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT);
    const circuit = keep(this.#circuits, `${url.host} ${request.circuit ?? ""}`, MAX_CIRCUITS, newCircuit);
    const place = keep(this.#places, url.host, MAX_HOSTS, () => bulkhead(CALLS_PER_HOST, WAITING_PER_HOST));
    const call = place.execute(() => circuit.execute(() => this.#once(url, request, signal)), signal);
    return await Promise.race([call, endOf(signal)]);
  }

  async #once(url: URL, request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const answer = await undiciRequest(url, {
      method: request.method,
      dispatcher: request.publicOnly ? this.#publicAgent : this.#agent,
      headers: { "user-agent": "Doorstep/1 (+https://shopify.dev)", ...request.headers },
      body: request.body ?? null,
      signal,
    });
    const body = await readBounded(answer.body, request.maxBytes ?? MAX_BYTES);
    const response = { status: answer.statusCode, headers: flatten(answer.headers), body };
    if ([502, 503, 504].includes(answer.statusCode)) throw new TransientStatus(response);
    return response;
  }
}

/** Network faults and 502/503/504 are tried again so many times, after pauses that grow and differ. */
function repeating(retries: number): IPolicy {
  if (retries === 0) return noop;
  return retry(
    handleWhen((error) => !(error instanceof ForbiddenAddressError)),
    { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 5_000 }) },
  );
}

function newCircuit(): IPolicy {
  return circuitBreaker(handleAll, { halfOpenAfter: OPEN_FOR, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) });
}

/** The policy of this name, made when there is none; the one that was used longest ago gives way. */
function keep(policies: Map<string, IPolicy>, name: string, max: number, create: () => IPolicy): IPolicy {
  const policy = policies.get(name) ?? create();
  policies.delete(name);
  const oldest = policies.keys().next();
  if (policies.size >= max && !oldest.done) policies.delete(oldest.value);
  policies.set(name, policy);
  return policy;
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("no answer in time")), { once: true });
  });
}

/** Carries a 502/503/504 through the retry and breaker policies, and comes back to the caller as an ordinary answer. */
class TransientStatus extends Error {
  readonly response: HttpResponse;
  constructor(response: HttpResponse) {
    super(`status ${response.status}`);
    this.response = response;
  }
}

async function readBounded(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`answer larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

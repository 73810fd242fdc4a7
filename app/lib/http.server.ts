import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  handleWhen,
  type IPolicy,
  retry,
  wrap,
} from "cockatiel";
import ipaddr from "ipaddr.js";
import { Agent, type Dispatcher, request as undiciRequest } from "undici";
import { AppError, errorMessage } from "./errors.ts";
import type { Logger } from "./logger.server.ts";

/** The other side did not answer properly: unreachable, too slow, too large, or its circuit is open. */
export class HttpError extends AppError {
  readonly code = "http";
  readonly retryable = true;
}

/** The address may not be called: not https, a private network, or an unusual port. */
export class ForbiddenAddressError extends AppError {
  readonly code = "forbidden_address";
  readonly retryable = false;
  override readonly publicMessage = "This address cannot be used.";
}

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Milliseconds for the whole exchange; 15,000 by default. */
  timeoutMs?: number;
  /** Bytes of answer that are read at most; 5 MB by default. */
  maxBytes?: number;
  /** Repetitions after a network fault or 502/503/504; 0 unless the call is safe to repeat. */
  retries?: number;
  /** Set for every address that a merchant can type. */
  publicOnly?: boolean;
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

/**
 * Every outgoing call of the product. Per host: a circuit breaker and a bound on calls in flight. Per call: a timeout, a
 * limit on the answer's size, retries with jitter where the caller says they are safe. No redirects are followed.
 * Headers and bodies are never logged.
 */
export class Http {
  readonly #log: Logger;
  readonly #hosts = new Map<string, IPolicy>();
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
      return await this.#policy(url.host, request.retries ?? 0).execute(() => this.#once(url, request));
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

  async #once(url: URL, request: HttpRequest): Promise<HttpResponse> {
    const signal = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT);
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

  #policy(host: string, retries: number): IPolicy {
    const guard = this.#hosts.get(host) ?? this.#newGuard(host);
    if (retries === 0) return guard;
    const again = retry(
      handleWhen((error) => !(error instanceof ForbiddenAddressError)),
      { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 5_000 }) },
    );
    return wrap(again, guard);
  }

  #newGuard(host: string): IPolicy {
    const breaker = circuitBreaker(handleAll, {
      halfOpenAfter: OPEN_FOR,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
    });
    const guard = wrap(bulkhead(CALLS_PER_HOST, WAITING_PER_HOST), breaker);
    const oldest = this.#hosts.keys().next();
    if (this.#hosts.size >= MAX_HOSTS && !oldest.done) this.#hosts.delete(oldest.value);
    this.#hosts.set(host, guard);
    return guard;
  }
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

/**
 * Refuses what a merchant may not make us call. Names are checked again at connect time, on every address they resolve to.
 * @throws ForbiddenAddressError with the same words for every reason.
 */
export function assertPublicUrl(url: URL): void {
  const port = url.port === "" ? "443" : url.port;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const forbidden =
    url.protocol !== "https:" ||
    !["443", "8443"].includes(port) ||
    url.username !== "" ||
    url.password !== "" ||
    (ipaddr.isValid(host) && !isPublicAddress(host));
  if (forbidden) throw new ForbiddenAddressError("This address cannot be used.");
}

function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

/** Resolves a name and refuses it when any of its addresses is not public; the checked address is the one connected to. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const first = addresses[0];
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) {
      return callback(new ForbiddenAddressError("This address cannot be used."), "", 0);
    }
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

import { errorMessage } from "#app/lib/errors.ts";
import { type AccessTokenDeps, AccessTokens } from "./access-token.server.ts";
import { ADMIN_API_VERSION, adminAddress } from "./admin-address.ts";
import type { AdminApi, AdminRequest, AdminResult } from "./admin-api.ts";
import { CallBudget } from "./call-budget.ts";
import { readAdminAnswer, type ReadAdminAnswer } from "./read-admin-answer.ts";

const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 10_000_000;

/** The Admin API over HTTP, with the stored offline token. */
export class ShopifyAdminApi implements AdminApi {
  readonly #deps: AccessTokenDeps;
  readonly #tokens: AccessTokens;
  readonly #budget = new CallBudget();

  constructor(deps: AccessTokenDeps) {
    this.#deps = deps;
    this.#tokens = new AccessTokens(deps);
  }

  async query<Data>(shopId: string, request: AdminRequest): Promise<AdminResult<Data>> {
    if (request.urgency !== "person") {
      const wait = this.#budget.waitSeconds(shopId, this.#deps.clock.now());
      if (wait > 0) return { kind: "throttled", retryAfterSeconds: wait };
    }
    const access = await this.#tokens.get(shopId);
    if (access.kind !== "ok") return access;
    const first = await this.#call<Data>(shopId, access, request);
    if (first.kind !== "token_refused") return first;
    const renewed = await this.#tokens.refresh(shopId, access.token);
    if (renewed.kind !== "ok") return renewed;
    const second = await this.#call<Data>(shopId, renewed, request);
    if (second.kind !== "token_refused") return second;
    return this.#tokens.giveUp(shopId, { reason: "token_refused", token: renewed.token });
  }

  async #call<Data>(
    shopId: string,
    { domain, token }: { domain: string; token: string },
    { document, variables = {} }: AdminRequest,
  ): Promise<ReadAdminAnswer<Data>["result"]> {
    const path = `/admin/api/${ADMIN_API_VERSION}/graphql.json`;
    const { url, headers } = adminAddress(domain, path, this.#deps.env.SHOPIFY_LOOPBACK_URL);
    try {
      const answer = await this.#deps.http.request({
        method: "POST",
        url,
        headers: { ...headers, "content-type": "application/json", "x-shopify-access-token": token },
        body: JSON.stringify({ query: document, variables }),
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_ANSWER_BYTES,
      });
      const { result, throttle } = readAdminAnswer<Data>(answer);
      if (throttle) this.#budget.observe(shopId, throttle, this.#deps.clock.now());
      return result;
    } catch (error) {
      return { kind: "unavailable", message: errorMessage(error) };
    }
  }
}

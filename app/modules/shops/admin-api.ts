/**
 * The Admin API of one shop as the modules see it: GraphQL in, a named outcome out. Tokens, their refresh, throttling and
 * the shop's standing are behind it.
 */
export interface AdminApi {
  query<Data>(shopId: string, request: AdminRequest): Promise<AdminResult<Data>>;
}

export interface AdminRequest {
  /** A `#graphql` document; every one of them is checked against Shopify's schema. */
  document: string;
  variables?: Record<string, unknown>;
  /** People waiting at a screen go before background work when the budget is short. */
  urgency?: "person" | "background";
}

export type AdminResult<Data> =
  | { kind: "ok"; data: Data }
  /** The budget of this app on this shop is spent: try again after so many seconds. */
  | { kind: "throttled"; retryAfterSeconds: number }
  /** The shop has uninstalled, or must open the app again before we may call: stop its work. */
  | { kind: "unauthorised" }
  /** Shopify refused the request itself: a mistake of ours, or a missing scope. */
  | { kind: "refused"; message: string; missingScope?: true }
  /** No usable answer: network, timeout, 5xx. */
  | { kind: "unavailable"; message: string };

import { createHmac } from "node:crypto";

export interface ProxySignInput {
  secret: string;
  shop: string;
  /** Full path of the proxy on the storefront. */
  pathPrefix: string;
  /** Digits of the customer's id; empty when nobody is logged in. */
  customerId: string;
  nowSeconds: number;
}

const ADDED = ["shop", "logged_in_customer_id", "path_prefix", "timestamp", "signature"];

/**
 * The query Shopify sends to the app: the visitor's own parameters, then Shopify's five. The visitor cannot set those.
 * Signature: hex HMAC-SHA256 over the sorted "key=value" pairs without separator, repeated keys joined by comma.
 */
export function signProxyQuery(query: URLSearchParams, input: ProxySignInput): URLSearchParams {
  const signed = new URLSearchParams(query);
  for (const name of ADDED) signed.delete(name);
  signed.append("shop", input.shop);
  signed.append("logged_in_customer_id", input.customerId);
  signed.append("path_prefix", input.pathPrefix);
  signed.append("timestamp", String(input.nowSeconds));
  const names = [...new Set(signed.keys())].sort((a, b) => a.localeCompare(b));
  const text = names.map((name) => `${name}=${signed.getAll(name).join(",")}`).join("");
  signed.append("signature", createHmac("sha256", input.secret).update(text).digest("hex"));
  return signed;
}

const PASSED_ON = ["accept", "accept-language", "content-type", "user-agent", "x-requested-with", "range"];

/** Neither cookies nor credentials of the visitor reach the app. */
export function proxyRequestHeaders(headers: Record<string, string | string[] | undefined>): Headers {
  const passed = new Headers();
  for (const name of PASSED_ON) {
    const value = headers[name];
    if (typeof value === "string") passed.set(name, value);
  }
  return passed;
}

const KEPT_BACK = new Set([
  "set-cookie",
  "content-length",
  "content-encoding",
  "transfer-encoding",
  "connection",
  "keep-alive",
]);

/** And no cookie of the app reaches the visitor. */
export function proxyResponseHeaders(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => !KEPT_BACK.has(name));
}

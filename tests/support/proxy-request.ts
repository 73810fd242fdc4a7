import { SECRET } from "#tests/modules/shops/edge-services.ts";
import { signProxyQuery } from "#tests/sandbox/storefront/app-proxy.ts";

export const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

export interface ProxyRequest {
  domain: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams;
  query?: Record<string, string>;
}

/** A request as Shopify forwards it from a storefront, signed. */
export function proxyRequest({ domain, method = "GET", headers = {}, body, query = {} }: ProxyRequest): Request {
  const signed = signProxyQuery(new URLSearchParams(query), {
    ...{ secret: SECRET, shop: domain, pathPrefix: "/apps/doorstep", customerId: "" },
    nowSeconds: Math.floor(Date.now() / 1_000),
  });
  return new Request(`https://doorstep.example/proxy/x?${signed.toString()}`, {
    method,
    headers: { "user-agent": CHROME, ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

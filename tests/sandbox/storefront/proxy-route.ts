import type { Request, Response } from "express";
import { proxyRequestHeaders, proxyResponseHeaders, signProxyQuery } from "#tests/sandbox/storefront/app-proxy.ts";
import { renderProxyLiquid, type PageInput } from "#tests/sandbox/storefront/theme-page.ts";
import type { SandboxCore } from "#tests/sandbox/shopify/sandbox-core.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";

const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 20_000;

export interface ProxyRouteInput {
  core: SandboxCore;
  /** `[app_proxy] url` of shopify.app.toml, at the app's address. */
  proxyTarget: string;
  page: PageInput;
  /** Path on the storefront up to the subpath. */
  pathPrefix: string;
  /** The rest of the path, with its leading slash or empty. */
  rest: string;
  query: string;
}

function signedUrl(input: ProxyRouteInput, rest = input.rest, query = input.query): URL {
  const { core, page, pathPrefix } = input;
  const url = new URL(input.proxyTarget.replace(/\/$/, "") + rest);
  const signed = signProxyQuery(new URLSearchParams(query), {
    secret: core.apiSecret,
    shop: page.shop.store.facts.domain,
    pathPrefix,
    customerId: page.customer ? legacyId(page.customer.id) : "",
    nowSeconds: Math.floor(Date.now() / 1000),
  });
  url.search = signed.toString();
  return url;
}

async function ask(request: Request, url: URL): Promise<globalThis.Response> {
  const hasBody = request.method !== "GET" && request.method !== "HEAD" && Buffer.isBuffer(request.body);
  return fetch(url, {
    method: request.method,
    headers: proxyRequestHeaders(request.headers),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(hasBody ? { body: new Uint8Array(request.body as Buffer) } : {}),
  });
}

/** Redirects that stay under the proxy are followed here, freshly signed; all others go to the browser. */
async function follow(input: ProxyRouteInput, request: Request): Promise<globalThis.Response> {
  let answer = await ask(request, signedUrl(input));
  for (let hop = 0; hop < MAX_REDIRECTS; hop += 1) {
    const location = answer.headers.get("location");
    const base = new URL(input.proxyTarget);
    const target = location ? new URL(location, base) : null;
    const inside = target?.origin === base.origin && target.pathname.startsWith(base.pathname);
    if (answer.status < 300 || answer.status >= 400 || !target || !inside) return answer;
    await answer.arrayBuffer();
    const next = signedUrl(input, target.pathname.slice(base.pathname.length), target.search);
    const headers = proxyRequestHeaders(request.headers);
    headers.delete("content-type");
    answer = await fetch(next, { headers, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
  }
  return answer;
}

/** Forwards one storefront request to the app, as Shopify's app proxy does. */
export async function forwardToApp(input: ProxyRouteInput, request: Request, response: Response): Promise<void> {
  const log = (status: number): void => {
    const shop = input.page.shop.store.facts.domain;
    const what = `${request.method} ${input.rest || "/"}`;
    input.core.log.add({ at: input.core.clock.now().toISOString(), kind: "proxy", shop, what, status });
  };
  let answer: globalThis.Response;
  try {
    answer = await follow(input, request);
  } catch {
    log(502);
    response.status(502).type("text/plain").send("There was an error in the third-party application.");
    return;
  }
  log(answer.status);
  const body = Buffer.from(await answer.arrayBuffer());
  response.status(answer.status);
  for (const [name, value] of proxyResponseHeaders(answer.headers)) response.set(name, value);
  if (!(answer.headers.get("content-type") ?? "").startsWith("application/liquid")) return void response.end(body);
  const html = await renderProxyLiquid(input.page, body.toString("utf8"));
  response.removeHeader("content-security-policy");
  response.type("html").send(html);
}

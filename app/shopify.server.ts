import "@shopify/shopify-app-remix/server/adapters/node";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import type { Env } from "./lib/env.server.ts";
import type { Logger } from "./lib/logger.server.ts";

export interface ShopifyOptions {
  env: Env;
  log: Logger;
  sessionStorage: SessionStorage;
  /** Called after every token exchange, that is when a merchant's visit brought a fresh offline token. */
  onNewToken(input: { domain: string; scope: string | undefined }): Promise<unknown>;
}

export type Shopify = ReturnType<typeof createShopify>;

/** Shopify's own library: authenticates requests of the embedded admin, the app proxy and the extensions. */
export function createShopify({ env, log, sessionStorage, onNewToken }: ShopifyOptions) {
  if (env.SHOPIFY_LOOPBACK_URL !== undefined) sendToLoopback(env.SHOPIFY_LOOPBACK_URL);
  return shopifyApp({
    apiKey: env.SHOPIFY_API_KEY,
    apiSecretKey: env.SHOPIFY_API_SECRET,
    appUrl: env.SHOPIFY_APP_URL,
    scopes: env.SCOPES.split(","),
    apiVersion: ApiVersion.October26,
    distribution: AppDistribution.AppStore,
    isEmbeddedApp: true,
    useOnlineTokens: false,
    sessionStorage,
    hooks: {
      afterAuth: async ({ session }) => void (await onNewToken({ domain: session.shop, scope: session.scope })),
    },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    logger: { level: LogSeverity.Warning, log: (severity, message) => forward(log, severity, message) },
  });
}

function forward(log: Logger, severity: LogSeverity, message: string): void {
  const short = message.slice(0, 300);
  if (severity === LogSeverity.Error) log.error({ from: "shopify" }, short);
  else log.warn({ from: "shopify" }, short);
}

/** Only a sandbox sets the address (the environment's check sees to that): every call to a shop's own host goes there. */
function sendToLoopback(base: string): void {
  setAbstractFetchFunc((input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!url.hostname.endsWith(".myshopify.com")) return fetch(input, init);
    const headers = new Headers(init?.headers);
    headers.set("x-loopback-shop", url.hostname);
    return fetch(new URL(url.pathname + url.search, base), { ...init, headers });
  });
}

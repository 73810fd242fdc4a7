import { grantedScopes, readAppToml } from "#tests/checks/read-toml.ts";
import type { AppSubscription } from "#tests/sandbox/shopify/webhook-router.ts";

export interface SandboxAppConfig {
  apiVersion: string;
  scopes: string[];
  subscriptions: AppSubscription[];
  /** Path of the app proxy on a storefront, e.g. "/apps/doorstep". */
  proxyPath: string;
  /** Path behind the proxy on the app's own address, e.g. "/proxy". */
  proxyTargetPath: string;
}

/** What Shopify would have learnt from shopify.app.toml at `shopify app deploy`. */
export async function readAppConfig(): Promise<SandboxAppConfig> {
  const toml = await readAppToml();
  const subscriptions = toml.webhooks.subscriptions.map(({ name, topics, compliance_topics, uri }) => ({
    topics,
    complianceTopics: compliance_topics,
    uri,
    ...(name === undefined ? {} : { name }),
  }));
  return {
    apiVersion: toml.webhooks.api_version,
    scopes: grantedScopes(toml),
    subscriptions,
    proxyPath: `/${toml.app_proxy.prefix}/${toml.app_proxy.subpath}`,
    proxyTargetPath: new URL(toml.app_proxy.url).pathname,
  };
}

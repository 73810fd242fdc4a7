/** Where the app stands in Shopify's admin. */
export interface AdminApp {
  /** Shopify's client id of the app: what its pages are addressed by. */
  apiKey: string;
  /** Replaces `https://admin.shopify.com/store/{handle}` where the admin lives elsewhere. */
  template?: string | undefined;
}

/** The address of one of our pages inside the admin of a shop, for links that stand outside it; `path` begins with `/app`. */
export function adminPageUrl({ apiKey, template }: AdminApp, domain: string, path: string): string {
  const handle = domain.replace(/\.myshopify\.com$/, "");
  const store = (template ?? "https://admin.shopify.com/store/{handle}").replace("{handle}", handle);
  return `${store}/apps/${apiKey}${path}`;
}

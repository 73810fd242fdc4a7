/** Where the shopper finds this shop's tracking pages. */
export interface StorefrontAddress {
  /** `northpeak.myshopify.com`; Shopify forwards it to the shop's primary domain. */
  domain: string;
  /** The app proxy's path on this shop, `/apps/doorstep` unless the merchant changed it. */
  proxyPath: string;
  /** Replaces `https://{domain}` where the storefront lives elsewhere, with `{handle}` for the shop's handle. */
  template?: string | undefined;
}

/** The address of the look-up page, or of one order's page when a link token is given. */
export function trackingPageUrl(address: StorefrontAddress, token?: string): string {
  return proxyUrl(address, `/track${token ? `/${token}` : ""}`);
}

/** Any page of ours on the shop's storefront; `path` begins with a slash. */
export function proxyUrl(address: StorefrontAddress, path: string): string {
  const handle = address.domain.replace(/\.myshopify\.com$/, "");
  const base = address.template ? address.template.replace("{handle}", handle) : `https://${address.domain}`;
  return `${base}${address.proxyPath}${path}`;
}

/** The Admin API version that every document of the product is checked against. */
export const ADMIN_API_VERSION = "2026-10";

export interface AdminAddress {
  url: string;
  headers: Record<string, string>;
}

/** Where a call to a shop's admin goes: the shop's own host, or the loopback server that plays Shopify in a sandbox. */
export function adminAddress(domain: string, path: string, loopbackUrl: string | undefined): AdminAddress {
  if (loopbackUrl === undefined) return { url: `https://${domain}${path}`, headers: {} };
  return { url: `${loopbackUrl}${path}`, headers: { "x-loopback-shop": domain } };
}

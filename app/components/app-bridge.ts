import type { ShopifyGlobal } from "@shopify/app-bridge-react";

/**
 * App Bridge as the page has it: the global of the CDN script, or null while it is not there (on the server, or when the
 * page is opened outside the admin). Asked when it is needed, never at import.
 */
export function appBridge(): ShopifyGlobal | null {
  if (typeof window === "undefined") return null;
  return (window as unknown as { shopify?: ShopifyGlobal }).shopify ?? null;
}

/** A short word that something has been done; errors stand beside their field instead. */
export function showToast(message: string): void {
  appBridge()?.toast.show(message);
}

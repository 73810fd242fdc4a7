import type { Api } from "@shopify/ui-extensions/customer-account.order-status.fulfillment-details.render-after";

/**
 * The host's API for the one target of this extension. The package types the global `shopify` for no target in
 * particular; it is read anew at each call because tests replace it.
 */
export function host(): Api {
  return (globalThis as unknown as { shopify: Api }).shopify;
}

import {
  restCustomerRedact,
  restDataRequest,
  restScopesUpdate,
  restShop,
  restShopRedact,
} from "#tests/sandbox/shopify/rest/rest-shop.ts";
import type { SandboxCore, SandboxShop } from "#tests/sandbox/shopify/sandbox-core.ts";
import type { CustomerRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

/** The merchant removes the app: the webhook goes out, the tokens die. `shop/redact` follows 48 hours later at Shopify. */
export function uninstallApp(core: SandboxCore, shop: SandboxShop): void {
  shop.actions.send({ topic: "app/uninstalled", body: restShop(shop.store) });
  shop.store.records.installation.installed = false;
  shop.store.records.apiSubscriptions = [];
  core.tokens.revoke(shop.store.facts.domain);
  core.onChange();
}

/** The merchant grants or takes back scopes; tokens issued from now on carry them, the old ones keep theirs. */
export function changeScopes(core: SandboxCore, shop: SandboxShop, scopes: string[]): void {
  const { installation } = shop.store.records;
  const previous = installation.scopes;
  installation.scopes = scopes;
  for (const grant of core.tokens.grants) if (grant.shop === shop.store.facts.domain) grant.scope = scopes.join(",");
  shop.actions.send({ topic: "app/scopes_update", body: restScopesUpdate(shop.store, previous, scopes) });
}

export type ComplianceKind = "customers/data_request" | "customers/redact" | "shop/redact";

function customerAndOrders(shop: SandboxShop, customerId: string | undefined): [CustomerRecord, OrderRecord[]] {
  const customer = customerId ? shop.store.customer(customerId) : shop.store.records.customers[0];
  if (!customer) throw new Error(`no customer ${customerId ?? ""}`);
  return [customer, shop.store.records.orders.filter((order) => order.customerId === customer.id)];
}

/** One of the three compliance requests; without a customer the first one is taken. */
export function requestCompliance(shop: SandboxShop, kind: ComplianceKind, customerId?: string): void {
  const { store, actions } = shop;
  if (kind === "shop/redact") return actions.send({ topic: kind, body: restShopRedact(store) });
  const [customer, orders] = customerAndOrders(shop, customerId);
  const build = kind === "customers/redact" ? restCustomerRedact : restDataRequest;
  actions.send({ topic: kind, body: build(store, customer, orders) });
}

export function updateShop(shop: SandboxShop): void {
  shop.actions.send({ topic: "shop/update", body: restShop(shop.store) });
}

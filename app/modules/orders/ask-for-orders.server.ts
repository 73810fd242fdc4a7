import type { AdminRequest, AdminResult } from "#app/modules/shops/admin-api.ts";
import { holdsScope } from "#app/modules/shops/holds-scope.ts";
import type { OrdersDeps } from "./orders-deps.ts";

/** Scopes beyond those that orders cannot do without, by the variable that asks for what they open. */
const EXTRAS = { withProducts: "read_products", withLocations: "read_locations" };

export const EXTRA_SCOPES: readonly string[] = Object.values(EXTRAS);

/**
 * Asks for orders with as much as the shop has granted. A shop that installed before a scope was asked for grants it when
 * its merchant opens the app next; until then, and when a grant was taken back unheard, its orders come without.
 */
export async function askForOrders(
  { db, admin }: Pick<OrdersDeps, "db" | "admin">,
  shopId: string,
  request: AdminRequest,
): Promise<AdminResult<unknown>> {
  const shop = await db.forShop(shopId, (tx) =>
    tx.shop.findUnique({ where: { id: shopId }, select: { scopes: true } }),
  );
  const ask = (scopes: readonly string[]) => {
    const variables = { ...request.variables, ...extrasOf(request.document, scopes) };
    return admin.query<unknown>(shopId, { ...request, variables });
  };
  const answer = await ask(shop?.scopes ?? []);
  // Shopify refuses the field, and with it the whole answer is one we do not trust.
  return answer.kind === "refused" && answer.missingScope ? ask([]) : answer;
}

/** Of the variables, those that the document has. */
function extrasOf(document: string, scopes: readonly string[]): Record<string, boolean> {
  const wanted = Object.entries(EXTRAS).filter(([name]) => document.includes(`$${name}:`));
  return Object.fromEntries(wanted.map(([name, scope]) => [name, holdsScope(scopes, scope)]));
}

import { z } from "zod";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { parseScopes } from "./install-shop.server.ts";
import { postalAddress } from "./postal-address.ts";
import { uninstallShop } from "./uninstall-shop.server.ts";

export interface LifecycleWebhook {
  shopId: string;
  /** Parsed body; numbers beyond 2^53 are strings. */
  body: unknown;
  triggeredAt: Date | null;
}

export type LifecycleOutcome = { kind: "applied" } | { kind: "ignored"; reason: string };

interface Deps {
  db: Database;
  clock: Clock;
}

const uninstalledSchema = z.object({ myshopify_domain: z.string().optional() });
const scopesSchema = z.object({ current: z.array(z.string().max(80)).max(200) });
const addressPart = z.string().max(255).nullish();
const shopSchema = z.object({
  myshopify_domain: z.string().optional(),
  name: z.string().max(255).nullish(),
  customer_email: z.string().max(254).nullish(),
  email: z.string().max(254).nullish(),
  currency: z.string().length(3).nullish(),
  iana_timezone: z.string().max(60).nullish(),
  primary_locale: z.string().max(20).nullish(),
  country_code: z.string().max(2).nullish(),
  country_name: addressPart,
  address1: addressPart,
  address2: addressPart,
  city: addressPart,
  province_code: addressPart,
  zip: addressPart,
});

/** `app/uninstalled`. The signature does not cover the header with the shop, so the body must name the same one. */
export async function handleAppUninstalled(deps: Deps, webhook: LifecycleWebhook): Promise<LifecycleOutcome> {
  const { myshopify_domain: domain } = uninstalledSchema.parse(webhook.body);
  if (!(await isSameShop(deps.db, webhook.shopId, domain))) return { kind: "ignored", reason: "other_shop" };
  return uninstallShop(deps, webhook);
}

export interface ScopesDeps extends Deps {
  /** Called in the same transaction with the scopes that are new. */
  onGranted(tx: ShopTx, change: { shopId: string; gained: readonly string[] }): Promise<void>;
}

/** `app/scopes_update`: what we may do changed. */
export async function handleScopesUpdate(deps: ScopesDeps, webhook: LifecycleWebhook): Promise<LifecycleOutcome> {
  const scopes = parseScopes(scopesSchema.parse(webhook.body).current.join(","));
  const { shopId } = webhook;
  return deps.db.forShop(shopId, async (tx) => {
    if (await isOvertaken(tx, "app/scopes_update", webhook)) return { kind: "ignored", reason: "older" };
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
    if (shop.scopes.join(",") === scopes.join(",")) return { kind: "ignored", reason: "unchanged" };
    await tx.shop.update({ where: { id: shopId }, data: { scopes, updatedAt: deps.clock.now() } });
    await recordActivity(tx, deps.clock, shopId, [
      { type: "shop.scopes_changed", actor: "shopify", subject: { type: "shop", id: shopId }, data: { scopes } },
    ]);
    await deps.onGranted(tx, { shopId, gained: scopes.filter((scope) => !shop.scopes.includes(scope)) });
    return { kind: "applied" };
  });
}

/** `shop/update`: name, currency, zone or language changed. What the body leaves out stays as it was. */
export async function handleShopUpdate(deps: Deps, webhook: LifecycleWebhook): Promise<LifecycleOutcome> {
  const body = shopSchema.parse(webhook.body);
  const { shopId } = webhook;
  if (!(await isSameShop(deps.db, shopId, body.myshopify_domain))) return { kind: "ignored", reason: "other_shop" };
  const changes = {
    name: body.name,
    email: body.customer_email ?? body.email,
    currency: body.currency,
    timezone: body.iana_timezone,
    locale: body.primary_locale,
    countryCode: body.country_code,
    postalAddress: postalAddress(body),
  };
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== null && value !== undefined),
  );
  return deps.db.forShop(shopId, async (tx) => {
    if (await isOvertaken(tx, "shop/update", webhook)) return { kind: "ignored", reason: "older" };
    await tx.shop.update({ where: { id: shopId }, data: { ...given, updatedAt: deps.clock.now() } });
    return { kind: "applied" };
  });
}

/** Deliveries come in any order: the inbox knows whether a younger one of the same topic has come before. */
async function isOvertaken(tx: ShopTx, topic: string, { shopId, triggeredAt }: LifecycleWebhook): Promise<boolean> {
  if (!triggeredAt) return false;
  const younger = await tx.inboundDelivery.count({
    where: { shopId, source: "shopify", topic, status: "processed", triggeredAt: { gt: triggeredAt } },
  });
  return younger > 0;
}

/** True when the body names this shop, or none at all. */
export async function isSameShop(db: Database, shopId: string, domain: string | undefined): Promise<boolean> {
  if (domain === undefined) return true;
  const shop = await db.forShop(shopId, (tx) =>
    tx.shop.findUnique({ where: { id: shopId }, select: { domain: true } }),
  );
  return shop?.domain === domain.toLowerCase();
}

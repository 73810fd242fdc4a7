import { NotFoundError } from "#app/lib/errors.ts";
import { findShopId } from "./find-shop.server.ts";
import { type InstallDeps, installShop } from "./install-shop.server.ts";

/** The part of the Shopify library that checks a session token; it throws a Response when there is none, or a wrong one. */
export interface AdminAuthenticator {
  authenticate: {
    admin(
      request: Request,
    ): Promise<{ session: { shop: string; scope?: string | undefined }; sessionToken: { sub: string } }>;
  };
}

/** Who looks at the admin, and at which shop. */
export interface AdminVisit {
  shopId: string;
  /** `northpeak.myshopify.com` */
  domain: string;
  name: string | null;
  /** IANA zone of the shop: what "today" means on its pages. */
  timezone: string;
  locale: string;
  /** The staff user's id at Shopify; stands in the audit trail. */
  actorId: string;
}

/**
 * Checks the session token of a request from the framed admin and says which shop it is for.
 * @throws Response (a bounce for a fresh token, or 401) and NotFoundError for a shop that we do not know.
 */
export async function openAdminVisit(
  { shopify, ...deps }: InstallDeps & { shopify: AdminAuthenticator },
  request: Request,
): Promise<AdminVisit> {
  const { session, sessionToken } = await shopify.authenticate.admin(request);
  const { db } = deps;
  const shopId = await findShopId(db, session.shop);
  if (!shopId) throw new NotFoundError("the shop of a session token is not known");
  const shop = await db.forShop(shopId, (tx) =>
    tx.shop.findUniqueOrThrow({
      where: { id: shopId },
      select: { domain: true, name: true, timezone: true, locale: true, status: true },
    }),
  );
  // The process died between keeping the first token and installing: the token is good, so it is done now.
  if (shop.status === "pending") await installShop(deps, { domain: session.shop, scope: session.scope });
  const { domain, name, locale } = shop;
  return { shopId, domain, name, locale, timezone: readZone(shop.timezone), actorId: sessionToken.sub };
}

/** A zone that this machine does not know would break every date on the page. */
function readZone(name: string | null): string {
  if (!name) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

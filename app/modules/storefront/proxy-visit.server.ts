import type { Database } from "#app/lib/db.server.ts";
import type { ProxyAnswer, ProxyVisit } from "./answer-proxy.server.ts";

/** The part of the Shopify library that checks a proxied request; it throws a Response when the signature is wrong. */
export interface ProxyAuthenticator {
  authenticate: { public: { appProxy(request: Request): Promise<unknown> } };
}

/**
 * Checks that the request came through a storefront and says which. The signature proves origin, not who the visitor
 * is: the signed customer id is the only thing about them that counts.
 * @returns null when the shop is not installed.
 * @throws Response when the signature is missing, wrong or old.
 */
export async function openProxyVisit(
  deps: { shopify: ProxyAuthenticator; db: Database },
  request: Request,
): Promise<ProxyVisit | null> {
  await deps.shopify.authenticate.public.appProxy(request);
  const { searchParams } = new URL(request.url);
  const domain = searchParams.get("shop") ?? "";
  const rows = await deps.db.acrossShops(
    (tx) => tx.$queryRaw<{ id: string | null }[]>`SELECT shop_id_of_domain(${domain}) AS id`,
  );
  const shopId = rows[0]?.id;
  if (!shopId) return null;
  const customer = searchParams.get("logged_in_customer_id");
  return {
    shopId,
    customerId: customer && /^\d{1,25}$/.test(customer) ? `gid://shopify/Customer/${customer}` : null,
    pathPrefix: safePrefix(searchParams.get("path_prefix")),
    languages: [searchParams.get("locale"), request.headers.get("accept-language")],
    address: (request.headers.get("x-forwarded-for") ?? "").split(",")[0]?.trim().slice(0, 64) ?? "",
  };
}

/** Merchants may change the proxy's path; anything that is no plain path falls back to ours. */
function safePrefix(prefix: string | null): string {
  return prefix && /^\/[a-z0-9/_-]{1,60}$/i.test(prefix) ? prefix : "/apps/doorstep";
}

/** Liquid for the theme; never cached between shoppers, never indexed, never told to other sites. */
export function toProxyResponse({ status, liquid }: ProxyAnswer): Response {
  return new Response(liquid, {
    status,
    headers: {
      "Content-Type": "application/liquid; charset=utf-8",
      "Cache-Control": "private, no-store",
      "X-Robots-Tag": "noindex, nofollow",
      "Referrer-Policy": "no-referrer",
    },
  });
}

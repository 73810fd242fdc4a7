import { isbot } from "isbot";
import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { openLinkToken } from "#app/modules/orders/link-token.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { type StorefrontAddress, trackingPageUrl } from "#app/modules/shops/storefront-address.ts";
import { addressKeyOf } from "./address-blocks.server.ts";
import { recordMessageEvents } from "./provider-events/record-message-events.server.ts";
import { hashOfToken } from "./links/make-links.server.ts";
import { isLinkTarget, OPT_OUT } from "./links/link-target.ts";
import { preferencesUrl } from "./unsubscribe/unsubscribe-token.server.ts";

export interface FollowDeps {
  db: Database;
  clock: Clock;
  keys: KeyRing;
  storefrontTemplate: string | undefined;
}

export interface LinkVisit {
  shopId: string;
  token: string;
  /** Whether a person seems to be behind it. */
  counts: boolean;
}

const TOKEN = /^[0-9A-Za-z]{22}$/;

/**
 * Where a link of a message leads: to the address that was stored with it, or to the order's tracking page as it is today.
 * Nothing of the request decides that. @returns null for a link that is unknown, expired, altered or of another shop.
 */
export async function followLink(deps: FollowDeps, visit: LinkVisit): Promise<string | null> {
  const { shopId, token } = visit;
  if (!TOKEN.test(token)) return null;
  const now = deps.clock.now();
  const tokenHash = hashOfToken(token);
  return deps.db.forShop(shopId, async (tx) => {
    const link = await tx.messageLink.findUnique({ where: { shopId_tokenHash: { shopId, tokenHash } } });
    if (!link || link.expiresAt <= now || !isLinkTarget(link.target)) return null;
    const { notificationId } = link;
    // Saying no is no interest in the message.
    if (link.target === OPT_OUT) return optOutUrl(deps, tx, visit, notificationId);
    const url = link.target === "tracking" ? await trackingUrl(deps, tx, visit, notificationId) : link.target;
    if (url && visit.counts) {
      await tx.messageLink.update({
        where: { shopId_tokenHash: { shopId, tokenHash } },
        data: { clicks: { increment: 1 } },
      });
      const event = { id: `link:${tokenHash}`, type: "clicked", at: now, detail: { link: link.label } } as const;
      await recordMessageEvents(tx, { shopId, notificationId, now, events: [event] });
    }
    return url;
  });
}

async function trackingUrl(
  { clock, keys, storefrontTemplate }: FollowDeps,
  tx: ShopTx,
  { shopId }: LinkVisit,
  notificationId: string,
): Promise<string | null> {
  const message = await tx.notification.findUnique({
    where: { shopId_id: { shopId, id: notificationId } },
    select: { orderId: true, shop: { select: { domain: true } } },
  });
  if (!message?.orderId) return null;
  const order = await tx.order.findUnique({ where: { shopId_id: { shopId, id: message.orderId } } });
  if (!order || order.redactedAt || order.linkExpiresAt <= clock.now()) return null;
  const address = await addressOf(tx, { shopId, domain: message.shop.domain, template: storefrontTemplate });
  return trackingPageUrl(address, openLinkToken(keys, order));
}

async function optOutUrl(
  { keys, storefrontTemplate: template }: FollowDeps,
  tx: ShopTx,
  { shopId }: LinkVisit,
  notificationId: string,
): Promise<string> {
  const { domain } = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { domain: true } });
  const key = await addressKeyOf(tx, keys, shopId);
  return preferencesUrl(key, await addressOf(tx, { shopId, domain, template }), notificationId);
}

async function addressOf(
  tx: ShopTx,
  { shopId, ...where }: { shopId: string } & Pick<StorefrontAddress, "domain" | "template">,
): Promise<StorefrontAddress> {
  return { ...where, proxyPath: (await loadSettings(tx, shopId)).storefront.proxyPath };
}

/** Mail scanners, previews and prefetching browsers open links that nobody has clicked. */
export function looksLikeAPerson(request: { method: string; headers: Headers }): boolean {
  const { method, headers } = request;
  const purpose = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""} ${headers.get("x-moz") ?? ""}`;
  const agent = headers.get("user-agent") ?? "";
  return method === "GET" && !/prefetch|prerender|preview/i.test(purpose) && agent !== "" && !isbot(agent);
}

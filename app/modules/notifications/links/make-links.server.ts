import type { Clock } from "#app/lib/clock.ts";
import { sha256, shortToken } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { proxyUrl } from "#app/modules/shops/storefront-address.ts";
import type { LinkMaker } from "./link-maker.ts";
import { isLinkTarget, OPT_OUT } from "./link-target.ts";

export interface LinkDeps {
  clock: Clock;
  /** Replaces the shop's storefront address in the sandbox. */
  storefrontTemplate: string | undefined;
}

/** A message points at something no shopper may be sent to. */
export class LinkTargetError extends AppError {
  readonly code = "link_target";
  readonly retryable = false;
}

const DAY_MS = 86_400_000;
const LINK_MS = 90 * DAY_MS;
/** Only the first text says how to stop: its link must work for as long as others may follow it. */
const OPT_OUT_MS = 5 * 365 * DAY_MS;
/** A mail with more links than this has lost its way. */
const MAX_LINKS = 60;

/**
 * Makes first-party links: each is `…/go/` and a random token on the shop's own storefront, of which only the hash is
 * kept, beside the one address it leads to.
 * @throws LinkTargetError when a target is no https address: it is refused when it is written down, not when it is clicked.
 */
export function createLinkMaker({ clock, storefrontTemplate }: LinkDeps): LinkMaker {
  return {
    async of(tx: ShopTx, { shopId, notificationId }, targets) {
      if (targets.length > MAX_LINKS || !targets.every(({ target }) => isLinkTarget(target))) {
        throw new LinkTargetError(`message ${notificationId} has a link that leads nowhere a shopper may go`);
      }
      const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { domain: true } });
      const { proxyPath } = (await loadSettings(tx, shopId)).storefront;
      const now = clock.now().getTime();
      const made = targets.map(({ label, target }) => ({ token: shortToken(), label: label.slice(0, 60), target }));
      await tx.messageLink.createMany({
        data: made.map(({ token, ...link }) => ({
          ...link,
          ...{ shopId, tokenHash: hashOfToken(token), notificationId },
          expiresAt: new Date(now + (link.target === OPT_OUT ? OPT_OUT_MS : LINK_MS)),
        })),
      });
      const address = { domain: shop.domain, proxyPath, template: storefrontTemplate };
      return made.map(({ token }) => proxyUrl(address, `/go/${token}`));
    },
  };
}

/** What a token from an address is looked up by. */
export function hashOfToken(token: string): string {
  return sha256(`link ${token}`);
}

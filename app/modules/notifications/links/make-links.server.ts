import type { Clock } from "#app/lib/clock.ts";
import { sha256, shortToken } from "#app/lib/crypto.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { proxyUrl } from "#app/modules/shops/storefront-address.ts";
import type { LinkMaker, LinkRow } from "./link-maker.ts";
import { isLinkTarget, OPT_OUT } from "./link-target.ts";

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
 * kept, beside the one address it leads to. A target that is no https address is refused when it is written down, not
 * when it is clicked.
 */
export function createLinkMaker({ clock }: { clock: Clock }): LinkMaker {
  return {
    make({ address, shopId, notificationId }, targets) {
      if (targets.length > MAX_LINKS || !targets.every(({ target }) => isLinkTarget(target))) {
        throw new LinkTargetError(`message ${notificationId} has a link that leads nowhere a shopper may go`);
      }
      const now = clock.now().getTime();
      return targets.map(({ label, target }) => {
        const token = shortToken();
        const expiresAt = new Date(now + (target === OPT_OUT ? OPT_OUT_MS : LINK_MS));
        const link = { label: label.slice(0, 60), target, tokenHash: hashOfToken(token), expiresAt };
        return { url: proxyUrl(address, `/go/${token}`), row: { shopId, notificationId, ...link } };
      });
    },
    async keep(tx, rows) {
      if (rows.length === 0) return;
      const column = <Value>(read: (row: LinkRow) => Value) => rows.map(read);
      await tx.$executeRaw`
        INSERT INTO message_link (shop_id, token_hash, notification_id, label, target, expires_at)
        SELECT * FROM unnest(${column((row) => row.shopId)}::text[], ${column((row) => row.tokenHash)}::text[],
          ${column((row) => row.notificationId)}::text[], ${column((row) => row.label)}::text[],
          ${column((row) => row.target)}::text[], ${column((row) => row.expiresAt.toISOString())}::timestamptz[])`;
    },
  };
}

/** What a token from an address is looked up by. */
export function hashOfToken(token: string): string {
  return sha256(`link ${token}`);
}

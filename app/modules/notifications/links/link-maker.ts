import type { ShopTx } from "#app/lib/db.server.ts";
import type { StorefrontAddress } from "#app/modules/shops/storefront-address.ts";

export interface LinkTarget {
  /** What is behind it, for the figures: track, support, promo, product … */
  label: string;
  /** `tracking` = the order's tracking page, looked up at the click; `opt_out` = the reader's choices; else an https address. */
  target: string;
}

/** A message, and the storefront on which its links begin. */
export interface LinkedMessage {
  shopId: string;
  notificationId: string;
  address: StorefrontAddress;
}

/** A link as it lies in the database: without what it is found by. */
export interface LinkRow extends LinkTarget {
  shopId: string;
  notificationId: string;
  tokenHash: string;
  expiresAt: Date;
}

/** Turns what messages point at into first-party links that count clicks. */
export interface LinkMaker {
  /** One link for each target, in order; they lead nowhere until their rows are kept. @throws LinkTargetError */
  make(message: LinkedMessage, targets: readonly LinkTarget[]): { url: string; row: LinkRow }[];
  /** Keeps the links of any number of messages of one shop, in one statement. */
  keep(tx: ShopTx, rows: readonly LinkRow[]): Promise<void>;
}

import type { ShopTx } from "#app/lib/db.server.ts";

export interface LinkTarget {
  /** What is behind it, for the figures: track, support, promo, product … */
  label: string;
  /** `tracking` = the order's tracking page, looked up at the click; `opt_out` = the reader's choices; else an https address. */
  target: string;
}

/** Turns what a message points at into first-party links that count clicks; one URL for each target, in order. */
export interface LinkMaker {
  of(
    tx: ShopTx,
    message: { shopId: string; notificationId: string },
    targets: readonly LinkTarget[],
  ): Promise<readonly string[]>;
}

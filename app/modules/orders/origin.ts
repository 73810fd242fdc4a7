import type { Origin } from "./snapshot.ts";

/** Older than this is history, however it comes to us. */
const LIVE_FOR_MS = 7 * 86_400_000;

/** Since when what happens in the shop is ours to tell: the install, or the start of the import. Null: nothing is. */
export interface OriginRule {
  now: Date;
  liveSince: Date | null;
}

/**
 * Whether something made at this moment in Shopify is news or history. It depends on when it was made and not on which
 * webhook, import or reconciliation told us first, so that every order of arrival gives the same row.
 */
export function originOf(madeAt: Date, rule: OriginRule): Origin {
  if (rule.liveSince === null || madeAt < rule.liveSince) return "import";
  return rule.now.getTime() - madeAt.getTime() > LIVE_FOR_MS ? "import" : "live";
}

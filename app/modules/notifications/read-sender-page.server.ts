import type { ShopTx } from "#app/lib/db.server.ts";
import { senderReady, type TrialSender } from "./domains/sender-ready.server.ts";
import { type ListedDomain, listSenderDomains } from "./list-sender-domains.server.ts";

export interface SenderPage {
  domains: ListedDomain[];
  /** Why no mail can go out; a translation key under `sender_reason.`, null when they can. */
  problem: string | null;
  trial: TrialSender;
}

/** What the page of the sender shows. `today` is a civil date (UTC). */
export async function readSenderPage(
  tx: ShopTx,
  { shopId, trial, today }: { shopId: string; trial: TrialSender; today: string },
): Promise<SenderPage> {
  const ready = await senderReady(tx, shopId, trial);
  const domains = await listSenderDomains(tx, shopId, today);
  return { domains, problem: ready.ready ? null : ready.reason, trial };
}

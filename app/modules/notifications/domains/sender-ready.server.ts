import type { ShopTx } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import type { TrialSender } from "../trial-sender.ts";
import { domainOf } from "./sender-domain.ts";

/** What the shop's mails go out from, or why none can. Each reason is a translation key under `sender_reason.`. */
export type SenderReady =
  | { ready: true; via: "domain"; address: string; domainId: string; warmFrom: string | null }
  /** The product's own sender, for so many mails of the shop a day. */
  | { ready: true; via: "trial"; address: string; mailsPerDay: number }
  | { ready: false; reason: "no_domain" | "no_address" | "not_verified" | "lost" | "gone" };

export type { TrialSender };

/**
 * Can the shop's mails go out? A chosen address stands on a verified domain of the shop, or its mails wait: they never
 * change to another sender by themselves. Without a chosen address the trial sender does, where the operator allows it.
 */
export async function senderReady(tx: ShopTx, shopId: string, trial: TrialSender): Promise<SenderReady> {
  const { sender } = await loadSettings(tx, shopId);
  const address = sender.fromAddress;
  if (!address) {
    if (trial.mailsPerDay > 0) return { ready: true, via: "trial", ...trial };
    const verified = await tx.senderDomain.count({ where: { shopId, status: "verified" } });
    return { ready: false, reason: verified > 0 ? "no_address" : "no_domain" };
  }
  const domain = await tx.senderDomain.findUnique({ where: { shopId_name: { shopId, name: domainOf(address) } } });
  if (!domain) return { ready: false, reason: "no_domain" };
  if (domain.status === "verified") {
    return { ready: true, via: "domain", address, domainId: domain.id, warmFrom: domain.warmFrom };
  }
  return {
    ready: false,
    reason: domain.problem === "lost" || domain.problem === "gone" ? domain.problem : "not_verified",
  };
}

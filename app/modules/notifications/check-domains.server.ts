import type { Logger } from "#app/lib/logger.server.ts";
import { type DomainDeps, recheckSenderDomain } from "./domains/manage-sender-domains.server.ts";

/** A merchant who has just set DNS records waits for this one. */
const PENDING_EVERY_MS = 2 * 60_000;
/** A verified domain can be lost; a webhook says so, this is for when it did not come. */
const VERIFIED_EVERY_MS = 6 * 3_600_000;
/** Every look costs two requests of an account that is there to send mails. */
const AT_A_TIME = 10;

/** Looks at domains whose turn has come. @returns how many were looked at. */
export async function checkSenderDomains(deps: DomainDeps & { log: Logger }): Promise<number> {
  if (!deps.domains) return 0;
  const now = deps.clock.now().getTime();
  const due = await deps.db.acrossShops(
    (tx) => tx.$queryRaw<{ shop_id: string; id: string }[]>`
      SELECT * FROM due_sender_domains(${new Date(now - PENDING_EVERY_MS)}, ${new Date(now - VERIFIED_EVERY_MS)},
        ${AT_A_TIME})`,
  );
  for (const { shop_id: shopId, id: domainId } of due) {
    const answer = await recheckSenderDomain(deps, { shopId, domainId });
    if (answer.kind === "no_answer") deps.log.warn({ shopId, domainId }, "a sender domain could not be checked");
  }
  return due.length;
}

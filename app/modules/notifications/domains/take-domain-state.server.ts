import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { endHold } from "../dispatch/shop-turn.server.ts";
import type { DnsRecord, DomainState } from "./sender-domain.ts";

export interface DomainNews {
  shopId: string;
  domainId: string;
  state: DomainState;
  /** Missing where the provider told the state alone. */
  records?: readonly DnsRecord[];
  providerId?: string;
  /** When it was so: older news than what is known changes nothing. */
  at: Date;
}

/** Why a domain that could be sent from cannot any longer. Each is a translation key under `domain_problem.`. */
export type DomainProblem = "lost" | "gone";

/**
 * Writes down how a domain stands. One that was verified and is not any more (its records were removed, or another
 * account has claimed it) is marked as lost: its mails wait until it is verified again, and the reason is shown.
 * @returns false when the news is older than what is known, or the domain is gone.
 */
export async function takeDomainState(
  tx: ShopTx,
  clock: Clock,
  { shopId, domainId, state, records, providerId, at }: DomainNews,
): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM sender_domain WHERE shop_id = ${shopId} AND id = ${domainId} FOR UPDATE`;
  const before = await tx.senderDomain.findUnique({ where: { shopId_id: { shopId, id: domainId } } });
  if (!before || (before.checkedAt !== null && before.checkedAt > at)) return false;
  const lost = state !== "verified" && (before.status === "verified" || before.problem === "lost");
  await tx.senderDomain.update({
    where: { shopId_id: { shopId, id: domainId } },
    data: {
      ...{ status: state, problem: lost ? ("lost" satisfies DomainProblem) : null, checkedAt: at },
      ...(records ? { records: records.map((record) => ({ ...record })) } : {}),
      ...(providerId ? { providerId } : {}),
      updatedAt: clock.now(),
    },
  });
  if (state === "verified") await endHold(tx, shopId, ["email"]);
  if (before.status !== state) {
    await recordActivity(tx, clock, shopId, [
      {
        ...{ type: "sender_domain.changed", actor: "system", subject: { type: "sender_domain", id: domainId } },
        data: { name: before.name, from: before.status, to: state },
      },
    ]);
  }
  return true;
}

/** The provider does not know the domain any more: it was taken away there. */
export async function markDomainGone(
  tx: ShopTx,
  clock: Clock,
  { shopId, domainId }: { shopId: string; domainId: string },
): Promise<void> {
  const now = clock.now();
  await tx.senderDomain.updateMany({
    where: { shopId, id: domainId },
    data: { status: "failed", problem: "gone" satisfies DomainProblem, checkedAt: now, updatedAt: now },
  });
}

import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ResendEvent } from "../provider-events/resend-event.ts";
import { readRecords, readState } from "./sender-domain.ts";
import { markDomainGone, takeDomainState } from "./take-domain-state.server.ts";

/** A webhook about a domain of the shop. Events come in any order: what is older than the last look changes nothing. */
export async function takeDomainEvent(
  tx: ShopTx,
  clock: Clock,
  { shopId, event }: { shopId: string; event: ResendEvent },
): Promise<{ kind: "applied" } | { kind: "ignored"; reason: string }> {
  const { data, type } = event;
  const domain = await tx.senderDomain.findFirst({ where: { shopId, providerId: data.id ?? "" } });
  if (!domain) return { kind: "ignored", reason: "unknown_domain" };
  const key = { shopId, domainId: domain.id };
  if (type === "domain.deleted") {
    await markDomainGone(tx, clock, key);
    return { kind: "applied" };
  }
  const at = new Date(event.created_at);
  if (Number.isNaN(at.getTime()) || !data.status) return { kind: "ignored", reason: "incomplete" };
  const taken = await takeDomainState(tx, clock, {
    ...{ ...key, at, state: readState(data.status) },
    ...(data.records ? { records: readRecords(data.records) } : {}),
  });
  return taken ? { kind: "applied" } : { kind: "ignored", reason: "older_than_known" };
}

import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { loadSettings, saveSettings } from "#app/modules/shops/settings.server.ts";
import type { DomainOutcome, DomainProvider } from "../domain-provider.ts";
import { domainOf, readDomainName, type Region } from "./sender-domain.ts";
import { markDomainGone, takeDomainState } from "./take-domain-state.server.ts";

export interface DomainDeps {
  db: Database;
  clock: Clock;
  /** Null while the operator has given no key for it. */
  domains: DomainProvider | null;
}

/** What became of a merchant's wish; each is a translation key under `domain_answer.`. */
export type DomainAnswer =
  | { kind: "added" | "checked" | "removed" }
  | { kind: "no_key" | "invalid_name" | "taken" | "too_many" | "not_found" }
  | { kind: "refused" | "no_answer"; message: string };

/** Domains of one shop at most: they are the operator's at the provider. */
const MAX_DOMAINS = 5;

/**
 * Adds a domain to send from. The row is written first, so that a domain that the provider took while our process died
 * is found again; a name that another shop has is refused, whoever set its DNS.
 */
export async function addSenderDomain(
  deps: DomainDeps,
  wish: { shopId: string; actorId: string; typed: string; region: Region },
): Promise<DomainAnswer> {
  const { domains, db } = deps;
  if (!domains) return { kind: "no_key" };
  const name = readDomainName(wish.typed);
  if (!name) return { kind: "invalid_name" };
  const reserved = await db.forShop(wish.shopId, (tx) => reserve(tx, deps.clock, { ...wish, name }));
  if (typeof reserved !== "object") return { kind: reserved };
  const key = { shopId: wish.shopId, domainId: reserved.id };
  if (reserved.known) return recheckSenderDomain(deps, key);
  const made = await domains.create(name, wish.region);
  // Ours from an attempt whose answer was lost: nobody else has the name, or it would not have been reserved.
  const outcome = made.kind === "exists" ? await domains.find(name) : made;
  const answer = await takeOutcome(deps, key, outcome);
  if (answer.kind !== "checked") {
    if (answer.kind !== "no_answer")
      await db.forShop(wish.shopId, (tx) =>
        tx.senderDomain.deleteMany({ where: { shopId: wish.shopId, id: reserved.id } }),
      );
    return answer.kind === "not_found" ? { kind: "taken" } : answer;
  }
  return { kind: "added" };
}

/** Asks the provider how a domain stands, and to look at its DNS again while it is not verified. */
export async function recheckSenderDomain(
  deps: DomainDeps,
  key: { shopId: string; domainId: string },
): Promise<DomainAnswer> {
  const { domains, db } = deps;
  if (!domains) return { kind: "no_key" };
  const row = await db.forShop(key.shopId, (tx) =>
    tx.senderDomain.findUnique({ where: { shopId_id: { shopId: key.shopId, id: key.domainId } } }),
  );
  if (!row) return { kind: "not_found" };
  if (!row.providerId) return takeOutcome(deps, key, await domains.find(row.name));
  if (row.status !== "verified") {
    const asked = await domains.verify(row.providerId);
    if (asked.kind === "no_answer") return asked;
  }
  return takeOutcome(deps, key, await domains.read(row.providerId));
}

/** Takes a domain away, here and at the provider. Its address is no longer sent from. */
export async function removeSenderDomain(
  deps: DomainDeps,
  { shopId, actorId, domainId }: { shopId: string; actorId: string; domainId: string },
): Promise<DomainAnswer> {
  const { domains, db, clock } = deps;
  if (!domains) return { kind: "no_key" };
  const where = { shopId_id: { shopId, id: domainId } };
  const row = await db.forShop(shopId, (tx) => tx.senderDomain.findUnique({ where }));
  if (!row) return { kind: "not_found" };
  const gone = row.providerId ? await domains.remove(row.providerId) : ({ kind: "ok" } as const);
  if (gone.kind === "refused" || gone.kind === "no_answer") return gone;
  await db.forShop(shopId, async (tx) => {
    await tx.senderDomain.delete({ where });
    const { sender } = await loadSettings(tx, shopId);
    if (domainOf(sender.fromAddress) === row.name) {
      await saveSettings(tx, { clock }, { shopId, actorId, changes: { sender: { ...sender, fromAddress: "" } } });
    }
    const subject = { type: "sender_domain", id: domainId } as const;
    await recordActivity(tx, clock, shopId, [
      { type: "sender_domain.removed", actor: "staff", actorId, subject, data: { name: row.name } },
    ]);
  });
  return { kind: "removed" };
}

interface Wish {
  shopId: string;
  actorId: string;
  name: string;
  region: Region;
}

async function reserve(
  tx: ShopTx,
  clock: Clock,
  { shopId, actorId, name, region }: Wish,
): Promise<{ id: string; known: boolean } | "taken" | "too_many"> {
  // One name at a time, over all shops: two that want the same one at once follow each other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sender-domain ${name}`}, 0))`;
  const owners = await tx.$queryRaw<{ shop_id: string; id: string }[]>`SELECT * FROM owners_of_domain_name(${name})`;
  if (owners.some((owner) => owner.shop_id !== shopId)) return "taken";
  const own = await tx.senderDomain.findUnique({ where: { shopId_name: { shopId, name } } });
  if (own) return { id: own.id, known: own.providerId !== null };
  if ((await tx.senderDomain.count({ where: { shopId } })) >= MAX_DOMAINS) return "too_many";
  const id = newId("dom", clock);
  const now = clock.now();
  await tx.senderDomain.create({
    data: { shopId, id, name, region, status: "not_started", createdAt: now, updatedAt: now },
  });
  const subject = { type: "sender_domain", id } as const;
  await recordActivity(tx, clock, shopId, [
    { type: "sender_domain.added", actor: "staff", actorId, subject, data: { name, region } },
  ]);
  return { id, known: false };
}

/** Writes the provider's answer down. */
async function takeOutcome(
  { db, clock }: DomainDeps,
  key: { shopId: string; domainId: string },
  outcome: DomainOutcome,
): Promise<DomainAnswer> {
  switch (outcome.kind) {
    case "ok": {
      const { state, records, providerId } = outcome.domain;
      const at = clock.now();
      await db.forShop(key.shopId, (tx) => takeDomainState(tx, clock, { ...key, state, records, providerId, at }));
      return { kind: "checked" };
    }
    case "not_found":
      await db.forShop(key.shopId, (tx) => markDomainGone(tx, clock, key));
      return { kind: "not_found" };
    case "exists":
      return { kind: "taken" };
    case "refused":
    case "no_answer":
      return outcome;
  }
}

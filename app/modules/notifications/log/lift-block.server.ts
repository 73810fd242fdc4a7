import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { blocksOf } from "../address-blocks.server.ts";
import type { ReleaseOutcome, SuppressionList } from "../suppression-list.ts";
import { setPersonBlocked } from "./block-person.server.ts";

export interface LiftDeps {
  db: Database;
  clock: Clock;
  /** Null without a key that may change the provider's list. */
  suppressions: SuppressionList | null;
}

/**
 * `still_listed`: we write to the address again, but the mail provider keeps it on a list that we may not change.
 * `list_silent`: the provider does not answer now; nothing was changed.
 */
export type LiftOutcome = { kind: "unblocked" | "still_listed" | "list_silent" | "no_recipient" | "not_found" };

/**
 * Lets the person behind a message be written to again: takes the address off the provider's list, without which every
 * mail would be refused, and then off ours. The provider is asked first, so that what fails can be tried again from where
 * it stands; asking twice does no harm.
 */
export async function liftBlock(
  { db, clock, suppressions }: LiftDeps,
  asked: { shopId: string; actorId: string; id: string },
): Promise<LiftOutcome> {
  const { shopId, id } = asked;
  const row = await db.forShop(shopId, async (tx) => {
    const found = await tx.notification.findUnique({
      where: { shopId_id: { shopId, id } },
      select: { channel: true, recipient: true, personKey: true },
    });
    return found && { ...found, blocks: await blocksOf(tx, shopId, { emailHash: found.personKey }) };
  });
  if (!row) return { kind: "not_found" };
  const onList: ReleaseOutcome =
    row.channel === "email" && row.blocks.email.all !== null
      ? await release(suppressions, row.recipient)
      : "not_listed";
  if (onList === "no_answer") return { kind: "list_silent" };
  const lifted = await db.forShop(shopId, (tx) => setPersonBlocked(tx, clock, asked, false));
  if (!lifted) return { kind: "no_recipient" };
  return { kind: onList === "refused" ? "still_listed" : "unblocked" };
}

const release = async (suppressions: SuppressionList | null, address: string | null): Promise<ReleaseOutcome> =>
  suppressions && address ? suppressions.release(address) : "refused";

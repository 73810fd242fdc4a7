import { enqueue } from "#app/jobs/define-job.ts";
import type { Prisma } from "#app/generated/prisma/client.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { AccountKey } from "./carrier-secrets.ts";

interface SwitchDeps {
  db: Database;
  clock: Clock;
  queue: Queue;
}

type SwitchKey = AccountKey & { actorId: string };
type SwitchOutcome = { kind: "switched" } | { kind: "unchanged" };

/**
 * Switches an account off, or on again. Off, it keeps its credentials and is asked nothing, and what the carrier pushes is
 * still taken. On, the parcels that rested for want of it are due. Switched twice the same way, nothing happens.
 */
export function switchCarrierAccount(
  deps: SwitchDeps,
  { on, ...key }: SwitchKey & { on: boolean },
): Promise<SwitchOutcome> {
  return turn(deps, key, on ? { status: "disabled" } : { status: { in: ["active", "auth_failed"] } }, on);
}

/**
 * The carrier takes the stored credentials after all: it was put right there, not here. The account is asked again, unless
 * other credentials are stored by now.
 */
export function reviveCarrierAccount(
  deps: SwitchDeps,
  { credentialsSealed, ...key }: SwitchKey & { credentialsSealed: string },
): Promise<SwitchOutcome> {
  return turn(deps, key, { status: "auth_failed", credentialsSealed }, true);
}

async function turn(
  { db, clock, queue }: SwitchDeps,
  { shopId, accountId, actorId }: SwitchKey,
  where: Prisma.CarrierAccountWhereInput,
  on: boolean,
): Promise<SwitchOutcome> {
  return db.forShop(shopId, async (tx) => {
    const [account] = await tx.carrierAccount.updateManyAndReturn({
      where: { shopId, id: accountId, ...where },
      data: { status: on ? "active" : "disabled", statusReason: null, updatedAt: clock.now() },
      select: { carrier: true },
    });
    if (!account) return { kind: "unchanged" };
    const subject = { type: "carrier_account", id: accountId } as const;
    const type = on ? ("carrier_account.enabled" as const) : ("carrier_account.disabled" as const);
    await recordActivity(tx, clock, shopId, [
      { type, actor: "staff", actorId, subject, data: { carrier: account.carrier } },
    ]);
    if (on) await enqueue({ queue, tx }, "shipments.resume-watch", { shopId });
    return { kind: "switched" };
  });
}

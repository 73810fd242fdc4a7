import { enqueue } from "#app/jobs/define-job.ts";
import { randomToken, sha256 } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { Carrier, CarrierError, Credentials } from "#app/modules/carriers/carrier.ts";
import { type CarrierAccessDeps, carrierSession } from "./carrier-access.server.ts";
import { priorityForNew } from "./account-order.server.ts";
import { type FieldProblem, readCredentials, sealSecret } from "./carrier-secrets.ts";
import { MAX_LABEL } from "./rename-carrier-account.server.ts";
import { MomentaryTokenCache } from "./carrier-token-cache.server.ts";

/** The parts of a carrier that connecting an account needs. */
export type ConnectableCarrier = Pick<Carrier, "id" | "credentialFields" | "testConnection">;

export interface ConnectDeps extends CarrierAccessDeps {
  queue: Queue;
}

export interface ConnectInput {
  shopId: string;
  carrier: ConnectableCarrier;
  /** The merchant's own name for the account. */
  label: string;
  /** As typed. */
  credentials: Readonly<Record<string, string>>;
  actorId: string;
  /** Ids of those that are no carriers but services for many: a carrier's own account is asked before them. */
  aggregators?: readonly string[];
}

export type ConnectOutcome =
  | { kind: "connected"; accountId: string }
  | { kind: "invalid"; problems: Record<string, FieldProblem> }
  /** The carrier does not take the credentials, and says why. Nothing was saved. */
  | { kind: "refused"; error: CarrierError }
  | { kind: "not_found" };

/**
 * Tries the credentials with one cheap call and saves them sealed. A carrier that is merely unreachable does not keep a
 * merchant from saving.
 */
export async function connectCarrierAccount(deps: ConnectDeps, input: ConnectInput): Promise<ConnectOutcome> {
  const read = readCredentials(input.carrier.credentialFields, input.credentials);
  if ("problems" in read) return { kind: "invalid", problems: read.problems };
  const error = await tryCredentials(deps, input.carrier, read.credentials);
  if (error && !error.retryable) return { kind: "refused", error };
  const accountId = newId("acc", deps.clock);
  await deps.db.forShop(input.shopId, async (tx) => {
    await createAccount(tx, deps, { ...input, accountId, accepted: read.credentials });
    await recordConnected(tx, deps, input, accountId);
  });
  return { kind: "connected", accountId };
}

/** New credentials for an account; its webhook address and secrets stay, and it is asked again at once. */
export async function replaceCarrierCredentials(
  deps: ConnectDeps,
  input: ConnectInput & { accountId: string },
): Promise<ConnectOutcome> {
  const read = readCredentials(input.carrier.credentialFields, input.credentials);
  if ("problems" in read) return { kind: "invalid", problems: read.problems };
  const error = await tryCredentials(deps, input.carrier, read.credentials);
  if (error && !error.retryable) return { kind: "refused", error };
  const { shopId, accountId } = input;
  return deps.db.forShop(shopId, async (tx) => {
    const changed = await tx.carrierAccount.updateMany({
      where: { shopId, id: accountId, carrier: input.carrier.id },
      data: {
        label: input.label.trim().slice(0, MAX_LABEL),
        credentialsSealed: sealSecret(deps.keys, input, "credentials", JSON.stringify(read.credentials)),
        statusReason: null,
        tokenSealed: null,
        tokenExpiresAt: null,
        updatedAt: deps.clock.now(),
      },
    });
    // What the merchant has switched off stays off.
    await tx.carrierAccount.updateMany({
      where: { shopId, id: accountId, status: "auth_failed" },
      data: { status: "active" },
    });
    if (changed.count === 0) return { kind: "not_found" };
    await recordConnected(tx, deps, input, accountId);
    return { kind: "connected", accountId };
  });
}

/** @returns null when the carrier takes them. */
export async function tryCredentials(
  deps: Pick<CarrierAccessDeps, "env" | "http">,
  carrier: ConnectableCarrier,
  credentials: Credentials,
): Promise<CarrierError | null> {
  const tokens = new MomentaryTokenCache();
  try {
    return await carrier.testConnection(carrierSession(deps, { carrier: carrier.id, credentials, tokens }));
  } catch {
    // Network faults throw; what the carrier says does not.
    return { kind: "server", retryable: true, message: "The carrier did not answer." };
  }
}

interface NewAccount extends ConnectInput {
  accountId: string;
  accepted: Credentials;
}

async function createAccount(tx: ShopTx, { keys, clock }: CarrierAccessDeps, account: NewAccount): Promise<void> {
  const hookToken = randomToken();
  const now = clock.now();
  await tx.carrierAccount.create({
    data: {
      shopId: account.shopId,
      id: account.accountId,
      carrier: account.carrier.id,
      label: account.label.trim().slice(0, MAX_LABEL),
      credentialsSealed: sealSecret(keys, account, "credentials", JSON.stringify(account.accepted)),
      hookTokenHash: sha256(hookToken),
      hookTokenSealed: sealSecret(keys, account, "hook_token", hookToken),
      hookSecretsSealed: sealSecret(keys, account, "hook_secrets", JSON.stringify([randomToken()])),
      priority: await priorityForNew(tx, account),
      createdAt: now,
      updatedAt: now,
    },
  });
}

/** The audit trail, and a job that wakes the parcels which rested for want of this account: with the account or not at all. */
async function recordConnected(
  tx: ShopTx,
  { clock, queue }: ConnectDeps,
  input: ConnectInput,
  accountId: string,
): Promise<void> {
  const { shopId, actorId, carrier } = input;
  const subject = { type: "carrier_account", id: accountId } as const;
  await recordActivity(tx, clock, shopId, [
    { type: "carrier_account.connected", actor: "staff", actorId, subject, data: { carrier: carrier.id } },
  ]);
  await enqueue({ queue, tx }, "shipments.resume-watch", { shopId });
}

import type { Clock } from "#app/lib/clock.ts";
import { type KeyRing, randomToken, sha256, UnsealError } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { CarrierError, Credentials } from "#app/modules/carriers/carrier.ts";
import type { CarrierAccessDeps } from "./carrier-access.server.ts";
import { type AccountKey, openCredentials, openHookSecrets, openSecret, sealSecret } from "./carrier-secrets.ts";
import { type ConnectableCarrier, type ConnectDeps, tryCredentials } from "./connect-carrier-account.server.ts";
import { reviveCarrierAccount } from "./switch-carrier-account.server.ts";

export interface CarrierAccountView {
  id: string;
  carrier: string;
  label: string;
  status: string;
  statusReason: string | null;
  priority: number;
  lastAnswerAt: Date | null;
  lastFaultAt: Date | null;
  /** "unreachable" | "server" | "rate_limited"; still the case while it is newer than the last answer. */
  lastFault: string | null;
  createdAt: Date;
}

/** Where a carrier sends its pushes for an account, and the secret it signs them with. */
export interface CarrierHook {
  url: string;
  secret: string;
}

/** A carrier account found by the token in its webhook address. */
export interface HookedAccount extends AccountKey {
  carrier: string;
  secrets: string[];
  /** For carriers that sign with what the merchant has typed in; empty when it cannot be read. */
  credentials: Credentials;
}

const KEPT_SECRETS = 2;

/** The accounts of a shop for the settings page: never a secret. */
export function listCarrierAccounts(tx: ShopTx, shopId: string): Promise<CarrierAccountView[]> {
  return tx.carrierAccount.findMany({
    where: { shopId },
    orderBy: [{ priority: "asc" }, { id: "asc" }],
    take: 200,
    select: {
      ...{ id: true, carrier: true, label: true, status: true, statusReason: true, priority: true, createdAt: true },
      ...{ lastAnswerAt: true, lastFaultAt: true, lastFault: true },
    },
  });
}

/** Forgets an account with everything secret about it; its webhook address is dead at once. */
export async function removeCarrierAccount(
  { db, clock }: { db: Database; clock: Clock },
  { shopId, accountId, actorId }: AccountKey & { actorId: string },
): Promise<{ kind: "removed" } | { kind: "not_found" }> {
  return db.forShop(shopId, async (tx) => {
    const account = await tx.carrierAccount.findUnique({ where: { shopId_id: { shopId, id: accountId } } });
    if (!account) return { kind: "not_found" };
    await tx.carrierAccount.delete({ where: { shopId_id: { shopId, id: accountId } } });
    await recordActivity(tx, clock, shopId, [
      {
        type: "carrier_account.removed",
        actor: "staff",
        actorId,
        subject: { type: "carrier_account", id: accountId },
        data: { carrier: account.carrier },
      },
    ]);
    return { kind: "removed" };
  });
}

/** Tries the stored credentials again. An account that was refused and is not any more is asked again from now on. */
export async function testCarrierAccount(
  deps: ConnectDeps,
  { shopId, accountId, actorId, carrier }: AccountKey & { actorId: string; carrier: ConnectableCarrier },
): Promise<{ kind: "works" } | { kind: "refused"; error: CarrierError } | { kind: "not_found" }> {
  const account = await deps.db.forShop(shopId, (tx) =>
    tx.carrierAccount.findUnique({ where: { shopId_id: { shopId, id: accountId } } }),
  );
  if (account?.carrier !== carrier.id) return { kind: "not_found" };
  const credentials = readStored(deps.keys, { shopId, accountId }, account.credentialsSealed);
  const error = credentials ? await tryCredentials(deps, carrier, credentials) : UNREADABLE;
  if (error) return { kind: "refused", error };
  const { credentialsSealed } = account;
  await reviveCarrierAccount(deps, { shopId, accountId, actorId, credentialsSealed });
  return { kind: "works" };
}

const UNREADABLE: CarrierError = {
  ...{ kind: "auth", retryable: false },
  message: "The stored credentials can no longer be read. Please enter them again.",
};

/** @returns null when the key they were sealed with is gone. */
function readStored(keys: KeyRing, key: AccountKey, sealed: string): Credentials | null {
  try {
    return openCredentials(keys, key, sealed);
  } catch (error) {
    if (error instanceof UnsealError) return null;
    throw error;
  }
}

/** Address and newest secret of an account's webhook, for the merchant to enter at the carrier. */
export async function readCarrierHook(
  deps: Pick<CarrierAccessDeps, "keys"> & { env: { SHOPIFY_APP_URL: string } },
  tx: ShopTx,
  key: AccountKey,
): Promise<CarrierHook | null> {
  const account = await tx.carrierAccount.findUnique({
    where: { shopId_id: { shopId: key.shopId, id: key.accountId } },
  });
  if (!account) return null;
  const token = openSecret(deps.keys, key, "hook_token", account.hookTokenSealed);
  const [secret = ""] = openHookSecrets(deps.keys, key, account.hookSecretsSealed);
  return { url: `${deps.env.SHOPIFY_APP_URL}/webhooks/carriers/${account.carrier}/${token}`, secret };
}

/** A new signing secret; the one before stays valid until the next rotation. */
export async function rotateCarrierHookSecret(
  { keys, clock }: Pick<CarrierAccessDeps, "keys" | "clock">,
  tx: ShopTx,
  key: AccountKey,
): Promise<boolean> {
  const { shopId, accountId } = key;
  await tx.$queryRaw`SELECT id FROM carrier_account WHERE shop_id = ${shopId} AND id = ${accountId} FOR UPDATE`;
  const account = await tx.carrierAccount.findUnique({ where: { shopId_id: { shopId, id: accountId } } });
  if (!account) return false;
  const secrets = [randomToken(), ...openHookSecrets(keys, key, account.hookSecretsSealed)].slice(0, KEPT_SECRETS);
  await tx.carrierAccount.update({
    where: { shopId_id: { shopId, id: accountId } },
    data: { hookSecretsSealed: sealSecret(keys, key, "hook_secrets", JSON.stringify(secrets)), updatedAt: clock.now() },
  });
  return true;
}

/** The account behind a webhook address, with its living secrets; null for an unknown token. */
export async function findHookedAccount(
  { db, keys }: Pick<CarrierAccessDeps, "db" | "keys">,
  token: string,
): Promise<HookedAccount | null> {
  const [found] = await db.acrossShops(
    (tx) => tx.$queryRaw<{ shop_id: string; id: string }[]>`
      SELECT shop_id, id FROM carrier_account_of_hook(${sha256(token)})`,
  );
  if (!found) return null;
  const key = { shopId: found.shop_id, accountId: found.id };
  const account = await db.forShop(key.shopId, (tx) =>
    tx.carrierAccount.findUnique({ where: { shopId_id: { shopId: key.shopId, id: key.accountId } } }),
  );
  if (!account) return null;
  const secrets = openHookSecrets(keys, key, account.hookSecretsSealed);
  const credentials = readStored(keys, key, account.credentialsSealed) ?? {};
  return { ...key, carrier: account.carrier, secrets, credentials };
}

import type { Clock } from "#app/lib/clock.ts";
import { type KeyRing, UnsealError } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { TokenCache } from "#app/modules/carriers/carrier.ts";
import { type AccountKey, openSecret, sealSecret } from "./carrier-secrets.ts";

type FetchToken = Parameters<TokenCache["get"]>[0];

/** A token that ends within a minute is not handed out any more. */
const MARGIN_MS = 60_000;
const LOCK_TIMEOUT_MS = 40_000;

/**
 * The OAuth token of one carrier account, shared by all workers: kept sealed in the account's row and fetched by one of
 * them at a time, because carriers limit token calls too.
 */
export class StoredTokenCache implements TokenCache {
  readonly #deps: { db: Database; keys: KeyRing; clock: Clock };
  readonly #key: AccountKey & { credentialsSealed: string };
  /** The token that was handed out last, as it is kept; null before the first. */
  #handedOut: string | null = null;

  /** `credentialsSealed`: the ones that tokens are fetched with; should they be replaced, their token is not kept. */
  constructor(deps: { db: Database; keys: KeyRing; clock: Clock }, key: AccountKey & { credentialsSealed: string }) {
    this.#deps = deps;
    this.#key = key;
  }

  async get(fetchToken: FetchToken): Promise<string> {
    const { shopId } = this.#key;
    const kept = await this.#deps.db.forShop(shopId, (tx) => this.#read(tx));
    return (
      kept ?? this.#deps.db.forShop(shopId, (tx) => this.#fetchLocked(tx, fetchToken), { timeout: LOCK_TIMEOUT_MS })
    );
  }

  async invalidate(): Promise<void> {
    const { shopId, accountId, credentialsSealed } = this.#key;
    await this.#deps.db.forShop(shopId, (tx) =>
      tx.carrierAccount.updateMany({
        // The token of credentials that have replaced these is none of ours, and neither is one that another worker has
        // fetched since this one was refused.
        where: { shopId, id: accountId, credentialsSealed, tokenSealed: this.#handedOut },
        data: { tokenSealed: null, tokenExpiresAt: null },
      }),
    );
  }

  async #fetchLocked(tx: ShopTx, fetchToken: FetchToken): Promise<string> {
    const { shopId, accountId, credentialsSealed } = this.#key;
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`carrier:${shopId}:${accountId}`}, 0))::text`;
    const kept = await this.#read(tx);
    if (kept !== null) return kept;
    const { token, expiresInSeconds } = await fetchToken();
    const tokenSealed = sealSecret(this.#deps.keys, this.#key, "token", token);
    await tx.carrierAccount.updateMany({
      where: { shopId, id: accountId, credentialsSealed },
      data: {
        tokenSealed,
        tokenExpiresAt: new Date(this.#deps.clock.now().getTime() + expiresInSeconds * 1000),
      },
    });
    this.#handedOut = tokenSealed;
    return token;
  }

  async #read(tx: ShopTx): Promise<string | null> {
    const { shopId, accountId } = this.#key;
    const account = await tx.carrierAccount.findUnique({
      where: { shopId_id: { shopId, id: accountId } },
      select: { tokenSealed: true, tokenExpiresAt: true },
    });
    if (!account?.tokenSealed || !account.tokenExpiresAt) return null;
    if (account.tokenExpiresAt.getTime() - MARGIN_MS < this.#deps.clock.now().getTime()) return null;
    try {
      const token = openSecret(this.#deps.keys, this.#key, "token", account.tokenSealed);
      this.#handedOut = account.tokenSealed;
      return token;
    } catch (error) {
      // Its key is gone: a new one is as good.
      if (error instanceof UnsealError) return null;
      throw error;
    }
  }
}

/** For credentials that are not saved yet: keeps the token as long as the test lasts. */
export class MomentaryTokenCache implements TokenCache {
  #token: string | null = null;

  async get(fetchToken: FetchToken): Promise<string> {
    this.#token ??= (await fetchToken()).token;
    return this.#token;
  }

  invalidate(): Promise<void> {
    this.#token = null;
    return Promise.resolve();
  }
}

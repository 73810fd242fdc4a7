import { randomUUID } from "node:crypto";
import type { Clock } from "#app/lib/clock.ts";
import { type KeyRing, UnsealError } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Http } from "#app/lib/http.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type {
  CarrierError,
  CarrierHttp,
  CarrierSession,
  Credentials,
  TokenCache,
} from "#app/modules/carriers/carrier.ts";
import { AccountHealthLog } from "./account-health-log.server.ts";
import { openCredentials } from "./carrier-secrets.ts";
import { StoredTokenCache } from "./carrier-token-cache.server.ts";

export interface CarrierAccessDeps {
  env: { CARRIER_BASE_URLS?: Readonly<Record<string, string>> | undefined };
  db: Database;
  keys: KeyRing;
  http: Pick<Http, "request">;
  clock: Clock;
}

export interface StoredAccessDeps extends CarrierAccessDeps {
  log: Logger;
}

interface AccountSummary {
  id: string;
  carrier: string;
  status: "active" | "auth_failed" | "disabled";
  priority: number;
}

type SessionOpening =
  { kind: "open"; session: CarrierSession; openedWith: string } | { kind: "unusable"; reason: string };

/** A shop's carrier accounts as those who ask carriers need them: which there are, and a session for one call. */
export class StoredCarrierAccess {
  readonly #deps: StoredAccessDeps;
  readonly #health: AccountHealthLog;

  constructor(deps: StoredAccessDeps) {
    this.#deps = deps;
    this.#health = new AccountHealthLog(deps);
  }

  /** Every account of the shop, unusable ones included, in order of priority. */
  async accountsFor(tx: ShopTx, shopId: string): Promise<AccountSummary[]> {
    const accounts = await tx.carrierAccount.findMany({
      where: { shopId },
      orderBy: [{ priority: "asc" }, { id: "asc" }],
      select: { id: true, carrier: true, status: true, priority: true },
    });
    return accounts.map((account) => ({ ...account, status: readStatus(account.status) }));
  }

  /** Opens a session for one call; called outside any transaction. A fresh `requestId` each time. */
  async openSession(shopId: string, accountId: string): Promise<SessionOpening> {
    const account = await this.#deps.db.forShop(shopId, (tx) =>
      tx.carrierAccount.findUnique({
        where: { shopId_id: { shopId, id: accountId } },
        select: { carrier: true, status: true, credentialsSealed: true },
      }),
    );
    if (!account) return { kind: "unusable", reason: "removed" };
    if (account.status !== "active") return { kind: "unusable", reason: account.status };
    try {
      const credentials = openCredentials(this.#deps.keys, { shopId, accountId }, account.credentialsSealed);
      const { credentialsSealed } = account;
      const tokens = new StoredTokenCache(this.#deps, { shopId, accountId, credentialsSealed });
      const http = this.#health.watch({ shopId, accountId }, this.#deps.http);
      const session = carrierSession({ ...this.#deps, http }, { carrier: account.carrier, credentials, tokens });
      return { kind: "open", session, openedWith: credentialsSealed };
    } catch (error) {
      if (error instanceof UnsealError) return { kind: "unusable", reason: "credentials_unreadable" };
      throw error;
    }
  }

  /**
   * The carrier refused the credentials: says so once, and asks it no more until the merchant has replaced them.
   * `openedWith` of the refused session keeps a late refusal from blaming credentials that have replaced those: then
   * nothing is marked, and the answer is false.
   */
  async markAuthFailed(shopId: string, accountId: string, error: CarrierError, openedWith?: string): Promise<boolean> {
    const { db, clock } = this.#deps;
    const refused = openedWith === undefined ? {} : { credentialsSealed: openedWith };
    return db.forShop(shopId, async (tx) => {
      const [account] = await tx.carrierAccount.updateManyAndReturn({
        where: { shopId, id: accountId, status: "active", ...refused },
        data: {
          status: "auth_failed",
          statusReason: error.message.slice(0, 300),
          tokenSealed: null,
          tokenExpiresAt: null,
          updatedAt: clock.now(),
        },
        select: { carrier: true },
      });
      if (!account) return !(await wasReplaced(tx, { shopId, accountId, openedWith }));
      await recordActivity(tx, clock, shopId, [
        {
          type: "carrier_account.failed",
          actor: "carrier",
          subject: { type: "carrier_account", id: accountId },
          data: { carrier: account.carrier, kind: error.kind },
        },
      ]);
      return true;
    });
  }
}

/** True when other credentials than those of the refused session are in use by now. */
async function wasReplaced(
  tx: ShopTx,
  { shopId, accountId, openedWith }: { shopId: string; accountId: string; openedWith: string | undefined },
): Promise<boolean> {
  if (openedWith === undefined) return false;
  const where = { shopId, id: accountId, status: "active", credentialsSealed: { not: openedWith } };
  return (await tx.carrierAccount.count({ where })) > 0;
}

/** A session for one call to a carrier: credentials, tokens, and HTTP that is bounded and timed. */
export function carrierSession(
  { env, http }: Pick<CarrierAccessDeps, "env" | "http">,
  { carrier, credentials, tokens }: { carrier: string; credentials: Credentials; tokens: TokenCache },
): CarrierSession {
  const baseUrl = env.CARRIER_BASE_URLS?.[carrier];
  const carrierHttp: CarrierHttp = { request: (request) => http.request(request) };
  return { credentials, tokens, http: carrierHttp, requestId: randomUUID(), ...(baseUrl ? { baseUrl } : {}) };
}

function readStatus(status: string): AccountSummary["status"] {
  return status === "active" || status === "auth_failed" ? status : "disabled";
}

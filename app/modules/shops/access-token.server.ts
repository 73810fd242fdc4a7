import { Session } from "@shopify/shopify-api";
import { z } from "zod";
import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { errorMessage } from "#app/lib/errors.ts";
import type { Http, HttpResponse } from "#app/lib/http.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { adminAddress } from "./admin-address.ts";
import { markNeedsReopening } from "./mark-needs-reopening.server.ts";
import { readSession, writeSession } from "./session-storage.server.ts";

export interface AccessTokenDeps {
  env: { SHOPIFY_API_KEY: string; SHOPIFY_API_SECRET: string; SHOPIFY_LOOPBACK_URL?: string | undefined };
  db: Database;
  keys: KeyRing;
  http: Pick<Http, "request">;
  clock: Clock;
  log: Logger;
}

export type AccessToken =
  { kind: "ok"; domain: string; token: string } | { kind: "unauthorised" } | { kind: "unavailable"; message: string };

type Refreshed = AccessToken | { kind: "lost"; reason: string };
type Settled = AccessToken | { kind: "lost"; reason: string; token: string | null };

/** Shopify's own library refreshes at the same distance. */
const REFRESH_BEFORE_MS = 5 * 60_000;
const REFRESH_TIMEOUT_MS = 10_000;

const refreshedSchema = z.object({
  access_token: z.string().min(1),
  scope: z.string().optional(),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
  refresh_token_expires_in: z.number().positive(),
});

/**
 * The shop's offline token, always a living one. It is refreshed by one worker at a time (advisory lock in the database,
 * one promise per process); the others find the new pair. Both tokens are replaced in one write.
 * Source: Shopify, expiring offline access tokens (3,600 s, refresh token 90 days; a lost answer may be repeated).
 */
export class AccessTokens {
  readonly #deps: AccessTokenDeps;
  readonly #refreshing = new Map<string, Promise<AccessToken>>();

  constructor(deps: AccessTokenDeps) {
    this.#deps = deps;
  }

  async get(shopId: string): Promise<AccessToken> {
    const found = await this.#deps.db.forShop(shopId, (tx) => this.#read(tx, shopId));
    if (!found) return { kind: "unauthorised" };
    const { session, domain } = found;
    if (session?.accessToken && !this.#isOld(session)) return { kind: "ok", domain, token: session.accessToken };
    return this.refresh(shopId, session?.accessToken ?? null);
  }

  /** Replaces `refused`, the token that is old or was refused; whoever comes second gets what the first one fetched. */
  refresh(shopId: string, refused: string | null): Promise<AccessToken> {
    const running = this.#refreshing.get(shopId);
    if (running) return running;
    const started = this.#settle(shopId, refused).finally(() => this.#refreshing.delete(shopId));
    this.#refreshing.set(shopId, started);
    return started;
  }

  async #settle(shopId: string, refused: string | null): Promise<AccessToken> {
    const outcome = await this.#deps.db.forShop(shopId, (tx) => this.#refreshLocked(tx, shopId, refused), {
      timeout: 3 * REFRESH_TIMEOUT_MS,
    });
    if (outcome.kind !== "lost") return outcome;
    return this.giveUp(shopId, outcome);
  }

  /** No way leads to a living token: unless a visit has just brought one, the shop must open the app again. */
  async giveUp(
    shopId: string,
    lost: { reason: string; token: string | null },
  ): Promise<Exclude<AccessToken, { kind: "ok" }>> {
    const marked = await markNeedsReopening(this.#deps, { shopId, ...lost });
    if (marked === "replaced") return { kind: "unavailable", message: "the token was replaced meanwhile" };
    this.#deps.log.warn({ shopId, reason: lost.reason }, "the shop must open the app again");
    return { kind: "unauthorised" };
  }

  async #refreshLocked(tx: ShopTx, shopId: string, refused: string | null): Promise<Settled> {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`token:${shopId}`}, 0))::text`;
    const found = await this.#read(tx, shopId);
    if (!found) return { kind: "unauthorised" };
    const { session, domain } = found;
    const replaced = session?.accessToken && session.accessToken !== refused && !this.#isOld(session);
    if (replaced && session.accessToken) return { kind: "ok", domain, token: session.accessToken };
    if (!session?.refreshToken)
      return { kind: "lost", reason: "no_refresh_token", token: session?.accessToken ?? null };
    const answer = await this.#askShopify(domain, session.refreshToken);
    if ("kind" in answer) return answer.kind === "lost" ? { ...answer, token: session.accessToken ?? null } : answer;
    const renewed = this.#renew(session, answer);
    await writeSession(tx, this.#deps, { shopId, session: renewed });
    return { kind: "ok", domain, token: answer.access_token };
  }

  async #askShopify(domain: string, refreshToken: string): Promise<z.infer<typeof refreshedSchema> | Refreshed> {
    const { env, http } = this.#deps;
    const { url, headers } = adminAddress(domain, "/admin/oauth/access_token", env.SHOPIFY_LOOPBACK_URL);
    const body = JSON.stringify({
      client_id: env.SHOPIFY_API_KEY,
      client_secret: env.SHOPIFY_API_SECRET,
      grant_type: "refresh_token",
      refresh_token: refreshToken,
    });
    try {
      const answer = await http.request({
        method: "POST",
        url,
        headers: { ...headers, "content-type": "application/json", accept: "application/json" },
        body,
        timeoutMs: REFRESH_TIMEOUT_MS,
      });
      return readRefreshAnswer(answer);
    } catch (error) {
      return { kind: "unavailable", message: errorMessage(error) };
    }
  }

  #renew(session: Session, answer: z.infer<typeof refreshedSchema>): Session {
    const now = this.#deps.clock.now().getTime();
    return new Session({
      id: session.id,
      shop: session.shop,
      state: session.state,
      isOnline: false,
      scope: answer.scope ?? session.scope ?? "",
      accessToken: answer.access_token,
      expires: new Date(now + answer.expires_in * 1000),
      refreshToken: answer.refresh_token,
      refreshTokenExpires: new Date(now + answer.refresh_token_expires_in * 1000),
    });
  }

  /** @returns null for a shop that may not be called: not installed, or waiting to be opened again. */
  async #read(tx: ShopTx, shopId: string): Promise<{ session: Session | undefined; domain: string } | null> {
    const shop = await tx.shop.findUnique({ where: { id: shopId }, select: { domain: true, status: true } });
    if (shop?.status !== "installed") return null;
    const session = await readSession(tx, this.#deps, { shopId, id: `offline_${shop.domain}` });
    return { session, domain: shop.domain };
  }

  #isOld(session: Session): boolean {
    return (
      session.expires !== undefined && session.expires.getTime() - REFRESH_BEFORE_MS < this.#deps.clock.now().getTime()
    );
  }
}

function readRefreshAnswer(answer: HttpResponse): z.infer<typeof refreshedSchema> | Refreshed {
  const body = parseJson(answer.body);
  if (answer.status === 200) {
    const parsed = refreshedSchema.safeParse(body);
    return parsed.success ? parsed.data : { kind: "unavailable", message: "unreadable token answer" };
  }
  const code = z.object({ error: z.string() }).safeParse(body).data?.error ?? "";
  // Our own client id or secret is wrong: no shop is at fault.
  if (code === "invalid_client") return { kind: "unavailable", message: "invalid_client" };
  if ([400, 401, 403].includes(answer.status))
    return { kind: "lost", reason: code.slice(0, 60) || `status_${answer.status}` };
  return { kind: "unavailable", message: `token endpoint answered ${answer.status}` };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

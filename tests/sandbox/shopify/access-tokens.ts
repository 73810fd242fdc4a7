import { randomBytes, randomUUID } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";

export interface OfflineGrant {
  shop: string;
  accessToken: string;
  refreshToken: string | null;
  /** Epoch milliseconds; null for the old, never expiring kind. */
  expiresAt: number | null;
  refreshExpiresAt: number | null;
  scope: string;
  online: boolean;
  /** The refresh token that made this pair: it stays usable until this pair is used. */
  previousRefreshToken: string | null;
}

export interface TokenServiceOptions {
  apiKey: string;
  apiSecret: string;
  nowMs: () => number;
  accessTokenSeconds: number;
}

const REFRESH_SECONDS = 90 * 24 * 3600;
const KEPT_GRANTS = 500;

export type TokenAnswer = { status: number; body: Record<string, unknown> };

/** Hands out and checks every token of the sandbox Shopify. */
export class TokenService {
  grants: OfflineGrant[] = [];
  readonly #options: TokenServiceOptions;
  readonly #key: Uint8Array;

  constructor(options: TokenServiceOptions) {
    this.#options = options;
    this.#key = new TextEncoder().encode(options.apiSecret);
  }

  get apiKey(): string {
    return this.#options.apiKey;
  }

  isOurClient(id: unknown, secret: unknown): boolean {
    return id === this.#options.apiKey && secret === this.#options.apiSecret;
  }

  /** Id token of a staff user, 60 s, as App Bridge gets it. */
  idToken(shop: string, user = "42"): Promise<string> {
    return new SignJWT({ dest: `https://${shop}`, sid: randomUUID() })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(`https://${shop}/admin`)
      .setAudience(this.#options.apiKey)
      .setSubject(user)
      .setIssuedAt()
      .setNotBefore("-5s")
      .setExpirationTime("60s")
      .setJti(randomUUID())
      .sign(this.#key);
  }

  /** Session token of a customer-account or thank-you extension: `dest` is the bare domain, `sub` only when logged in. */
  customerToken(shop: string, customerGid?: string): Promise<string> {
    const token = new SignJWT({ dest: shop })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setAudience(this.#options.apiKey)
      .setIssuedAt()
      .setExpirationTime("5m")
      .setJti(randomUUID());
    return (customerGid ? token.setSubject(customerGid) : token).sign(this.#key);
  }

  /** True for an id token this sandbox signed for that shop and app. */
  async isIdToken(token: unknown, shop: string): Promise<boolean> {
    if (typeof token !== "string") return false;
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        audience: this.#options.apiKey,
        algorithms: ["HS256"],
        clockTolerance: 10,
      });
      return payload["dest"] === `https://${shop}`;
    } catch {
      return false;
    }
  }

  issue(shop: string, options: { scope: string; expiring: boolean; online: boolean; previous?: string }): OfflineGrant {
    const now = this.#options.nowMs();
    const limited = options.expiring || options.online;
    const grant: OfflineGrant = {
      shop,
      accessToken: `${options.online ? "shpua" : "shpat"}_${randomBytes(16).toString("hex")}`,
      refreshToken: options.expiring && !options.online ? `shprt_${randomBytes(16).toString("hex")}` : null,
      expiresAt: limited ? now + this.#options.accessTokenSeconds * 1000 : null,
      refreshExpiresAt: options.expiring ? now + REFRESH_SECONDS * 1000 : null,
      scope: options.scope,
      online: options.online,
      previousRefreshToken: options.previous ?? null,
    };
    this.grants.push(grant);
    if (this.grants.length > KEPT_GRANTS) this.grants.shift();
    return grant;
  }

  /** The new pair for a refresh token; null for one that is unknown, used up or expired. */
  refresh(shop: string, refreshToken: unknown): OfflineGrant | null {
    const now = this.#options.nowMs();
    const current = this.grants.find((grant) => grant.shop === shop && grant.refreshToken === refreshToken);
    if (typeof refreshToken !== "string" || !current) return null;
    if (current.refreshExpiresAt !== null && current.refreshExpiresAt <= now) return null;
    const successor = this.grants.find((grant) => grant.previousRefreshToken === refreshToken);
    if (successor) this.grants.splice(this.grants.indexOf(successor), 1);
    return this.issue(shop, { scope: current.scope, expiring: true, online: false, previous: refreshToken });
  }

  /** The live grant behind an access token. Using it makes the refresh token before it worthless. */
  use(shop: string, accessToken: string | undefined): OfflineGrant | null {
    const grant = this.grants.find((candidate) => candidate.shop === shop && candidate.accessToken === accessToken);
    if (!grant) return null;
    if (grant.expiresAt !== null && grant.expiresAt <= this.#options.nowMs()) return null;
    if (grant.previousRefreshToken) {
      const used = grant.previousRefreshToken;
      this.grants = this.grants.filter((candidate) => candidate.refreshToken !== used);
      grant.previousRefreshToken = null;
    }
    return grant;
  }

  revoke(shop: string): void {
    this.grants = this.grants.filter((grant) => grant.shop !== shop);
  }

  /** Makes the access tokens of a shop run out now; the refresh tokens stay good. */
  expireAccess(shop: string): void {
    for (const grant of this.grants)
      if (grant.shop === shop && grant.expiresAt !== null) grant.expiresAt = this.#options.nowMs();
  }
}

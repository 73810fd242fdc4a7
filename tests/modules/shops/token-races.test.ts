import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  connectCarrierAccount,
  type ConnectableCarrier,
  replaceCarrierCredentials,
} from "#app/modules/shops/connect-carrier-account.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { HOUR } from "#tests/support/test-clock.ts";
import { openEdge } from "./edge-services.ts";
import { type LoopbackShopify, openLoopbackShopify } from "./loopback-shopify.ts";

const GOOD = { body: { data: { shop: { id: "gid://shopify/Shop/1" } } } };
const REFUSED = { status: 401, body: { errors: "Invalid API key or access token" } };
let shopify: LoopbackShopify;
let shopId: string;
let domain: string;

beforeAll(async () => void (shopify = await openLoopbackShopify()));
afterAll(() => shopify.close());
const edge = keepOpen(() => openEdge({ loopbackUrl: shopify.url }));

beforeEach(async () => {
  ({ shopId, domain } = await makeShop(edge.services.db, edge.clock));
});

/** What a merchant's visit does: the library exchanges a session token and stores the pair. */
async function visit(accessToken: string, expiresInMs = HOUR): Promise<void> {
  const now = edge.clock.now().getTime();
  await edge.services.sessionStorage.storeSession(
    new Session({
      ...{ id: `offline_${domain}`, shop: domain, state: "", isOnline: false, scope: "read_orders", accessToken },
      ...{ expires: new Date(now + expiresInMs), refreshToken: `refresh-of-${accessToken}` },
      refreshTokenExpires: new Date(now + 90 * 24 * HOUR),
    }),
  );
}

const ask = () => edge.services.admin.query(shopId, { document: "{ shop { id } }", urgency: "person" });
const standing = () => edge.rows("SELECT status FROM shop WHERE id = $1", [shopId]);

describe("a visit that brings a new token while the old one is being given up", () => {
  it("wins over a refused refresh", async () => {
    await visit("old", 60_000);
    shopify.answer = async ({ path }) => {
      if (path !== "/admin/oauth/access_token") return GOOD;
      await visit("new");
      return { status: 400, body: { error: "invalid_grant" } };
    };
    expect((await ask()).kind).toBe("unavailable");
    expect(await standing()).toEqual([{ status: "installed" }]);
    expect((await ask()).kind).toBe("ok");
    expect(shopify.calls.at(-1)?.token).toBe("new");
  });

  it("wins over a second refusal", async () => {
    await visit("old");
    const pair = { access_token: "fresh", expires_in: 3600, refresh_token: "r", refresh_token_expires_in: 7_776_000 };
    shopify.answer = async ({ path, token }) => {
      if (path === "/admin/oauth/access_token") return { body: pair };
      if (token === "fresh") await visit("new");
      return token === "new" ? GOOD : REFUSED;
    };
    expect((await ask()).kind).toBe("unavailable");
    expect(await standing()).toEqual([{ status: "installed" }]);
    expect((await ask()).kind).toBe("ok");
  });
});

describe("a carrier's token", () => {
  const carrier: ConnectableCarrier = {
    id: "ups",
    credentialFields: [{ name: "id", secret: true, required: true, maxLength: 20 }],
    testConnection: () => Promise.resolve(null),
  };
  const input = (id: string) => ({ shopId, carrier, label: "", credentials: { id }, actorId: "1" });

  async function openSession(accountId: string) {
    const opening = await edge.services.carrierAccess.openSession(shopId, accountId);
    if (opening.kind !== "open") throw new Error(opening.reason);
    return opening.session;
  }

  it("fetched with credentials that were replaced meanwhile is used by nobody else", async () => {
    const outcome = await connectCarrierAccount(edge.services, input("first"));
    if (outcome.kind !== "connected") throw new Error(outcome.kind);
    const { accountId } = outcome;
    const before = await openSession(accountId);
    const slow = await before.tokens.get(async () => {
      await replaceCarrierCredentials(edge.services, { ...input("second"), accountId });
      return { token: "token-of-first", expiresInSeconds: 3600 };
    });
    expect(slow).toBe("token-of-first");
    const after = await openSession(accountId);
    expect(after.credentials).toEqual({ id: "second" });
    const fetched = () => Promise.resolve({ token: "token-of-second", expiresInSeconds: 3600 });
    expect(await after.tokens.get(fetched)).toBe("token-of-second");
  });

  it("is not thrown away by a late refusal of credentials that were replaced, nor are those blamed", async () => {
    const outcome = await connectCarrierAccount(edge.services, input("first"));
    if (outcome.kind !== "connected") throw new Error(outcome.kind);
    const { accountId } = outcome;
    const { carrierAccess } = edge.services;
    const old = await carrierAccess.openSession(shopId, accountId);
    if (old.kind !== "open") throw new Error(old.reason);
    await replaceCarrierCredentials(edge.services, { ...input("second"), accountId });
    const { tokens } = await openSession(accountId);
    await tokens.get(() => Promise.resolve({ token: "token-of-second", expiresInSeconds: 3600 }));
    await old.session.tokens.invalidate();
    const refusal = { kind: "auth", retryable: false, message: "401" } as const;
    expect(await carrierAccess.markAuthFailed(shopId, accountId, refusal, old.openedWith)).toBe(false);
    expect(await tokens.get(() => Promise.reject(new Error("fetched again")))).toBe("token-of-second");
    const fresh = await carrierAccess.openSession(shopId, accountId);
    if (fresh.kind !== "open") throw new Error(fresh.reason);
    expect(await carrierAccess.markAuthFailed(shopId, accountId, refusal, fresh.openedWith)).toBe(true);
    expect(await carrierAccess.openSession(shopId, accountId)).toEqual({ kind: "unusable", reason: "auth_failed" });
  });

  it("is not thrown away by another worker whose older one was refused", async () => {
    const outcome = await connectCarrierAccount(edge.services, input("first"));
    if (outcome.kind !== "connected") throw new Error(outcome.kind);
    const [early, late] = [await openSession(outcome.accountId), await openSession(outcome.accountId)];
    let count = 0;
    const fetchToken = () => Promise.resolve({ token: `token-${(count += 1)}`, expiresInSeconds: 3600 });
    expect([await early.tokens.get(fetchToken), await late.tokens.get(fetchToken)]).toEqual(["token-1", "token-1"]);
    await early.tokens.invalidate();
    expect(await early.tokens.get(fetchToken)).toBe("token-2");
    await late.tokens.invalidate();
    expect(await late.tokens.get(fetchToken)).toBe("token-2");
    await late.tokens.invalidate();
    expect(await late.tokens.get(fetchToken)).toBe("token-3");
  });

  it("that can no longer be opened is fetched anew, and one about to end is not handed out", async () => {
    const outcome = await connectCarrierAccount(edge.services, input("first"));
    if (outcome.kind !== "connected") throw new Error(outcome.kind);
    const { tokens } = await openSession(outcome.accountId);
    let count = 0;
    const fetchToken = () => Promise.resolve({ token: `token-${(count += 1)}`, expiresInSeconds: 3600 });
    expect(await tokens.get(fetchToken)).toBe("token-1");
    await edge.rows("UPDATE carrier_account SET token_sealed = 'lost.AAAA.AAAA.AAAA'");
    expect(await tokens.get(fetchToken)).toBe("token-2");
    edge.clock.advance(HOUR - 60_000);
    expect(await tokens.get(fetchToken)).toBe("token-2");
    edge.clock.advance(1);
    expect(await tokens.get(fetchToken)).toBe("token-3");
  });
});

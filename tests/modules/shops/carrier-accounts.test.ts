import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CarrierError, CarrierSession } from "#app/modules/carriers/carrier.ts";
import type { CarrierAccess } from "#app/modules/shipments/carrier-access.ts";
import {
  connectCarrierAccount,
  type ConnectableCarrier,
  replaceCarrierCredentials,
} from "#app/modules/shops/connect-carrier-account.server.ts";
import {
  findHookedAccount,
  listCarrierAccounts,
  readCarrierHook,
  removeCarrierAccount,
  rotateCarrierHookSecret,
  testCarrierAccount,
} from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { HOUR } from "#tests/support/test-clock.ts";
import { openEdge } from "./edge-services.ts";

const CANARY = "canary-client-secret";
const edge = keepOpen(openEdge);
let access: CarrierAccess;
let shopId: string;
let refusal: CarrierError | null = null;
let seen: CarrierSession | undefined;

const carrier: ConnectableCarrier = {
  id: "ups",
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 20 },
    { name: "clientSecret", secret: true, required: true, maxLength: 60 },
    { name: "accountNumber", secret: false, required: false, maxLength: 10 },
  ],
  testConnection: (session) => {
    seen = session;
    return Promise.resolve(refusal);
  },
};
const wrong: CarrierError = { kind: "auth", retryable: false, message: "Client id or secret is wrong." };
const down: CarrierError = { kind: "server", retryable: true, message: "UPS does not answer." };

beforeAll(async () => {
  access = edge.services.carrierAccess;
});

beforeEach(async () => {
  refusal = null;
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
});

const typed = { clientId: " my-id ", clientSecret: CANARY };
const connect = (credentials: Record<string, string> = typed) =>
  connectCarrierAccount(edge.services, { shopId, carrier, label: "Main", credentials, actorId: "42" });

async function connected(): Promise<string> {
  const outcome = await connect();
  if (outcome.kind !== "connected") throw new Error(outcome.kind);
  return outcome.accountId;
}

const list = () => edge.services.db.forShop(shopId, (tx) => listCarrierAccounts(tx, shopId));

describe("connecting", () => {
  it("tries the credentials, saves them sealed and shows no secret again", async () => {
    const accountId = await connected();
    expect(seen?.credentials).toEqual({ clientId: "my-id", clientSecret: CANARY });
    expect(await list()).toMatchObject([{ id: accountId, carrier: "ups", label: "Main", status: "active" }]);
    const dump = JSON.stringify([await list(), await edge.rows("SELECT * FROM carrier_account"), edge.logged()]);
    expect(dump).not.toContain(CANARY);
    const opening = await access.openSession(shopId, accountId);
    expect(opening.kind === "open" && opening.session.credentials).toEqual({ clientId: "my-id", clientSecret: CANARY });
    // Signatures that cover the moment of the call follow the same clock as everything else.
    expect([opening.kind === "open" && opening.session.clock, seen?.clock]).toEqual([edge.clock, edge.clock]);
  });

  it("names every field that is wrong and saves nothing", async () => {
    const outcome = await connect({ clientId: "x".repeat(21), shipper: "?" });
    const problems = { clientId: "too_long", clientSecret: "required", shipper: "unknown" };
    expect(outcome).toEqual({ kind: "invalid", problems });
    expect(await list()).toEqual([]);
  });

  it("hands on what the carrier says, and saves when it is merely down", async () => {
    refusal = wrong;
    expect(await connect()).toEqual({ kind: "refused", error: wrong });
    expect(await list()).toEqual([]);
    refusal = down;
    expect((await connect()).kind).toBe("connected");
  });
});

describe("an account", () => {
  it("that the carrier refuses says so once, and works again with new credentials", async () => {
    const accountId = await connected();
    await access.markAuthFailed(shopId, accountId, wrong);
    await access.markAuthFailed(shopId, accountId, wrong);
    expect(await access.openSession(shopId, accountId)).toEqual({ kind: "unusable", reason: "auth_failed" });
    const summary = await edge.services.db.forShop(shopId, (tx) => access.accountsFor(tx, shopId));
    expect(summary).toEqual([{ id: accountId, carrier: "ups", status: "auth_failed", priority: 100 }]);
    const hook = await readHook(accountId);
    await replaceCarrierCredentials(edge.services, {
      ...{ shopId, accountId, carrier, label: "Main", actorId: "42" },
      credentials: { clientId: "new", clientSecret: "newer" },
    });
    const opening = await access.openSession(shopId, accountId);
    expect(opening.kind === "open" && opening.session.credentials["clientSecret"]).toBe("newer");
    expect(await readHook(accountId)).toEqual(hook);
    const trail = await edge.rows<{ type: string }>("SELECT type FROM activity WHERE shop_id = $1 ORDER BY id", [
      shopId,
    ]);
    expect(trail.map(({ type }) => type).sort()).toEqual([
      "carrier_account.connected",
      "carrier_account.connected",
      "carrier_account.failed",
    ]);
  });

  it("whose key is lost says so when it is tested, and asks the carrier nothing", async () => {
    const accountId = await connected();
    await edge.rows("UPDATE carrier_account SET credentials_sealed = 'lost.AAAA.AAAA.AAAA'");
    seen = undefined;
    const tested = await testCarrierAccount(edge.services, { shopId, accountId, actorId: "42", carrier });
    expect(tested).toMatchObject({ kind: "refused", error: { kind: "auth", retryable: false } });
    expect(seen).toBeUndefined();
    expect(await access.openSession(shopId, accountId)).toEqual({ kind: "unusable", reason: "credentials_unreadable" });
  });

  it("that was put right at the carrier is asked again as soon as a test says so", async () => {
    const accountId = await connected();
    await access.markAuthFailed(shopId, accountId, wrong);
    const test = () => testCarrierAccount(edge.services, { shopId, accountId, actorId: "42", carrier });
    refusal = wrong;
    expect(await test()).toEqual({ kind: "refused", error: wrong });
    expect((await access.openSession(shopId, accountId)).kind).toBe("unusable");
    refusal = null;
    expect(await test()).toEqual({ kind: "works" });
    expect((await access.openSession(shopId, accountId)).kind).toBe("open");
    expect(await list()).toMatchObject([{ status: "active", statusReason: null }]);
  });

  it("belongs to its shop alone", async () => {
    const accountId = await connected();
    const other = (await makeShop(edge.services.db, edge.clock)).shopId;
    expect(await access.openSession(other, accountId)).toEqual({ kind: "unusable", reason: "removed" });
    const key = { shopId: other, accountId };
    expect(await removeCarrierAccount(edge.services, { ...key, actorId: "42" })).toEqual({ kind: "not_found" });
    expect(await testCarrierAccount(edge.services, { ...key, actorId: "42", carrier })).toEqual({ kind: "not_found" });
    expect(await list()).toHaveLength(1);
  });

  it("is gone with its webhook address when it is removed", async () => {
    const accountId = await connected();
    const token = (await readHook(accountId))?.url.split("/").at(-1) ?? "";
    expect(await findHookedAccount(edge.services, token)).toMatchObject({ shopId, accountId, carrier: "ups" });
    const removal = { shopId, accountId, actorId: "42" };
    expect(await removeCarrierAccount(edge.services, removal)).toEqual({ kind: "removed" });
    expect(await findHookedAccount(edge.services, token)).toBeNull();
  });

  it("keeps two signing secrets through a rotation", async () => {
    const accountId = await connected();
    const before = await readHook(accountId);
    const rotate = () =>
      edge.services.db.forShop(shopId, (tx) => rotateCarrierHookSecret(edge.services, tx, { shopId, accountId }));
    await rotate();
    const token = before?.url.split("/").at(-1) ?? "";
    const newest = (await readHook(accountId))?.secret;
    expect((await findHookedAccount(edge.services, token))?.secrets).toEqual([newest, before?.secret]);
    await rotate();
    expect((await findHookedAccount(edge.services, token))?.secrets).not.toContain(before?.secret);
  });
});

describe("the token cache", () => {
  it("fetches once for all workers, keeps the token sealed, and again after a refusal", async () => {
    const accountId = await connected();
    let fetched = 0;
    const fetchToken = async () => {
      fetched += 1;
      await sleep(30);
      return { token: `canary-token-${fetched}`, expiresInSeconds: 3600 };
    };
    const get = async () => {
      const opening = await access.openSession(shopId, accountId);
      if (opening.kind !== "open") throw new Error(opening.reason);
      return { token: await opening.session.tokens.get(fetchToken), tokens: opening.session.tokens };
    };
    const all = await Promise.all(Array.from({ length: 5 }, get));
    expect(new Set(all.map(({ token }) => token))).toEqual(new Set(["canary-token-1"]));
    expect(JSON.stringify(await edge.rows("SELECT * FROM carrier_account"))).not.toContain("canary-token");
    await all[0]?.tokens.invalidate();
    expect((await get()).token).toBe("canary-token-2");
    edge.clock.advance(HOUR);
    expect((await get()).token).toBe("canary-token-3");
  });
});

function readHook(accountId: string) {
  return edge.services.db.forShop(shopId, (tx) => readCarrierHook(edge.services, tx, { shopId, accountId }));
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CarrierError } from "#app/modules/carriers/carrier.ts";
import { orderCarrierAccounts } from "#app/modules/shops/account-order.server.ts";
import {
  connectCarrierAccount,
  type ConnectableCarrier,
  replaceCarrierCredentials,
} from "#app/modules/shops/connect-carrier-account.server.ts";
import { listCarrierAccounts, removeCarrierAccount } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { renameCarrierAccount } from "#app/modules/shops/rename-carrier-account.server.ts";
import { switchCarrierAccount } from "#app/modules/shops/switch-carrier-account.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { openEdge } from "./edge-services.ts";

const edge = keepOpen(openEdge);
let shopId: string;

beforeEach(async () => void ({ shopId } = await makeShop(edge.services.db, edge.clock)));

function carrier(id: string): ConnectableCarrier {
  const credentialFields = [{ name: "apiKey", secret: true, required: true, maxLength: 20 }];
  return { id, credentialFields, testConnection: () => Promise.resolve<CarrierError | null>(null) };
}

const input = (id: string) => ({
  ...{ shopId, carrier: carrier(id), label: id, credentials: { apiKey: "k" }, actorId: "42" },
  aggregators: ["easypost", "ship24"],
});

async function connect(id: string): Promise<string> {
  const outcome = await connectCarrierAccount(edge.services, input(id));
  if (outcome.kind !== "connected") throw new Error(outcome.kind);
  edge.clock.advance(1);
  return outcome.accountId;
}

const list = () => edge.services.db.forShop(shopId, (tx) => listCarrierAccounts(tx, shopId));
const find = async (accountId: string) => (await list()).find(({ id }) => id === accountId);
const priorities = async () => (await list()).map(({ carrier: name, priority }) => `${name} ${priority}`);
const order = (accountIds: string[], of = shopId) =>
  orderCarrierAccounts(edge.services, { shopId: of, accountIds, actorId: "42" });

describe("the order of accounts", () => {
  it("begins with carriers of their own, services for many at the end, whenever they were connected", async () => {
    await connect("easypost");
    await connect("ups");
    await connect("ship24");
    await connect("fedex");
    expect((await priorities()).sort()).toEqual(["easypost 100", "fedex 100", "ship24 110", "ups 100"]);
  });

  it("is the merchant's afterwards, and a new carrier joins before the first service", async () => {
    const [ups, easypost, fedex] = [await connect("ups"), await connect("easypost"), await connect("fedex")];
    expect(await order([fedex, easypost, ups])).toEqual({ kind: "ordered" });
    expect(await priorities()).toEqual(["fedex 10", "easypost 20", "ups 30"]);
    await connect("gls");
    expect((await priorities()).filter((text) => text.startsWith("gls"))).toEqual(["gls 20"]);
  });

  it("is not changed by somebody who does not see all of them, nor for another shop", async () => {
    const [ups, fedex] = [await connect("ups"), await connect("fedex")];
    const other = (await makeShop(edge.services.db, edge.clock)).shopId;
    expect(await order([fedex, ups], other)).toEqual({ kind: "stale" });
    expect(await order([fedex])).toEqual({ kind: "stale" });
    expect(await order([fedex, fedex, ups, ""])).toEqual({ kind: "stale" });
    await removeCarrierAccount(edge.services, { shopId, accountId: ups, actorId: "42" });
    expect(await order([fedex, ups])).toEqual({ kind: "stale" });
    expect(await priorities()).toEqual(["fedex 100"]);
  });
});

describe("an account that is switched off", () => {
  it("is asked nothing until it is switched on, and its parcels are woken then", async () => {
    const accountId = await connect("ups");
    const turn = (on: boolean) => switchCarrierAccount(edge.services, { shopId, accountId, actorId: "42", on });
    const wakings = async () =>
      (await waitingJobs(edge.database, "shipments.resume-watch")).filter(
        (job) => (job as { shopId: string }).shopId === shopId,
      ).length;
    expect(await turn(true)).toEqual({ kind: "unchanged" });
    expect([await turn(false), await turn(false)]).toEqual([{ kind: "switched" }, { kind: "unchanged" }]);
    const opening = await edge.services.carrierAccess.openSession(shopId, accountId);
    expect(opening).toEqual({ kind: "unusable", reason: "disabled" });
    await edge.rows("DELETE FROM pgboss.job WHERE name = 'shipments.resume-watch'");
    expect(await turn(true)).toEqual({ kind: "switched" });
    expect(await wakings()).toBe(1);
    expect((await edge.services.carrierAccess.openSession(shopId, accountId)).kind).toBe("open");
  });

  it("stays off when its credentials are replaced", async () => {
    const accountId = await connect("ups");
    await switchCarrierAccount(edge.services, { shopId, accountId, actorId: "42", on: false });
    await replaceCarrierCredentials(edge.services, { ...input("ups"), accountId });
    expect(await find(accountId)).toMatchObject({ status: "disabled" });
  });
});

it("gets another name without its credentials being typed again", async () => {
  const accountId = await connect("ups");
  const rename = (of: string) =>
    renameCarrierAccount(edge.services, { shopId: of, accountId, actorId: "42", label: " Berlin " });
  expect(await rename((await makeShop(edge.services.db, edge.clock)).shopId)).toEqual({ kind: "not_found" });
  expect(await rename(shopId)).toEqual({ kind: "saved" });
  expect(await find(accountId)).toMatchObject({ label: "Berlin", status: "active" });
});

describe("the health of an account", () => {
  it("tells its last answer and its last fault, at most once a minute each", async () => {
    let status = 200;
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const accountId = await connect("ups");
      const opening = await edge.services.carrierAccess.openSession(shopId, accountId);
      if (opening.kind !== "open") throw new Error(opening.reason);
      const ask = () => opening.session.http.request({ method: "GET", url });
      // The note is not waited for by whoever asks.
      const reads = (expected: object) => vi.waitFor(async () => expect(await find(accountId)).toMatchObject(expected));
      const first = edge.clock.now();
      await ask();
      await reads({ lastAnswerAt: first, lastFaultAt: null });
      edge.clock.advance(MINUTE / 2);
      await ask();
      status = 429;
      const second = edge.clock.now();
      await ask();
      await reads({ lastAnswerAt: first, lastFaultAt: second, lastFault: "rate_limited" });
      edge.clock.advance(MINUTE);
      status = 401;
      await ask();
      await reads({ lastAnswerAt: edge.clock.now(), lastFault: "rate_limited" });
      expect(calls).toBe(4);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import type { CarrierPush } from "#app/modules/carriers/carrier.ts";
import { receiveCarrierWebhook } from "#app/modules/intake/receive-carrier-webhook.server.ts";
import { connectCarrierAccount } from "#app/modules/shops/connect-carrier-account.server.ts";
import { readCarrierHook } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { action, loader } from "#app/routes/webhooks.carriers.$carrier.$token.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";

const edge = keepOpen(openRouteEdge);
let shopId: string;
let token: string;
let secret: string;

/** A carrier whose signature is its secret in a header. */
const push: CarrierPush = {
  verify: ({ headers, secrets }) => secrets.includes(headers["x-parcel-signature"] ?? ""),
  deliveryKey: ({ headers }) => headers["x-parcel-delivery"] ?? null,
  read: () => ({ shipments: [], errors: [] }),
};
const carriers = { find: (id: string) => (id === "easypost" || id === "ups" ? { push } : null) };

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
  const carrier = { id: "easypost", credentialFields: [], testConnection: () => Promise.resolve(null) };
  const outcome = await connectCarrierAccount(edge.services, {
    shopId,
    carrier,
    label: "x",
    credentials: {},
    actorId: "1",
  });
  if (outcome.kind !== "connected") throw new Error(outcome.kind);
  const key = { shopId, accountId: outcome.accountId };
  const hook = await edge.services.db.forShop(shopId, (tx) => readCarrierHook(edge.services, tx, key));
  token = hook?.url.split("/").at(-1) ?? "";
  secret = hook?.secret ?? "";
});

function request(headers: Record<string, string> = {}, body: string | Uint8Array = '{"a":1}'): Request {
  return new Request("https://doorstep.example/webhooks/carriers/easypost/x", {
    method: "POST",
    headers: { "x-parcel-signature": secret, ...headers },
    body: Buffer.from(body),
  });
}

const send = (one: Request, address = { carrier: "easypost", token }) =>
  receiveCarrierWebhook({ ...edge.services, carriers }, one, address);
const stored = () =>
  edge.rows<Record<string, unknown>>(
    "SELECT shop_id, source, topic, delivery_key, account_id, headers, body FROM inbound_delivery ORDER BY id",
  );

describe("a carrier's push", () => {
  it("is stored for the account's shop with its bytes, without the signature", async () => {
    const headers = { "x-parcel-delivery": "d-1", "content-type": "application/json", cookie: "a=b", "x-trace": "t" };
    expect((await send(request(headers))).status).toBe(200);
    expect((await send(request(headers))).status).toBe(200);
    const rows = await stored();
    expect(rows).toMatchObject([
      { shop_id: shopId, source: "easypost", topic: "push", delivery_key: "d-1", headers: { "x-trace": "t" } },
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(String(rows[0]?.["body"])).toBe('{"a":1}');
  });

  it("without a key of its own is known again by its bytes", async () => {
    await send(request());
    await send(request());
    await send(request({}, '{"a":2}'));
    expect(await stored()).toHaveLength(2);
  });

  it("answers an unknown token, a token of another carrier and an unknown carrier alike", async () => {
    const addresses = [
      { carrier: "easypost", token: "A".repeat(43) },
      { carrier: "ups", token },
      { carrier: "nobody", token },
      { carrier: "easypost", token: "short" },
    ];
    const answers = await Promise.all(addresses.map((address) => send(request(), address)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await stored()).toEqual([]);
  });

  it("with a wrong signature or too many bytes is refused, and the next good one is taken", async () => {
    expect((await send(request({ "x-parcel-signature": "wrong" }))).status).toBe(401);
    expect((await send(request({}, Buffer.alloc(10_000_000)))).status).toBe(413);
    expect((await send(request())).status).toBe(200);
    expect(edge.logged()).not.toContain(token);
  });
});

describe("the route", () => {
  it("leads to the account's carrier and refuses what it does not sign", async () => {
    const params = { carrier: "easypost", token };
    expect((await action({ request: request(), params, context: {} })).status).toBe(401);
    const unknown = { carrier: "easypost", token: "A".repeat(43) };
    expect((await action({ request: request(), params: unknown, context: {} })).status).toBe(404);
  });

  it("answers only POST", async () => {
    const got = new Request("https://doorstep.example/webhooks/carriers/easypost/x");
    expect((await loader({ request: got, params: { carrier: "easypost", token }, context: {} })).status).toBe(405);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "#app/lib/crypto.server.ts";
import { InvalidInputError } from "#app/lib/errors.ts";
import type { CarrierPush } from "#app/modules/carriers/carrier.ts";
import { type DeliveryHandler, processDelivery } from "#app/modules/intake/process-delivery.server.ts";
import { receiveCarrierWebhook } from "#app/modules/intake/receive-carrier-webhook.server.ts";
import { receiveShopifyWebhook } from "#app/modules/intake/receive-shopify-webhook.server.ts";
import { ShopDirectory } from "#app/modules/intake/shop-directory.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { makeShop, testKeys } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { signedWebhook } from "./signed-webhook.ts";

const edge = keepOpen(openEdge);
let shopId: string;
let domain: string;

beforeEach(async () => {
  ({ shopId, domain } = await makeShop(edge.services.db, edge.clock));
});

const stored = () =>
  edge.rows<{ id: string; key: string; triggered: Date | null }>(
    "SELECT id, delivery_key AS key, triggered_at AS triggered FROM inbound_delivery WHERE shop_id = $1 ORDER BY id",
    [shopId],
  );

const send = async (headers: Record<string, string | null>) => {
  const request = signedWebhook({ topic: "orders/create", domain, body: "{}", headers });
  return (await receiveShopifyWebhook(edge.services, request)).status;
};

describe("headers that the signature does not cover", () => {
  it.each(["+275760-09-13T00:00:00Z", "-000001-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "yesterday", "", "1"])(
    "a moment such as %j costs the moment, not the webhook",
    async (moment) => {
      expect(await send({ "x-shopify-triggered-at": moment })).toBe(200);
      expect(await stored()).toMatchObject([{ triggered: null }]);
    },
  );

  it.each([
    ["x-shopify-shop-domain", "evil.example"],
    ["x-shopify-shop-domain", "northpeak.myshopify.com.evil.example"],
    ["x-shopify-shop-domain", "-x.myshopify.com"],
    ["x-shopify-topic", "orders"],
    ["x-shopify-topic", "orders/../create"],
    ["x-shopify-webhook-id", "a b"],
    ["x-shopify-webhook-id", "k".repeat(121)],
    ["x-shopify-hmac-sha256", ""],
  ])("%s: %s is malformed", async (name, value) => {
    expect(await send({ [name]: value })).toBe(400);
    expect(await stored()).toEqual([]);
  });
});

describe("a carrier's own key", () => {
  const token = "T".repeat(43);
  let key: string | null;
  const push: CarrierPush = {
    verify: () => true,
    deliveryKey: () => key,
    read: () => ({ shipments: [], errors: [] }),
  };
  const carriers = { find: () => ({ push }) };

  async function deliver(body: string): Promise<number> {
    const url = "https://doorstep.example/webhooks/carriers/acme/x";
    const request = new Request(url, { method: "POST", body });
    const { services } = edge;
    return (await receiveCarrierWebhook({ ...services, carriers }, request, { carrier: "acme", token })).status;
  }

  beforeEach(async () => {
    await edge.rows("DELETE FROM carrier_account");
    const seal = (name: string, value: string) =>
      testKeys.seal(value, { shopId, field: `carrier_account.acc_1.${name}` });
    await edge.services.db.forShop(shopId, (tx) =>
      tx.carrierAccount.create({
        data: {
          ...{ shopId, id: "acc_1", carrier: "acme", label: "", credentialsSealed: seal("credentials", "{}") },
          ...{ hookTokenHash: sha256(token), hookTokenSealed: seal("hook_token", token) },
          ...{
            hookSecretsSealed: seal("hook_secrets", "[]"),
            createdAt: edge.clock.now(),
            updatedAt: edge.clock.now(),
          },
        },
      }),
    );
  });

  it.each([
    ["empty", ""],
    ["blank", "  "],
    ["with a byte that no text column takes", "evt\u0000"],
    ["with half a character", "evt\ud800"],
  ])("that is %s is replaced by the bytes' own", async (_name, odd) => {
    key = odd;
    expect(await deliver("first")).toBe(200);
    expect(await deliver("second")).toBe(200);
    expect(await deliver("first")).toBe(200);
    expect((await stored()).map((row) => row.key).sort()).toEqual([sha256("first"), sha256("second")].sort());
  });

  it("of any length makes its delivery one", async () => {
    key = "k".repeat(5_000);
    expect(await deliver("first")).toBe(200);
    expect(await deliver("second, counted by the carrier")).toBe(200);
    expect(await stored()).toHaveLength(1);
  });
});

describe("a slow worker", () => {
  const handler = (handle: DeliveryHandler["handle"]) => () => ({ withoutInstallation: false, handle });
  const run = (deliveryId: string, handle: DeliveryHandler["handle"]) =>
    processDelivery(edge.services, { shopId, deliveryId, findHandler: handler(handle) });
  const state = () => edge.rows("SELECT status, outcome, error FROM inbound_delivery WHERE shop_id = $1", [shopId]);

  it.each([
    ["fails for good", new InvalidInputError("too late")],
    ["asks for repetition", new Error("too late")],
  ])("that %s does not undo what another has finished", async (_name, error) => {
    await send({});
    const [{ id = "" } = {}] = await stored();
    await run(id, async () => {
      await run(id, () => Promise.resolve({ kind: "applied" }));
      throw error;
    }).catch(() => undefined);
    expect(await state()).toEqual([{ status: "processed", outcome: null, error: null }]);
  });
});

describe("the directory of shops", () => {
  it("forgets whom it has not met for longest, and stays within its size", () => {
    const directory = new ShopDirectory(2);
    directory.set("a", "1");
    directory.set("b", "2");
    expect(directory.get("a")).toBe("1");
    directory.set("c", "3");
    expect(["a", "b", "c"].map((domain) => directory.get(domain))).toEqual(["1", undefined, "3"]);
    directory.set("a", "4");
    expect(directory.get("a")).toBe("4");
    directory.forget("a");
    expect(directory.get("a")).toBeUndefined();
  });
});

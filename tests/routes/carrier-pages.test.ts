import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "#app/lib/ids.ts";
import { action as account, loader as accountLoader } from "#app/routes/app.settings.carriers.$accountId.tsx";
import { action as order, loader as list } from "#app/routes/app.settings.carriers._index.tsx";
import { action as codes, loader as codesLoader } from "#app/routes/app.settings.carriers.codes.tsx";
import { loader as parcels } from "#app/routes/app.shipments._index.tsx";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { callRoute, type RouteFunction } from "./admin-requests.ts";
import { type AdminWorld, makeAdminWorld } from "./admin-world.ts";

const edge = keepOpen(openRouteEdge);
let shop: AdminWorld;

let worlds = 0;
beforeEach(async () => void (shop = await makeAdminWorld(edge, `carrierpages${(worlds += 1)}x`)));

interface Call {
  url?: string;
  form?: Record<string, string>;
  params?: Record<string, string>;
}

async function call<Answer>(route: RouteFunction, options: Call = {}): Promise<Answer> {
  const answer = await callRoute(route, { domain: shop.domain, url: "/app", ...options });
  return (await answer.json()) as Answer;
}

/** A second account of the shop, of equal priority. */
async function addAccount(carrier: string): Promise<string> {
  const id = newId("acc", edge.clock);
  await edge.rows(
    `INSERT INTO carrier_account (shop_id, id, carrier, label, credentials_sealed, status, priority, hook_token_hash,
       hook_token_sealed, created_at, updated_at)
     SELECT shop_id, $2, $3, '', credentials_sealed, 'active', priority, $2, hook_token_sealed, created_at, updated_at
     FROM carrier_account WHERE id = $1`,
    [shop.accountId, id, carrier],
  );
  return id;
}

interface ListAnswer {
  accounts: { id: string; name: string; carrierName: string; following: number; perDay: number | null }[];
  carriers: { id: string; share: number; connected: number }[];
  unread: number;
}

describe("the page of carrier accounts", () => {
  it("shows them as they are asked, of equal priority the carrier's own first, and what else can be connected", async () => {
    const service = await addAccount("easypost");
    const page = await call<ListAnswer>(list);
    expect(page.accounts.map(({ id }) => id)).toEqual([shop.accountId, service]);
    expect(page.accounts.map(({ name, carrierName }) => [name, carrierName])[1]).toEqual(["EasyPost", "EasyPost"]);
    expect(page.carriers.find(({ id }) => id === "ups")).toMatchObject({ share: 1, connected: 1 });
    expect(page.unread).toBe(1);
  });

  it("keeps the order that it is given", async () => {
    const service = await addAccount("easypost");
    const form = { intent: "order", accountIds: `${service},${shop.accountId}` };
    expect(await call(order, { form })).toEqual({ kind: "ordered" });
    expect((await call<ListAnswer>(list)).accounts.map(({ id }) => id)).toEqual([service, shop.accountId]);
  });
});

describe("the page of one account", () => {
  const standing = async () =>
    (await call<{ account: object }>(accountLoader, { params: { accountId: shop.accountId } })).account;
  const params = () => ({ accountId: shop.accountId });

  it("changes the name alone when no credentials are typed", async () => {
    const form = { intent: "save", label: "Berlin", clientId: "", clientSecret: " ", accountNumber: "" };
    expect(await call(account, { params: params(), form })).toEqual({ kind: "saved" });
    expect(await standing()).toMatchObject({ label: "Berlin", status: "active" });
  });

  it("switches it off and on", async () => {
    for (const [intent, status] of [
      ["switch_off", "disabled"],
      ["switch_on", "active"],
    ] as const) {
      expect(await call(account, { params: params(), form: { intent } })).toEqual({ kind: "switched" });
      expect(await standing()).toMatchObject({ status });
    }
  });
});

interface CodesAnswer {
  codes: { code: string; carrierName: string; parcels: number }[];
  mappings: { id: string; code: string; status: string; subStatus: string | null; busy: boolean }[];
}

describe("the page of codes that could not be read", () => {
  it("lists them, leads to their parcels, and takes what they mean and back again", async () => {
    const { code } = shop;
    expect((await call<CodesAnswer>(codesLoader)).codes).toMatchObject([{ code, carrierName: "UPS", parcels: 1 }]);
    const found = await callRoute(parcels, { domain: shop.domain, url: `/app/shipments?scan=ups%3A${code}` });
    expect(await found.text()).toContain(shop.shipmentId);
    const form = { intent: "map", carrier: "ups", code, status: "delivered", subStatus: "locker" };
    const { mappingId } = await call<{ mappingId: string }>(codes, { form });
    const page = await call<CodesAnswer>(codesLoader);
    expect(page.codes).toEqual([]);
    expect(page.mappings).toContainEqual(
      expect.objectContaining({ id: mappingId, code, status: "delivered", subStatus: "locker", busy: true }),
    );
    expect(await call(codes, { form: { intent: "undo", mappingId } })).toEqual({ kind: "undone" });
  });

  it("refuses a meaning that no scan can have", async () => {
    const form = { intent: "map", carrier: "ups", code: shop.code, status: "expired", subStatus: "" };
    const answer = await callRoute(codes, { domain: shop.domain, url: "/app", form });
    expect([answer.status, await answer.json()]).toEqual([400, { kind: "invalid" }]);
  });
});

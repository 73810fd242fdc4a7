import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "#app/lib/ids.ts";
import { action as home, loader as homeLoader } from "#app/routes/app._index.tsx";
import { action as deliveries } from "#app/routes/app.deliveries.tsx";
import { loader as download } from "#app/routes/app.privacy.$requestId.ts";
import { action as brand, loader as brandLoader } from "#app/routes/app.settings.brand.tsx";
import { action as account } from "#app/routes/app.settings.carriers.$accountId.tsx";
import { action as connect } from "#app/routes/app.settings.carriers.new.$carrier.tsx";
import { action as messages } from "#app/routes/app.settings.messages.tsx";
import { action as privacy } from "#app/routes/app.settings.privacy.tsx";
import { action as retrackAction, loader as parcel } from "#app/routes/app.shipments.$shipmentId.tsx";
import { action as views, loader as list } from "#app/routes/app.shipments._index.tsx";
import { loader as rawEvent } from "#app/routes/app.shipments_.$shipmentId_.events.$fingerprint.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { callRoute, type RouteFunction, storeOfflineSession } from "./admin-requests.ts";
import { type AdminWorld, makeAdminWorld } from "./admin-world.ts";

const edge = keepOpen(openRouteEdge);
let shop: AdminWorld;

beforeAll(async () => {
  shop = await makeAdminWorld(edge, "kzqvma");
});

interface Call {
  url?: string;
  form?: Record<string, string>;
  params?: Record<string, string>;
}

async function call(route: RouteFunction, { url = "/app", ...rest }: Call = {}): Promise<Response> {
  return callRoute(route, { domain: shop.domain, url, ...rest });
}

const jsonOf = async (route: RouteFunction, options?: Call): Promise<Record<string, unknown>> =>
  (await (await call(route, options)).json()) as Record<string, unknown>;

async function settings(): Promise<Record<string, Record<string, unknown>>> {
  const [row] = await edge.rows<{ settings: Record<string, Record<string, unknown>> }>(
    "SELECT settings FROM shop WHERE id = $1",
    [shop.shopId],
  );
  return row?.settings ?? {};
}

describe("settings", () => {
  it("refuses what is not valid, field by field, and saves nothing of it", async () => {
    const form = {
      displayName: "x".repeat(81),
      logoUrl: "http://a.example/l.png",
      primaryColour: "blue",
      supportEmail: "me",
    };
    expect(await jsonOf(brand, { form })).toEqual({
      kind: "invalid",
      problems: { displayName: "too_long", logoUrl: "url", primaryColour: "colour", supportEmail: "email" },
    });
    expect((await settings())["brand"]).toBeUndefined();
  });

  it("saves the brand once, however often the form is sent", async () => {
    const form = { displayName: " Northpeak ", primaryColour: "#1f5135" };
    await Promise.all([call(brand, { form }), call(brand, { form })]);
    expect(await jsonOf(brandLoader)).toMatchObject({ brand: { displayName: "Northpeak", primaryColour: "#1f5135" } });
    const changes = await edge.rows("SELECT id FROM activity WHERE shop_id = $1 AND type = 'shop.settings_changed'", [
      shop.shopId,
    ]);
    expect(changes).toHaveLength(1);
  });

  it.each(["6", "731", "ten", "", "30.5"])("refuses to keep data for %j days", async (keepBuyerDataDays) => {
    expect(await jsonOf(privacy, { form: { keepBuyerDataDays } })).toEqual({
      kind: "invalid",
      problems: { keepBuyerDataDays: "days" },
    });
  });

  it("goes live only when the form says so, from then on, and leaves the other switches alone", async () => {
    await call(messages, { form: { paused: "true" } });
    expect((await settings())["messages"]).toEqual({
      ...{ live: false, paused: true, liveSince: null, previewed: {} },
    });
    await call(messages, { form: { live: "true" } });
    const { liveSince, ...rest } = (await settings())["messages"] as { liveSince: string };
    expect(rest).toEqual({ live: true, paused: true, previewed: {} });
    expect(Number.isNaN(Date.parse(liveSince))).toBe(false);
  });

  it("puts a card away for good, and knows no other cards", async () => {
    await call(home, { form: { intent: "dismiss", card: "setup" } });
    await call(home, { form: { intent: "dismiss", card: "setup" } });
    await call(home, { form: { intent: "dismiss", card: "numbers" } });
    expect((await jsonOf(homeLoader))["dismissed"]).toEqual(["setup"]);
  });
});

describe("saved views", () => {
  it("makes one view of a double click, renames and removes it", async () => {
    const form = { intent: "create", name: "Late", query: "tab=attention" };
    const answers = await Promise.all([jsonOf(views, { form }), jsonOf(views, { form })]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["name_taken", "saved"]);
    const id = String(answers.find(({ kind }) => kind === "saved")?.["id"]);
    expect(await jsonOf(views, { form: { intent: "rename", id, name: " " } })).toEqual({ kind: "name_invalid" });
    expect(await jsonOf(views, { form: { intent: "rename", id, name: "Very late" } })).toMatchObject({ kind: "saved" });
    expect((await jsonOf(list))["views"]).toContainEqual({ id, name: "Very late", query: "tab=attention" });
    expect(await jsonOf(views, { form: { intent: "remove", id } })).toEqual({ kind: "removed" });
    expect((await call(views, { form: { intent: "remove", id } })).status).toBe(404);
  });

  it("refuses a form it does not know", async () => {
    expect((await call(views, { form: { intent: "explode" } })).status).toBe(400);
  });
});

describe("the list of parcels", () => {
  interface List {
    page: { rows: { id: string; orderName: string }[]; next: string | null; previous: string | null };
    counts: Record<string, number>;
  }
  const find = async (query: string): Promise<List> =>
    (await jsonOf(list, { url: `/app/shipments?${query}` })) as never;

  it.each([
    "q=kzqvma",
    "q=%23KZQVMA1",
    "q=1zkzqvma",
    "q=KZQVMA@example",
    "q=lindqvist",
    "tab=attention",
    "carrier=ups",
  ])("finds the parcel by %s", async (query) => {
    expect((await find(query)).page.rows.map(({ id }) => id)).toContain(shop.shipmentId);
  });

  it.each(["q=nobody", "tab=delivered", "carrier=fedex", "country=DE", "problem=reusedNumber", "from=2026-11-21"])(
    "finds nothing by %s",
    async (query) => {
      expect((await find(query)).page.rows).toEqual([]);
    },
  );

  it.each(["tab=%00", "from=yesterday", "cursor=x", "country=%27", "q=%25%5C_", "problem=1"])(
    "answers %s without an error",
    async (query) => {
      expect((await call(list, { url: `/app/shipments?${query}` })).status).toBe(200);
    },
  );

  it("walks forth and back through the pages of a tab of several statuses, each parcel once", async () => {
    const { db } = edge.services;
    await db.forShop(shop.shopId, async (tx) => {
      const { orderId } = await makeOrder(tx, edge.clock, { shopId: shop.shopId, name: "#9000" });
      for (let index = 0; index < 60; index += 1) {
        const status = index % 2 ? "unknown" : "pre_transit";
        edge.clock.advance(1_000);
        await makeShipment(tx, edge.clock, { shopId: shop.shopId, orderId, status });
      }
    });
    const first = await find("tab=waiting");
    const second = await find(`tab=waiting&cursor=${first.page.next}`);
    const back = await find(`tab=waiting&cursor=${second.page.previous}`);
    const ids = [...first.page.rows, ...second.page.rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(60);
    expect(second.page.next).toBeNull();
    expect(back.page.rows).toEqual(first.page.rows);
    expect(first.counts).toMatchObject({ waiting: 60, attention: 1, all: 61 });
  });
});

describe("one parcel", () => {
  it("shows the order, the journey, the messages and why, but no street and no token", async () => {
    const answer = await call(parcel, { params: { shipmentId: shop.shipmentId } });
    const text = await answer.text();
    expect(text).toContain("Damaged kzqvma");
    expect(text).toContain("not_live");
    expect(text).not.toContain("linkTokenSealed");
    expect(text).not.toContain('"raw"');
  });

  it("shows what the carrier sent when it is asked for", async () => {
    const params = { shipmentId: shop.shipmentId, fingerprint: shop.fingerprint };
    expect(await jsonOf(rawEvent, { params })).toMatchObject({ rule: "code:X" });
  });

  it("asks the carrier once for a double click", async () => {
    const params = { shipmentId: shop.shipmentId };
    await edge.services.db.forShop(shop.shopId, (tx) =>
      tx.shipment.updateMany({ where: { id: shop.shipmentId }, data: { lastCheckAt: edge.clock.now() } }),
    );
    expect(await jsonOf(retrackAction, { params, form: {} })).toEqual({ kind: "too_soon" });
    expect(await waitingJobs(edge.database, "shipments.check")).toEqual([]);
  });
});

describe("carrier accounts", () => {
  it("names the missing fields and saves nothing", async () => {
    const form = { intent: "save", label: "Mine", clientId: "x" };
    expect(await jsonOf(connect, { params: { carrier: "ups" }, form })).toEqual({
      kind: "invalid",
      problems: { clientSecret: "required" },
    });
  });

  it("removes an account once", async () => {
    const params = { accountId: shop.accountId };
    expect((await call(account, { params, form: { intent: "remove" } })).headers.get("location")).toBe(
      "/app/settings/carriers",
    );
    expect((await call(account, { params, form: { intent: "remove" } })).status).toBe(404);
  });
});

describe("deliveries and privacy", () => {
  it("replays a failed delivery once", async () => {
    const form = { deliveryId: shop.deliveryId };
    const answers = await Promise.all([call(deliveries, { form }), call(deliveries, { form })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(await waitingJobs(edge.database, "intake.process-delivery")).toHaveLength(1);
  });

  it("hands out the export as a file that nobody keeps", async () => {
    const answer = await call(download, { params: { requestId: shop.requestId } });
    expect(answer.headers.get("content-disposition")).toContain("attachment");
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(await answer.json()).toEqual({ buyer: "kzqvma" });
    expect((await call(download, { params: { requestId: newId("prv", edge.clock) } })).status).toBe(404);
  });
});

it("a shop whose install was cut off between its token and its row is installed by the next visit", async () => {
  const { shopId, domain } = await makeShop(edge.services.db, edge.clock, { status: "pending" });
  await storeOfflineSession(edge, domain);
  const answer = await callRoute(homeLoader, { domain, url: "/app" });
  expect(answer.status).toBe(200);
  expect(await edge.rows("SELECT status FROM shop WHERE id = $1", [shopId])).toEqual([{ status: "installed" }]);
  expect(await waitingJobs(edge.database, "shops.set-up")).toContainEqual({ shopId });
});

import { beforeEach, describe, expect, it } from "vitest";
import { loadSettings, saveSettings } from "#app/modules/shops/settings.server.ts";
import { readSettings, type ShopSettings } from "#app/modules/shops/settings.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openEdge } from "./edge-services.ts";

const edge = keepOpen(openEdge);
let shopId: string;
const defaults = readSettings({});

beforeEach(async () => {
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
});

const load = () => edge.services.db.forShop(shopId, (tx) => loadSettings(tx, shopId));
const save = (changes: Partial<ShopSettings>, actorId: string | null = "42") =>
  edge.services.db.forShop(shopId, (tx) => saveSettings(tx, edge.services, { shopId, changes, actorId }));
const trail = () =>
  edge.rows("SELECT type, actor, data FROM activity WHERE shop_id = $1 ORDER BY actor, type", [shopId]);

describe("settings", () => {
  it("start with defaults and keep what two people save at the same moment", async () => {
    expect(await load()).toEqual(defaults);
    const brand = { ...defaults.brand, displayName: "Northpeak" };
    const storefront = { ...defaults.storefront, showItems: false };
    await Promise.all([save({ brand }), save({ storefront })]);
    expect(await load()).toEqual({ ...defaults, brand, storefront });
  });

  it("leave a line for what changed, and none for nothing", async () => {
    await save({ brand: defaults.brand });
    expect(await trail()).toEqual([]);
    await save({ writeBack: { enabled: true } });
    await save({ storefront: { ...defaults.storefront, proxyPath: "/a/track" } }, null);
    expect(await trail()).toEqual([
      { type: "shop.settings_changed", actor: "staff", data: { parts: ["writeBack"] } },
      { type: "shop.settings_changed", actor: "system", data: { parts: ["storefront"] } },
    ]);
  });

  it("say aloud when messages go live", async () => {
    await save({ messages: { ...defaults.messages, live: true } });
    expect(await trail()).toContainEqual({ type: "shop.went_live", actor: "staff", data: { live: true } });
  });

  it("refuse what is not valid and stay as they were", async () => {
    const brand = { ...defaults.brand, primaryColour: "javascript:alert(1)" };
    await expect(save({ brand })).rejects.toThrow(/primaryColour/);
    expect(await load()).toEqual(defaults);
  });
});

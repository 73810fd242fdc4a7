import { describe, expect, it } from "vitest";
import { applySettingsForm } from "#app/modules/shops/settings-form.ts";
import { readSettings } from "#app/modules/shops/settings.ts";

const defaults = readSettings({});

describe("stored settings", () => {
  it.each([[null], [undefined], ["text"], [7], [[]], [{ unknown: { a: 1 } }]])(
    "%j are read as the defaults",
    (stored) => {
      expect(readSettings(stored)).toEqual(defaults);
    },
  );

  it("lose only the rotten part, and never go live by it", () => {
    const read = readSettings({
      brand: { displayName: "Northpeak", primaryColour: "red" },
      messages: { live: "yes" },
      privacy: { keepBuyerDataDays: 30 },
      storefront: { proxyPath: "/apps/parcels" },
      dismissed: ["setup"],
    });
    expect(read).toEqual({
      ...defaults,
      privacy: { keepBuyerDataDays: 30 },
      storefront: { proxyPath: "/apps/parcels", showItems: true },
      dismissed: ["setup"],
    });
    expect(read.messages.live).toBe(false);
  });

  it("of an older version are completed, and what is unknown is kept out", () => {
    const read = readSettings({ messages: { live: true, enabled: { shipped: false } } });
    expect(read.messages).toEqual({ live: true, paused: false, liveSince: null, previewed: {} });
  });
});

describe("a form", () => {
  it.each([
    ["brand", { logoUrl: "http://a.example/x.png" }, { logoUrl: "url" }],
    ["brand", { logoUrl: "javascript:alert(1)", primaryColour: "#12345" }, { logoUrl: "url", primaryColour: "colour" }],
    ["brand", { displayName: "x".repeat(81) }, { displayName: "too_long" }],
    ["sender", { replyTo: "a@b.example\r\nBcc: c@d.example" }, { replyTo: "email" }],
    ["privacy", { keepBuyerDataDays: "6" }, { keepBuyerDataDays: "days" }],
    ["privacy", { keepBuyerDataDays: "731" }, { keepBuyerDataDays: "days" }],
    ["privacy", { keepBuyerDataDays: "1e2" }, { keepBuyerDataDays: "days" }],
    ["privacy", { keepBuyerDataDays: "" }, { keepBuyerDataDays: "days" }],
  ] as const)("%s with %o names the field", (form, fields, problems) => {
    expect(applySettingsForm(form, defaults, fields)).toEqual({ problems });
  });

  it("changes what it has, and nothing that it merely names", () => {
    const before = readSettings({ brand: { displayName: "Before", supportEmail: "help@northpeak.example" } });
    const fields = { displayName: "  After ", fromAddress: "x@y.example", __proto__: "x", intent: "save" };
    expect(applySettingsForm("brand", before, fields)).toEqual({
      changes: { brand: { ...before.brand, displayName: "After" } },
    });
    const shorter = readSettings({ privacy: { keepBuyerDataDays: 30 } });
    expect(applySettingsForm("privacy", shorter, {})).toEqual({ changes: { privacy: { keepBuyerDataDays: 30 } } });
    expect(applySettingsForm("sender", before, { displayName: "x", intent: "save" })).toEqual({
      changes: { sender: before.sender },
    });
  });

  it.each(["7", "730", " 60 "])("takes %j days", (keepBuyerDataDays) => {
    expect(applySettingsForm("privacy", defaults, { keepBuyerDataDays })).toEqual({
      changes: { privacy: { keepBuyerDataDays: Number(keepBuyerDataDays) } },
    });
  });
});

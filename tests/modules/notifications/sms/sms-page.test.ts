import { beforeEach, describe, expect, it } from "vitest";
import { answerSmsForm } from "#app/modules/notifications/sms/answer-sms-form.server.ts";
import { readSmsPage } from "#app/modules/notifications/sms/read-sms-page.server.ts";
import { readShopSituation } from "#app/modules/notifications/situation/shop-situation.server.ts";
import { sendTestText } from "#app/modules/notifications/sms/send-test-text.server.ts";
import { estimateCost, readPrice, writePrice } from "#app/modules/notifications/sms/sms-prices.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { MAGIC_NUMBERS, TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openSmsWorld, PERSON, shipTo, type SmsWorld, TYPED, WORDING } from "./sms-world.ts";

const edge = keepOpen(openRouteEdge);
let world: SmsWorld;

beforeEach(async () => {
  world = await openSmsWorld(edge);
});

const press = (intent: string, fields: Record<string, string> = {}) =>
  answerSmsForm(world.services, {
    shopId: world.shopId,
    actorId: "42",
    fields: { ...fields, intent },
    testBody: "A test.",
    locale: "en",
  });
const page = () =>
  world.services.db.forShop(world.shopId, (tx) =>
    readSmsPage(tx, world.services, { shopId: world.shopId, now: edge.clock.now() }),
  );

describe("the page about texts", () => {
  it("estimates what a month costs where the shop ships to, and says where nobody knows the price", async () => {
    await shipTo(world.services, { shopId: world.shopId, countries: ["DE", "DE", "AQ"] });
    expect((await page()).countries).toEqual([
      {
        country: "DE",
        orders: 2,
        estimate: { microsPerText: 110_500, textsPerMonth: 6, microsPerMonth: 663_000 },
        accepted: false,
        whatsapp: "",
      },
      { country: "AQ", orders: 1, estimate: null, accepted: false, whatsapp: "" },
      {
        country: "US",
        orders: 0,
        estimate: { microsPerText: 12_300, textsPerMonth: 0, microsPerMonth: 0 },
        accepted: false,
        whatsapp: "",
      },
    ]);
    expect(estimateCost({ country: "US", orders: 10 }, { segments: 2, textsPerOrder: 1 })).toEqual({
      ...{ microsPerText: 24_600, textsPerMonth: 10, microsPerMonth: 246_000 },
    });
  });

  it("sums what this month has cost, and not the last", async () => {
    const now = edge.clock.now();
    const cost = { state: "sent", costCurrency: "USD" };
    await world.makeText({ ...cost, sentAt: now, costMicros: 8_300n });
    await world.makeText({ ...cost, sentAt: now, costMicros: 16_600n, delivery: "failed" });
    await world.makeText({ state: "sent", sentAt: now });
    await world.makeText({ ...cost, sentAt: new Date("2026-10-31T23:59:59Z"), costMicros: 99n });
    expect((await page()).month).toEqual({ texts: 3, failed: 1, costs: [{ currency: "USD", micros: 24_900 }] });
  });

  it("leads from nothing to live, one button after the other, and shows no secret", async () => {
    expect(await page()).toMatchObject({ account: null, closed: "not_connected", hookUrl: null });
    expect(await press("connect", TYPED)).toMatchObject({ kind: "connected" });
    expect(await press("accept_prices", { countries: "US" })).toEqual({ kind: "saved" });
    expect(await press("consent", { wording: WORDING })).toEqual({ kind: "saved" });
    expect(await press("switch_on")).toEqual({ kind: "saved" });
    const shown = await page();
    expect(shown).toMatchObject({ closed: null, countries: [{ country: "US", accepted: true }] });
    expect(JSON.stringify(shown)).not.toMatch(new RegExp(`${TYPED["apiKeySecret"]}|${TYPED["authToken"]}`));
    expect(await press("remove")).toEqual({ kind: "saved" });
    expect((await page()).closed).toBe("not_connected");
  });

  it.each([
    ["accept_prices", { countries: "" }, { countries: "required" }],
    ["accept_prices", { countries: "US,usa" }, { countries: "country" }],
    ["whatsapp_prices", { "price.US": "free" }, { "price.US": "price" }],
    ["consent", { wording: "  " }, { wording: "required" }],
    ["consent", { wording: "x".repeat(1_001) }, { wording: "too_long" }],
    [
      "caps",
      { perNumber: "0", perPrefix: "4.5", perShop: "" },
      { perNumber: "whole_number", perPrefix: "whole_number", perShop: "whole_number" },
    ],
    ["test", { testTo: "" }, { testTo: "required" }],
    ["test", { testTo: "12" }, { testTo: "phone" }],
  ])("refuses %s with %o", async (intent, fields, problems) => {
    await press("connect", TYPED);
    expect(await press(intent, fields as Record<string, string>)).toEqual({ kind: "invalid", problems });
  });

  it("lets WhatsApp out only where the merchant has said what a message costs", async () => {
    await world.goLive({ typed: { whatsappFrom: TWILIO_ACCOUNT.whatsappSender }, countries: ["US", "DE"] });
    const channels = () =>
      world.services.db.forShop(world.shopId, async (tx) => (await readShopSituation(tx, world.shopId)).channels);
    expect(await channels()).toEqual(["email", "sms"]);
    const prices = { "price.DE": "0,0511", "price.US": "", "price.FR": "0.08" };
    expect(await press("whatsapp_prices", prices)).toEqual({ kind: "saved" });
    expect(await channels()).toEqual(["email", "sms", "whatsapp"]);
    const shown = await page();
    expect(shown.account?.options.whatsappPrices).toMatchObject({ microsByCountry: { DE: 51_100 }, setBy: "42" });
    expect(shown.countries.map(({ country, whatsapp }) => [country, whatsapp])).toEqual([
      ["DE", "0.0511"],
      ["US", ""],
    ]);
    expect(await press("whatsapp_prices", { "price.DE": " " })).toEqual({ kind: "saved" });
    expect(await channels()).toEqual(["email", "sms"]);
  });

  it.each([
    ["0.0034", 3_400, "0.0034"],
    ["5", 5_000_000, "5.00"],
    [" 0,1 ", 100_000, "0.10"],
    ["0.000001", 1, "0.000001"],
  ])("reads the price %s", (typed, micros, written) => {
    expect(readPrice(typed)).toBe(micros);
    expect(writePrice(micros)).toBe(written);
    expect(readPrice(written)).toBe(micros);
  });

  it.each(["0", "-1", "5.01", "1e2", "0.0000001", "three", "$0.03"])("takes %s for no price", (typed) => {
    expect(readPrice(typed)).toBeNull();
  });

  it("takes new limits, and nothing from a button that does not exist", async () => {
    await press("connect", TYPED);
    expect(await press("caps", { perNumber: "2", perPrefix: "20", perShop: "200" })).toEqual({ kind: "saved" });
    expect((await page()).account?.options.caps).toEqual({ perNumber: 2, perPrefix: 20, perShop: 200 });
    expect(await press("steal")).toEqual({ kind: "not_found" });
  });
});

describe("a test text", () => {
  it("goes to the merchant's own number before the channel is on, ten times an hour", async () => {
    await press("connect", TYPED);
    for (let count = 0; count < 10; count += 1)
      expect(await press("test", { testTo: PERSON })).toEqual({ kind: "sent", to: PERSON });
    expect(await press("test", { testTo: PERSON })).toEqual({ kind: "not_sent", problem: "busy", code: null });
    expect(world.sandbox.texts.outbound()).toHaveLength(10);
    expect(world.sandbox.texts.outbound()[0]).toMatchObject({ to: PERSON, body: "A test." });
    await world.settle();
    const sent = await edge.rows("SELECT state, provider_id FROM notification WHERE shop_id = $1", [world.shopId]);
    expect(sent).toHaveLength(10);
    expect(sent).toContainEqual({ state: "sent", provider_id: world.sandbox.texts.outbound()[0]?.sid });
  });

  it("that Twilio refuses says why", async () => {
    expect(await press("test", { testTo: PERSON })).toMatchObject({ kind: "not_sent", problem: "bad_credentials" });
    await press("connect", TYPED);
    expect(await press("test", { testTo: MAGIC_NUMBERS.regionClosed })).toMatchObject({ kind: "invalid" });
    world.sandbox.faults.set({ accepted_then_reset: 1 });
    expect(await press("test", { testTo: PERSON })).toEqual({ kind: "not_sent", problem: "no_answer", code: null });
    world.sandbox.faults.set({});
    world.sandbox.inbound.receive({ from: PERSON, to: TYPED["sender"] ?? "", body: "STOP" });
    expect(await press("test", { testTo: PERSON })).toEqual({ kind: "not_sent", problem: "stopped", code: 21610 });
    const rows = await edge.rows(
      "SELECT state, purpose, audience, channel, recipient, error FROM notification WHERE shop_id = $1 ORDER BY state",
      [world.shopId],
    );
    const test = { purpose: "test", audience: "staff", channel: "sms", recipient: PERSON };
    expect(rows).toMatchObject([
      { ...test, state: "failed", error: "stopped (Twilio 21610)" },
      { ...test, state: "unknown" },
    ]);
  });

  it("over WhatsApp carries the approved template, and says where there is no sender", async () => {
    const variables = { 1: "Northpeak", 2: "#1042", 3: "https://northpeak.example" };
    const content = { sid: TWILIO_ACCOUNT.contents[0]?.sid ?? "", variables };
    const tryOut = () =>
      sendTestText(world.services, {
        ...{ shopId: world.shopId, kind: "shipped", locale: "en", to: PERSON, body: "Free text" },
        ...{ channel: "whatsapp", content },
      });
    await press("connect", TYPED);
    expect(await tryOut()).toEqual({ kind: "not_sent", problem: "no_whatsapp_sender", code: null });
    await press("connect", { ...TYPED, whatsappFrom: TWILIO_ACCOUNT.whatsappSender });
    expect(await tryOut()).toEqual({ kind: "sent", to: PERSON });
    expect(world.sandbox.texts.outbound()).toMatchObject([
      { to: `whatsapp:${PERSON}`, from: TWILIO_ACCOUNT.whatsappSender },
    ]);
    expect(
      await edge.rows(
        "SELECT channel, recipient, state, country_code FROM notification WHERE shop_id = $1 ORDER BY state",
        [world.shopId],
      ),
    ).toEqual(
      ["failed", "sent"].map((state) => ({ channel: "whatsapp", recipient: PERSON, state, country_code: "US" })),
    );
  });
});

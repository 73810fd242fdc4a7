import { beforeEach, describe, expect, it } from "vitest";
import { checkSmsCaps } from "#app/modules/notifications/sms/check-sms-caps.server.ts";
import { saveSmsCaps, setWhatsappPrices } from "#app/modules/notifications/sms/manage-sms-account.server.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { openSmsWorld, PERSON, type SmsWorld, WORDING } from "./sms-world.ts";

const edge = keepOpen(openRouteEdge);
let world: SmsWorld;

beforeEach(async () => {
  world = await openSmsWorld(edge);
  await world.goLive({ countries: ["US", "DE", "GB"] });
});

const check = async (to: string, notificationId?: string) => {
  const id = notificationId ?? (await world.makeText({ recipient: to }));
  const { db } = world.services;
  return db.forShop(world.shopId, (tx) =>
    checkSmsCaps(world.services, tx, { shopId: world.shopId, notificationId: id, to }),
  );
};
const setCaps = (caps: { perNumber: number; perPrefix: number; perShop: number }) =>
  saveSmsCaps(world.services, { shopId: world.shopId, actorId: "42", caps });
const REACHED = { ok: false, rule: "cap_reached" };
const NOT_SERVED = { ok: false, rule: "country_not_served" };

describe("the caps of texts", () => {
  it("stop the seventh text to a number in a day, over WhatsApp as well, and let the next day begin anew", async () => {
    for (let count = 0; count < 6; count += 1)
      expect(await check(count % 2 ? PERSON : `whatsapp:${PERSON}`)).toEqual({ ok: true });
    expect(await check(PERSON)).toEqual(REACHED);
    expect(await check("+12025550198")).toEqual({ ok: true });
    edge.clock.advance(DAY);
    expect(await check(PERSON)).toEqual({ ok: true });
  });

  it("let WhatsApp go only where the merchant has said what a message costs", async () => {
    const whatsapp = async (to: string) => check(to, await world.makeText({ recipient: to, channel: "whatsapp" }));
    const staff = { shopId: world.shopId, actorId: "42" };
    expect(await whatsapp(PERSON)).toEqual(NOT_SERVED);
    await setWhatsappPrices(world.services, { ...staff, prices: { DE: 60_000 } });
    expect(await whatsapp(PERSON)).toEqual(NOT_SERVED);
    expect(await whatsapp("+4915112345678")).toEqual({ ok: true });
  });

  it("count a message once, however often it is tried", async () => {
    await setCaps({ perNumber: 1, perPrefix: 40, perShop: 100 });
    const id = await world.makeText();
    expect(await check(PERSON, id)).toEqual({ ok: true });
    await edge.rows("UPDATE notification SET attempts = 1 WHERE id = $1", [id]);
    expect(await check(PERSON, id)).toEqual({ ok: true });
    expect(await check(PERSON)).toEqual(REACHED);
  });

  it("do not count what is rolled back", async () => {
    await setCaps({ perNumber: 1, perPrefix: 40, perShop: 100 });
    const id = await world.makeText();
    const { db } = world.services;
    const broken = db.forShop(world.shopId, async (tx) => {
      await checkSmsCaps(world.services, tx, { shopId: world.shopId, notificationId: id, to: PERSON });
      throw new Error("crash");
    });
    await expect(broken).rejects.toThrow("crash");
    expect(await check(PERSON)).toEqual({ ok: true });
  });

  it("hold when twelve processes ask at once", async () => {
    await setCaps({ perNumber: 50, perPrefix: 40, perShop: 5 });
    const numbers = Array.from({ length: 12 }, (_, index) => `+1202555${1_000 + index * 7}`);
    const answers = await Promise.all(numbers.map((to) => check(to)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
  });

  it("keep no number in the counters, and the words of the checkout with the consent", async () => {
    await check(PERSON);
    const counters = JSON.stringify(await edge.rows("SELECT * FROM rate_window WHERE shop_id = $1", [world.shopId]));
    expect(counters).not.toContain(PERSON.slice(1));
    const consent = await edge.rows(
      "SELECT medium, scope, source, wording, address_hash FROM consent WHERE shop_id = $1",
      [world.shopId],
    );
    const hash = await world.hashOf(PERSON);
    expect(consent).toEqual([
      { medium: "phone", scope: "service", source: "checkout", wording: WORDING, address_hash: hash },
    ]);
  });
});

describe("pumping texts", () => {
  it("through a block of numbers ends after the block's share, and does not shut out anybody else", async () => {
    await setCaps({ perNumber: 6, perPrefix: 40, perShop: 2_000 });
    let paid = 0;
    for (let index = 0; index < 90; index += 1) {
      const answer = await check(`+4915112${String(300_000 + index).padStart(6, "0")}`);
      if (answer.ok) paid += 1;
      else expect(answer).toEqual(REACHED);
    }
    expect(paid).toBe(40);
    expect(await check(PERSON)).toEqual({ ok: true });
    expect(await check("+4917098765432")).toEqual({ ok: true });
  });

  it("through many blocks ends at the shop's own limit", async () => {
    await setCaps({ perNumber: 6, perPrefix: 40, perShop: 60 });
    let paid = 0;
    for (let index = 0; index < 80; index += 1) {
      const answer = await check(`+49151${String(10_000_000 + index * 40_000)}`);
      if (answer.ok) paid += 1;
    }
    expect(paid).toBe(60);
  });

  it.each([
    ["+994501234567", "a country whose price nobody accepted"],
    ["+18765550123", "another country with the same calling code"],
    ["+19005550123", "a premium range"],
    ["+449098790000", "a premium range of a served country"],
    ["+882161234567", "a satellite network"],
    ["+1202", "no number at all"],
  ])("to %s pays nothing: %s", async (to) => {
    expect(await check(to)).toEqual(NOT_SERVED);
    expect(await edge.rows("SELECT 1 FROM rate_window WHERE shop_id = $1", [world.shopId])).toEqual([]);
  });

  it("does not shut out the islands that share Britain's numbers", async () => {
    expect(await check("+447911123456")).toEqual({ ok: true });
  });
});

import { Liquid } from "liquidjs";
import { beforeEach, describe, expect, it } from "vitest";
import {
  addressHash,
  addressKeyOf,
  type AddressKey,
  blocksOf,
} from "#app/modules/notifications/address-blocks.server.ts";
import {
  preferencesUrl,
  unsubscribeHeaders,
  unsubscribeUrl,
} from "#app/modules/notifications/unsubscribe/unsubscribe-token.server.ts";
import { LOCALES } from "#app/lib/i18n.ts";
import { action, loader } from "#app/routes/proxy.unsubscribe.$token.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { type MadeShop, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { makeMessage } from "#tests/support/mail-events.ts";
import { proxyRequest } from "#tests/support/proxy-request.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const ONE_CLICK = "List-Unsubscribe=One-Click";

const edge = keepOpen(openRouteEdge);
let shop: MadeShop;
let key: AddressKey;
let token: string;

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  ({ shop, key, token } = await makeReader("avery@example.com"));
});

async function makeReader(recipient: string, channel = "email") {
  const made = await makeShop(edge.services.db, edge.clock);
  const { shopId } = made;
  return edge.services.db.forShop(shopId, async (tx) => {
    const addressKey = await addressKeyOf(tx, edge.services.keys, shopId);
    const personKey = addressHash(addressKey, channel === "email" ? "email" : "phone", recipient);
    const id = await makeMessage(tx, edge.clock, { shopId, recipient, channel, personKey });
    const url = unsubscribeUrl(addressKey, { domain: made.domain, proxyPath: "/apps/doorstep" }, id);
    return { shop: made, key: addressKey, id, url, token: url.split("/").at(-1) ?? "" };
  });
}

const get = (given = token, query: Record<string, string> = {}, domain = shop.domain) =>
  loader({ request: proxyRequest({ domain, query }), params: { token: given }, context: {} });
const post = (body: string, { given = token, domain = shop.domain, headers = FORM, query = {} } = {}) =>
  action({
    request: proxyRequest({ domain, method: "POST", headers, body, query }),
    params: { token: given },
    context: {},
  });
const blocks = (shopId = shop.shopId, emailHash = addressHash(key, "email", "avery@example.com")) =>
  edge.services.db.forShop(shopId, async (tx) => (await blocksOf(tx, shopId, { emailHash })).email);
const count = async () => (await edge.rows("SELECT 1 FROM address_block")).length;
const page = async (answer: Response) => (await new Liquid().parseAndRender(await answer.text())) as string;

describe("a link to unsubscribe", () => {
  it("stands in the header for one click, and names no address", async () => {
    const { url, id } = await makeReader("bo@example.com");
    expect(unsubscribeHeaders(url)).toEqual({
      "List-Unsubscribe": `<${url}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(url).not.toMatch(/example\.com\/?$|bo@|%40/);
    expect(preferencesUrl(key, { domain: "a.myshopify.com", proxyPath: "/apps/x" }, id)).toMatch(/\?manage=1$/);
  });

  it("changes nothing when it is opened, however often and by whom", async () => {
    for (let time = 0; time < 3; time += 1) expect((await get()).status).toBe(200);
    await loader({ request: proxyRequest({ domain: shop.domain, method: "HEAD" }), params: { token }, context: {} });
    expect(await count()).toBe(0);
  });

  it("shows one button", async () => {
    const html = await page(await get());
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html).toMatch(/<form action="\/apps\/doorstep\/unsubscribe\/[^"]+" method="post">/);
    expect(html).not.toContain("<script");
  });
});

describe("one click in a mail program", () => {
  it("stops advertising, without a cookie and without a redirect", async () => {
    const answer = await post(ONE_CLICK);
    expect([answer.status, answer.headers.get("location"), answer.headers.get("set-cookie")]).toEqual([
      200,
      null,
      null,
    ]);
    expect(await blocks()).toEqual({ all: null, marketing: "unsubscribed" });
  });

  it("may come as multipart, and more than once", async () => {
    const body = `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;
    for (let time = 0; time < 3; time += 1) {
      expect((await post(body, { headers: { "content-type": "multipart/form-data; boundary=b" } })).status).toBe(200);
    }
    expect([await count(), (await blocks()).marketing]).toEqual([1, "unsubscribed"]);
  });

  it.each(["", "List-Unsubscribe=Two", "choice=all_of_it", "x".repeat(9_000)])(
    "that asks for something else changes nothing: %s",
    async (body) => {
      expect((await post(body)).status).toBe(400);
      expect(await count()).toBe(0);
    },
  );
});

describe("a token that is not ours", () => {
  it("fails closed: another shop's, an altered one, none, and after the buyer's data have gone", async () => {
    const other = await makeReader("avery@example.com");
    const last = token.at(-1) === "A" ? "B" : "A";
    const strangers = [other.token, token.slice(0, -1) + last, token.toUpperCase(), "x", token.replace("-", ".")];
    for (const given of strangers) {
      expect((await post(ONE_CLICK, { given })).status).toBe(404);
      expect((await get(given)).status).toBe(404);
    }
    expect((await post(ONE_CLICK, { domain: other.shop.domain })).status).toBe(404);
    await edge.rows("UPDATE notification SET person_key = NULL");
    expect((await post(ONE_CLICK)).status).toBe(404);
    expect(await count()).toBe(0);
  });
});

describe("what a shopper chooses", () => {
  const choose = (choice: string) => post(`choice=${choice}`, { query: { manage: "1" } });

  it("may be nothing at all, and everything again", async () => {
    await choose("nothing");
    expect(await blocks()).toEqual({ all: "unsubscribed", marketing: "unsubscribed" });
    expect(await page(await get(token, { manage: "1" }))).toMatch(/checked="" value="nothing"|value="nothing" checked/);
    await choose("orders_only");
    expect(await blocks()).toEqual({ all: null, marketing: "unsubscribed" });
    const html = await page(await choose("everything"));
    expect([html.includes('role="status"'), await count()]).toEqual([true, 0]);
    const choices = await edge.rows<{ detail: { choice: string } }>(
      "SELECT detail FROM notification_event WHERE type = 'preference'",
    );
    expect(choices.length).toBeGreaterThan(0);
  });

  it("lifts neither a bounce, nor a complaint, nor the merchant's own block", async () => {
    for (const [reason, source] of [
      ["bounced", "resend"],
      ["complained", "resend"],
      ["manual", "staff"],
    ]) {
      await edge.rows("DELETE FROM address_block");
      await edge.services.db.forShop(shop.shopId, (tx) =>
        tx.addressBlock.create({
          data: {
            ...{ shopId: shop.shopId, medium: "email", addressHash: addressHash(key, "email", "avery@example.com") },
            ...{ scope: "all", reason: reason ?? "", source: source ?? "", at: edge.clock.now() },
          },
        }),
      );
      await choose("everything");
      expect((await blocks()).all).toBe(reason);
    }
  });

  it("by the link of a text message is about the number", async () => {
    const reader = await makeReader("+15125550100", "sms");
    await post("choice=nothing", { given: reader.token, domain: reader.shop.domain });
    expect(await edge.rows("SELECT medium, scope FROM address_block")).toEqual([{ medium: "phone", scope: "all" }]);
  });

  it.each(LOCALES)("is asked in %s", async (locale) => {
    const english = await page(await get(token, { manage: "1", locale: "en" }));
    const html = await page(await get(token, { manage: "1", locale }));
    expect(html).toContain(`lang="${locale}"`);
    if (locale !== "en") expect(html).not.toBe(english);
    expect(html).not.toMatch(/preferences\.|unsubscribe\.|\{shop\}/);
  });
});

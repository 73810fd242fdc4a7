import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { createLinkMaker, LinkTargetError } from "#app/modules/notifications/links/make-links.server.ts";
import { isLinkTarget } from "#app/modules/notifications/links/link-target.ts";
import { loader } from "#app/routes/proxy.go.$token.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { type MadeShop, makeOrder, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { makeMessage } from "#tests/support/mail-events.ts";
import { proxyRequest } from "#tests/support/proxy-request.ts";
import { DAY } from "#tests/support/test-clock.ts";

const PROMO = "https://northpeak.example/sale?code=TEN";

const edge = keepOpen(openRouteEdge);
let shop: MadeShop;
let notificationId: string;
let linkToken: string;
let tokens: string[];

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  shop = await makeShop(edge.services.db, edge.clock);
  await edge.services.db.forShop(shop.shopId, async (tx) => {
    const made = await makeOrder(tx, edge.clock, shop);
    linkToken = made.linkToken;
    notificationId = await makeMessage(tx, edge.clock, { shopId: shop.shopId, orderId: made.orderId });
  });
  tokens = (await make(["tracking", PROMO])).map((url) => url.split("/").at(-1) ?? "");
});

async function make(targets: string[]): Promise<string[]> {
  const maker = createLinkMaker(edge);
  const wanted = targets.map((target) => ({ label: target === "tracking" ? "track" : "promo", target }));
  const address = { domain: shop.domain, proxyPath: "/apps/doorstep" };
  const made = maker.make({ shopId: shop.shopId, notificationId, address }, wanted);
  await edge.services.db.forShop(shop.shopId, (tx) =>
    maker.keep(
      tx,
      made.map(({ row }) => row),
    ),
  );
  return made.map(({ url }) => url);
}

interface Follow {
  domain?: string;
  method?: string;
  headers?: Record<string, string>;
}

const follow = async (token = "", { domain = shop.domain, ...rest }: Follow = {}) =>
  loader({ request: proxyRequest({ domain, ...rest }), params: { token }, context: {} });
const clicks = async () => {
  const [row] = await edge.rows<{ links: number; clicks: number; delivery: string | null }>(
    `SELECT (SELECT sum(clicks)::int FROM message_link) AS links, clicks, delivery FROM notification`,
  );
  return row;
};

describe("a link of a message", () => {
  it("is short, first-party, and its token is not kept", async () => {
    const [url] = await make([PROMO]);
    expect(url).toMatch(new RegExp(`^https://${shop.domain}/apps/doorstep/go/[0-9A-Za-z]{22}$`));
    const rows = await edge.rows("SELECT * FROM message_link");
    for (const token of tokens) expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("leads where the message pointed, and nobody hears from where", async () => {
    const answer = await follow(tokens[1]);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, PROMO]);
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("cache-control")).toContain("no-store");
  });

  it("leads to the order's tracking page", async () => {
    const answer = await follow(tokens[0]);
    expect(answer.headers.get("location")).toBe(`https://${shop.domain}/apps/doorstep/track/${linkToken}`);
  });

  it("counts people, and neither mail scanners nor previews", async () => {
    await follow(tokens[1]);
    await follow(tokens[1]);
    await follow(tokens[1], { method: "HEAD" });
    await follow(tokens[1], { headers: { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" } });
    await follow(tokens[1], { headers: { "user-agent": "" } });
    await follow(tokens[1], { headers: { "sec-purpose": "prefetch;prerender" } });
    expect(await clicks()).toEqual({ links: 2, clicks: 2, delivery: "clicked" });
    expect(await edge.rows("SELECT type, detail FROM notification_event")).toEqual([
      { type: "clicked", detail: { link: "promo" } },
    ]);
  });

  it("by which somebody stops texts leads to every choice, is no click, and works for years", async () => {
    const token = (await make(["opt_out"]))[0]?.split("/").at(-1);
    edge.clock.advance(1_000 * DAY);
    const answer = await follow(token);
    expect([answer.status, answer.headers.get("location")]).toEqual([
      302,
      expect.stringMatching(new RegExp(`/apps/doorstep/unsubscribe/${notificationId}-[\\w-]{43}\\?manage=1$`)),
    ]);
    expect(await clicks()).toEqual({ links: 0, clicks: 0, delivery: null });
  });

  it("of another shop, an expired one and that of a redacted order lead to the look-up page", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    const answers = [await follow(tokens[1], { domain: other.domain })];
    await edge.rows("UPDATE orders SET redacted_at = now()");
    answers.push(await follow(tokens[0]));
    edge.clock.advance(90 * DAY);
    answers.push(await follow(tokens[1]));
    for (const answer of answers) {
      expect([answer.status, answer.headers.get("location")]).toEqual([404, null]);
      expect(await answer.text()).toContain("Track your order");
    }
    expect(await clicks()).toMatchObject({ links: 0 });
  });

  it("never leaves the list when it is altered: 10,000 mutations", async () => {
    const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_./%:@";
    const { db } = edge.services;
    const { followLink } = await import("#app/modules/notifications/follow-link.server.ts");
    const mutation = fc.tuple(
      fc.constantFrom(...tokens),
      fc.nat(21),
      fc.constantFrom(...alphabet),
      fc.constantFrom("replace", "insert", "cut", "prefix"),
    );
    const mutated = fc.sample(mutation, 10_000).map(([token, at, letter, how]) => {
      if (how === "replace") return token.slice(0, at) + letter + token.slice(at + 1);
      if (how === "insert") return token.slice(0, at) + letter + token.slice(at);
      return how === "cut" ? token.slice(0, at) : `https://evil.example/${token}`;
    });
    const strangers = mutated.filter((token) => !tokens.includes(token));
    expect(strangers.length).toBeGreaterThan(9_000);
    const deps = { ...edge.services, db, storefrontTemplate: undefined };
    const led = [];
    for (const token of strangers) {
      led.push(await followLink(deps, { shopId: shop.shopId, token, counts: false }));
    }
    expect(led.filter((location) => location !== null)).toEqual([]);
  }, 120_000);
});

describe("where a message may point", () => {
  it.each(["tracking", PROMO, "https://xn--bcher-kva.example/a?b=c#d"])("takes %s", (target) => {
    expect(isLinkTarget(target)).toBe(true);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "http://northpeak.example/",
    "//evil.example/",
    "https:\\\\evil.example",
    "https://user:pass@evil.example/",
    "https://localhost/",
    "/relative",
    "",
    `https://northpeak.example/${"a".repeat(2_000)}`,
  ])("refuses %s when it is written down", async (target) => {
    expect(isLinkTarget(target)).toBe(false);
    await expect(make([target])).rejects.toThrow(LinkTargetError);
  });
});

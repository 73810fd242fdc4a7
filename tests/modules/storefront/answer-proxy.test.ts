import { Liquid } from "liquidjs";
import { beforeAll, describe, expect, test } from "vitest";
import {
  answerForm,
  answerLink,
  answerLookUp,
  type ProxyDeps,
  type ProxyVisit,
} from "#app/modules/storefront/answer-proxy.server.ts";
import { asLiquid } from "#app/modules/storefront/storefront-page.tsx";
import { type MadeShop, makeOrder, makeScans, makeShipment, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openDatabase } from "#tests/support/open-database.ts";
import { DAY, HOUR, TestClock } from "#tests/support/test-clock.ts";
import { shopperParts } from "./shopper-parts.ts";

const store = keepOpen(openDatabase);
let deps: ProxyDeps;
let shop: MadeShop;
let order: { orderId: string; linkToken: string };
let parcel: { shipmentId: string; trackingNumber: string };
const clock = new TestClock("2026-11-20T12:00:00Z");
const HOSTILE = `<script>alert(1)</script>{{ "x" | upcase }}{% endraw %}{% assign y = 1 %}`;

beforeAll(async () => {
  deps = shopperParts({ db: store.db, clock });
  shop = await makeShop(store.db, clock);
  await store.db.forShop(shop.shopId, async (tx) => {
    const { shopId } = shop;
    order = await makeOrder(tx, clock, { shopId, email: "Avery@Example.com", customerId: "gid://shopify/Customer/77" });
    parcel = await makeShipment(tx, clock, {
      ...shop,
      orderId: order.orderId,
      status: "in_transit",
      trackingNumber: "1Z999AA10123456784",
    });
    await makeShipment(tx, clock, { ...shop, orderId: order.orderId, status: "delivered" });
    await makeScans(tx, { shopId, shipmentId: parcel.shipmentId }, [
      { status: "in_transit", occurredAt: new Date(clock.now().getTime() - HOUR), description: HOSTILE },
    ]);
  });
});

let visitors = 0;
function visit(changes: Partial<ProxyVisit> = {}): ProxyVisit {
  visitors += 1;
  return {
    shopId: shop.shopId,
    customerId: null,
    pathPrefix: "/apps/doorstep",
    languages: ["en"],
    address: `198.51.100.${visitors}`,
    ...changes,
  };
}

/** The page as the shopper gets it: Shopify renders our Liquid. */
const page = async (liquid: string) => (await new Liquid().parseAndRender(liquid)) as string;

describe("looking an order up", () => {
  test.each(["#1042", "1042", " 1042 "])("finds %s with its address, in any case", async (number) => {
    const answer = await answerLookUp(deps, visit(), { number, email: "AVERY@example.com" });
    const html = await page(answer.liquid);
    expect(html).toContain("Order #1042");
    expect(html).toContain("Parcel 1 of 2");
    expect(html).toContain("Austin, TX, US");
    expect(html).not.toMatch(/avery@example\.com|Lindqvist|78704/i);
  });

  test("a known order with a wrong address is answered to the byte like an unknown order", async () => {
    const known = await answerLookUp(deps, visit(), { number: "1042", email: "other@example.com" });
    const unknown = await answerLookUp(deps, visit(), { number: "9977", email: "other@example.com" });
    expect(known.status).toBe(unknown.status);
    expect(known.liquid.replaceAll("1042", "")).toBe(unknown.liquid.replaceAll("1042", "").replaceAll("9977", ""));
  });

  test("another shop's orders do not exist here", async () => {
    const other = await makeShop(store.db, clock);
    const answer = await answerLookUp(deps, visit({ shopId: other.shopId }), {
      number: "1042",
      email: "avery@example.com",
    });
    expect(answer.liquid).not.toContain("Parcel 1");
    expect((await answerLink(deps, visit({ shopId: other.shopId }), order.linkToken)).status).toBe(404);
  });

  test("a tracking number alone shows status and dates, and nothing about the order", async () => {
    const answer = await answerLookUp(deps, visit(), { number: "1z999aa1 0123456784", email: "" });
    const html = await page(answer.liquid);
    expect(html).toContain("On the way");
    expect(html).not.toMatch(/#1042|Austin|Jacket|script/);
  });

  test("an order number without an address is a miss", async () => {
    const answer = await answerLookUp(deps, visit(), { number: "1042", email: "" });
    expect(answer.liquid).toContain("We found nothing");
  });

  test("after ten tries a visitor must wait, whatever is asked", async () => {
    const same = visit();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const answer = await answerLookUp(deps, same, { number: `8${attempt}`, email: "a@example.com" });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
    expect((await answerLookUp(deps, same, { number: "1042", email: "avery@example.com" })).status).toBe(429);
  });

  test("after five wrong tries an order is closed for an hour, and so is an unknown one", async () => {
    for (const number of ["5501", "5502"]) {
      if (number === "5501") {
        await store.db.forShop(shop.shopId, (tx) =>
          makeOrder(tx, clock, { ...shop, name: "#5501", email: "right@example.com" }),
        );
      }
      for (let attempt = 0; attempt < 5; attempt += 1) {
        await answerLookUp(deps, visit(), { number, email: `wrong${attempt}@example.com` });
      }
      expect((await answerLookUp(deps, visit(), { number, email: "right@example.com" })).status).toBe(429);
    }
    clock.advance(HOUR);
    expect((await answerLookUp(deps, visit(), { number: "5501", email: "right@example.com" })).liquid).toContain(
      "#5501",
    );
    clock.advance(-HOUR);
  });
});

describe("the link from a mail", () => {
  test("shows the order", async () => {
    const answer = await answerLink(deps, visit(), order.linkToken);
    expect(answer.status).toBe(200);
    expect(await page(answer.liquid)).toContain("Order #1042");
  });

  test.each<[string, (token: string) => string]>([
    ["a changed byte", (token) => `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`],
    ["nothing", () => ""],
    ["a very long text", (token) => token.repeat(100)],
  ])("%s leads to the form", async (_name, change) => {
    const answer = await answerLink(deps, visit(), change(order.linkToken));
    expect(answer.status).toBe(404);
    expect(answer.liquid).toContain("no longer valid");
  });

  test("expires", async () => {
    clock.advance(181 * DAY);
    expect((await answerLink(deps, visit(), order.linkToken)).status).toBe(404);
    clock.advance(-181 * DAY);
  });
});

describe("what is written on the page", () => {
  test("a carrier's text is neither HTML nor Liquid", async () => {
    const answer = await answerLink(deps, visit(), order.linkToken);
    const html = await page(answer.liquid);
    expect(html).not.toContain("<script>");
    expect(html).toContain("{{ &quot;x&quot; | upcase }}");
  });

  test("Liquid passes everything on unread", async () => {
    const text = "{% endraw %}{{ 1 | plus: 1 }}{%- if true -%}{% raw %}";
    expect(await page(asLiquid(text))).toBe(text.replaceAll("{%", "&#123;%"));
  });

  test("the messages sent are for the signed-in buyer only", async () => {
    await store.db.forShop(shop.shopId, (tx) =>
      tx.notification.create({
        data: {
          ...{ shopId: shop.shopId, id: "ntf_1", businessKey: "k", kind: "shipped", channel: "email", state: "sent" },
          ...{ orderId: order.orderId, decision: {}, subject: "It left", sentAt: clock.now() },
          ...{ decidedAt: clock.now(), updatedAt: clock.now() },
        },
      }),
    );
    const guest = await answerLink(deps, visit(), order.linkToken);
    const stranger = await answerLink(deps, visit({ customerId: "gid://shopify/Customer/78" }), order.linkToken);
    const buyer = await answerLink(deps, visit({ customerId: "gid://shopify/Customer/77" }), order.linkToken);
    expect([guest, stranger, buyer].map(({ liquid }) => liquid.includes("It left"))).toEqual([false, false, true]);
  });

  test("speaks the shopper's language", async () => {
    const answer = await answerForm(deps, visit({ languages: ["de-AT"] }));
    expect(answer.liquid).toContain("Bestellung verfolgen");
  });

  test("stays small", async () => {
    const answer = await answerLink(deps, visit(), order.linkToken);
    expect(Buffer.byteLength(answer.liquid)).toBeLessThan(40_000);
  });
});

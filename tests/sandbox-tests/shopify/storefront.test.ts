import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { storefrontRoutes } from "#tests/sandbox/storefront/storefront-routes.ts";
import {
  startReceiver,
  startSandboxShopify,
  type ReceivedRequest,
  type TestServer,
} from "#tests/sandbox-tests/shopify/start-sandbox.ts";
import type { ServerResponse } from "node:http";

const folder = mkdtempSync(join(tmpdir(), "extension-"));
let answer: (request: ReceivedRequest, response: ServerResponse) => void;
let app: TestServer;
let url: string;
let sandbox: ReturnType<typeof startSandboxShopify>;

const BLOCK = `{%- doc -%} A form {%- enddoc -%}
<h2>{{ block.settings.heading | default: 'track.heading' | t }}</h2>
{%- render 'field', label: 'track.count' -%}
{% style %}.x { color: {{ block.settings.colour }} }{% endstyle %}
{% if customer %}<b>{{ customer.email | escape }}</b>{% endif %}
{% schema %}{ "name": "Track", "target": "section", "stylesheet": "track.css",
  "settings": [{ "type": "header", "content": "x" }, { "type": "color", "id": "colour", "default": "#123456" }, { "type": "text", "id": "heading", "label": "H" }] }{% endschema %}`;

function writeExtension(): void {
  for (const name of ["blocks", "snippets", "assets", "locales"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "blocks/track.liquid"), BLOCK);
  writeFileSync(
    join(folder, "blocks/embed.liquid"),
    `<i>embed {{ shop.name }}</i>{% schema %}{ "name": "E", "target": "body" }{% endschema %}`,
  );
  writeFileSync(join(folder, "snippets/field.liquid"), "<label>{{ label | t: count: 2 }} in {{ shop.name }}</label>");
  writeFileSync(join(folder, "assets/track.css"), ".doorstep{}");
  writeFileSync(
    join(folder, "locales/en.default.json"),
    `{"track":{"heading":"Track it","count":{"one":"{{ count }} parcel","other":"{{ count }} parcels"}}}`,
  );
  writeFileSync(
    join(folder, "locales/de.json"),
    `{"track":{"heading":"Verfolgen","count":{"one":"{{ count }} Paket","other":"{{ count }} Pakete"}}}`,
  );
}

beforeAll(async () => {
  writeExtension();
  app = await startReceiver((request, response) => answer(request, response));
  sandbox = startSandboxShopify({
    extend: (express, core) => {
      express.use(storefrontRoutes({ core, proxyTarget: () => `${app.url}/proxy`, extensionFolder: folder }));
    },
  });
  url = await sandbox.start();
});
beforeEach(() => {
  app.received.length = 0;
  answer = (_request, response) => void response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
afterAll(async () => {
  await sandbox.stop();
  await app.close();
  rmSync(folder, { recursive: true });
});

const page = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(url + path, { headers })).text();
const liquid = (body: string) => {
  answer = (_request, response) => void response.writeHead(200, { "content-type": "application/liquid" }).end(body);
};

describe("theme pages", () => {
  test("render the blocks of the extension with defaults, locales, snippets and embeds", async () => {
    const html = await page("/stores/northpeak-demo/pages/track-my-order?locale=de");
    expect(html).toContain("<h2>Verfolgen</h2>");
    expect(html).toContain("<label>2 Pakete in Northpeak Demo</label>");
    expect(html).toContain("color: #123456");
    expect(html).toContain('href="/stores/northpeak-demo/extension-assets/track.css"');
    expect(html).toContain("<i>embed Northpeak Demo</i>");
    expect(html).not.toContain("schema");
    expect(await page("/stores/northpeak-demo/extension-assets/track.css")).toBe(".doorstep{}");
    expect((await fetch(`${url}/stores/northpeak-demo/extension-assets/..%2Fblocks%2Ftrack.liquid`)).status).toBe(404);
  });

  test("sell: a purchase places an order", async () => {
    const [product] = sandbox.store.records.products;
    const before = sandbox.store.records.orders.length;
    const body = new URLSearchParams({ variant: product?.variants[0]?.id ?? "" });
    const answered = await fetch(`${url}/stores/northpeak-demo/products/${product?.handle ?? ""}/buy`, {
      method: "POST",
      body,
    });
    expect(await answered.text()).toContain("is confirmed");
    expect(sandbox.store.records.orders).toHaveLength(before + 1);
  });

  test("of an unknown store are 404", async () => {
    expect((await fetch(`${url}/stores/nobody`)).status).toBe(404);
  });
});

describe("the app proxy", () => {
  test("adds Shopify's parameters, drops forged ones and passes no cookie either way", async () => {
    answer = (_request, response) => {
      response
        .writeHead(200, { "content-type": "application/json", "set-cookie": "a=b", "x-own": "1" })
        .end(`{"ok":true}`);
    };
    const answered = await fetch(
      `${url}/stores/northpeak-demo/apps/doorstep/t/abc?x=1&shop=evil.myshopify.com&logged_in_customer_id=9`,
      {
        headers: { cookie: "secret=1" },
      },
    );
    expect(await answered.json()).toEqual({ ok: true });
    expect(answered.headers.get("set-cookie")).toBeNull();
    expect(answered.headers.get("x-own")).toBe("1");
    const [request] = app.received;
    const seen = new URL(request?.url ?? "", app.url);
    expect(seen.pathname).toBe("/proxy/t/abc");
    expect(Object.fromEntries(seen.searchParams)).toMatchObject({
      x: "1",
      shop: "northpeak-demo.myshopify.com",
      logged_in_customer_id: "",
      path_prefix: "/stores/northpeak-demo/apps/doorstep",
    });
    expect(request?.headers.cookie).toBeUndefined();
  });

  test("names the customer who is logged in", async () => {
    const [customer] = sandbox.store.records.customers;
    const body = new URLSearchParams({ customer: customer?.id ?? "" });
    const login = await fetch(`${url}/stores/northpeak-demo/account/login`, {
      method: "POST",
      body,
      redirect: "manual",
    });
    const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    await page("/stores/northpeak-demo/apps/doorstep", { cookie });
    const seen = new URL(app.received[0]?.url ?? "", app.url);
    expect(seen.searchParams.get("logged_in_customer_id")).toBe(customer?.id.split("/").at(-1));
  });

  test("passes a form on, also from the bare path, and follows redirects inside the proxy", async () => {
    answer = (request, response) => {
      if (request.method === "POST") response.writeHead(303, { location: "/proxy/t/found" }).end();
      else response.writeHead(200, { "content-type": "text/plain" }).end(`shown ${request.url?.split("?")[0] ?? ""}`);
    };
    const answered = await fetch(`${url}/apps/doorstep/track`, {
      method: "POST",
      body: new URLSearchParams({ order: "#1042" }),
      headers: { referer: `${url}/stores/northpeak-demo/pages/track-my-order` },
    });
    expect(await answered.text()).toBe("shown /proxy/t/found");
    expect(app.received.map((request) => [request.method, request.body])).toEqual([
      ["POST", "order=%231042"],
      ["GET", ""],
    ]);
  });

  test("renders application/liquid inside the theme, or bare after layout none", async () => {
    liquid("<p>Hello {{ shop.name }}</p>");
    const themed = await fetch(`${url}/stores/northpeak-demo/apps/doorstep/t/1`);
    expect(themed.headers.get("content-type")).toContain("text/html");
    const html = await themed.text();
    expect(html).toContain("<p>Hello Northpeak Demo</p>");
    expect(html).toContain("<footer");
    liquid("{% layout none %} <p>{{ 'a<b' | escape }}</p>");
    expect(await page("/stores/northpeak-demo/apps/doorstep/t/1")).toBe(" <p>a&lt;b</p>");
  });

  test("answers 502 when the app is away", async () => {
    answer = (_request, response) => void response.destroy();
    expect((await fetch(`${url}/stores/northpeak-demo/apps/doorstep/t/1`)).status).toBe(502);
  });
});

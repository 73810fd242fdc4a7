import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminPageRoutes } from "#tests/sandbox/edge/admin-page.ts";
import { createEdge, rewritePolicy, type Edge } from "#tests/sandbox/edge/create-edge.ts";
import { startReceiver, startSandboxShopify, type TestServer } from "#tests/sandbox-tests/shopify/start-sandbox.ts";

const CDN = "https://cdn.shopify.com/shopifycloud/app-bridge.js";
const SHOP = "northpeak-demo.myshopify.com";
let app: TestServer;
let edge: Edge;
let sandbox: ReturnType<typeof startSandboxShopify>;

beforeAll(async () => {
  app = await startReceiver((request, response) => {
    if (request.url === "/data")
      return void response.writeHead(200, { "content-type": "application/json" }).end(`"${CDN}"`);
    response.writeHead(200, {
      "content-type": "text/html",
      link: `<${CDN}>; rel="preload"; as="script";`,
      "content-security-policy": `frame-ancestors https://${SHOP} https://admin.shopify.com; script-src https://cdn.shopify.com`,
      "x-frame-options": "DENY",
    });
    // The address lies across two chunks: it must be swapped all the same.
    response.write(`<head><script src="https://cdn.shopi`);
    setTimeout(() => response.end(`fy.com/shopifycloud/app-bridge.js"></script></head>ü`), 20);
  });
  sandbox = startSandboxShopify({
    extend: (express, core) =>
      void express.use(
        adminPageRoutes({ core, appPublicUrl: () => edge.url, links: [{ label: "Console", href: "/console" }] }),
      ),
  });
  await sandbox.start();
  edge = createEdge({
    core: sandbox.core,
    appInternalUrl: () => app.url,
    extensions: () => [{ handle: "storefront-tracking" }],
  });
  await edge.start();
});
afterAll(async () => {
  await edge.stop();
  await sandbox.stop();
  await app.close();
});

describe("the edge", () => {
  test("swaps App Bridge in the page and its header, and lets the sandbox frame the app", async () => {
    const response = await fetch(`${edge.url}/app`);
    expect(await response.text()).toBe(`<head><script src="/__sandbox/app-bridge.js"></script></head>ü`);
    expect(response.headers.get("link")).toBe(`</__sandbox/app-bridge.js>; rel="preload"; as="script";`);
    expect(response.headers.get("x-frame-options")).toBeNull();
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain(`frame-ancestors ${sandbox.url} https://${SHOP}`);
    expect(policy).toContain("script-src https://cdn.shopify.com 'self'");
    expect(app.received.at(-1)?.headers.host).toBe(new URL(edge.url).host);
  });

  test("leaves other bodies alone and passes posts on", async () => {
    expect(await (await fetch(`${edge.url}/data`)).json()).toBe(CDN);
    await fetch(`${edge.url}/form`, { method: "POST", body: "a=1" });
    expect(app.received.at(-1)).toMatchObject({ method: "POST", body: "a=1" });
  });

  test("hands out the stub, id tokens and extension states", async () => {
    const stub = await fetch(`${edge.url}/__sandbox/app-bridge.js`);
    expect(stub.headers.get("content-type")).toContain("javascript");
    expect(await stub.text()).toContain("window.shopify");
    const { token } = (await (await fetch(`${edge.url}/__sandbox/id-token?shop=${SHOP}`)).json()) as { token: string };
    expect(await sandbox.core.tokens.isIdToken(token, SHOP)).toBe(true);
    expect((await fetch(`${edge.url}/__sandbox/id-token?shop=evil.myshopify.com`)).status).toBe(404);
    expect(await (await fetch(`${edge.url}/__sandbox/extensions?shop=${SHOP}`)).json()).toEqual([
      { handle: "storefront-tracking" },
    ]);
  });

  test("passes websockets on", async () => {
    const target = createServer().on("upgrade", (request, socket) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n${request.url ?? ""} `,
      );
      socket.pipe(socket);
    });
    await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
    const appInternalUrl = () => `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
    const other = createEdge({ core: sandbox.core, appInternalUrl });
    const url = await other.start();
    const client = httpRequest(`${url}/hmr`, { headers: { connection: "Upgrade", upgrade: "echo" } });
    const text = await new Promise<string>((resolve) => {
      client.on("upgrade", (_answer, socket, head) => {
        let seen = head.toString();
        socket.on("data", (chunk: Buffer) => {
          seen += chunk.toString();
          if (seen.endsWith("ping")) resolve(seen);
        });
        socket.write("ping");
      });
      client.end();
    });
    client.destroy();
    await other.stop();
    target.closeAllConnections();
    target.close();
    expect(text).toBe("/hmr ping");
  });

  test("says so when the app is not up yet", async () => {
    const away = createEdge({ core: sandbox.core, appInternalUrl: () => "http://127.0.0.1:9" });
    await away.start();
    expect((await fetch(`${away.url}/app`)).status).toBe(502);
    await away.stop();
  });
});

test("a policy that allows no frame allows the sandbox's", () => {
  expect(rewritePolicy("frame-ancestors 'none';", "http://localhost:1")).toBe("frame-ancestors http://localhost:1;");
});

describe("the framed admin page", () => {
  const frameOf = (html: string): URL =>
    new URL((/<iframe[^>]* src="([^"]+)"/.exec(html)?.[1] ?? "").replaceAll("&#38;", "&"));

  test("opens the app with everything the admin hands over, deep links included", async () => {
    const response = await fetch(
      `${sandbox.url}/admin/store/northpeak-demo/apps/doorstep/app/shipments?status=delivered`,
    );
    const src = frameOf(await response.text());
    expect(src.origin + src.pathname).toBe(`${edge.url}/app/shipments`);
    expect(Object.fromEntries(src.searchParams)).toMatchObject({ status: "delivered", shop: SHOP, embedded: "1" });
    expect(atob(src.searchParams.get("host") ?? "")).toBe("admin.shopify.com/store/northpeak-demo");
    expect(await sandbox.core.tokens.isIdToken(src.searchParams.get("id_token"), SHOP)).toBe(true);
  });

  test("starts at the app's home and knows no foreign store", async () => {
    const home = await fetch(`${sandbox.url}/admin/store/northpeak-demo/apps/doorstep`);
    expect(frameOf(await home.text()).pathname).toBe("/app");
    expect((await fetch(`${sandbox.url}/admin/store/evil/apps/doorstep`)).status).toBe(404);
  });
});

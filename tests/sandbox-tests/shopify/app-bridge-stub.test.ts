import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterEach, expect, test, vi } from "vitest";

const stub = readFileSync(new URL("../../sandbox/edge/app-bridge-stub.js", import.meta.url), "utf8");

interface PageDom {
  window: object & { close(): void };
}

/** jsdom comes without types of its own; this is the part the tests use. */
const { JSDOM } = createRequire(import.meta.url)("jsdom") as {
  JSDOM: new (
    html: string,
    options: { url: string; runScripts: "dangerously"; beforeParse(window: object): void },
  ) => PageDom;
};

interface StubCall {
  type: string;
  [key: string]: unknown;
}

interface StubWindow {
  shopify: {
    calls: StubCall[];
    config: Record<string, string>;
    idToken(): Promise<string>;
    toast: { show(message: string, options?: { isError: boolean }): string };
    saveBar: { show(id: string): Promise<void> };
    app: { extensions(): Promise<unknown> };
  };
  fetch: typeof fetch;
  postMessage(message: unknown, target: string): void;
  document: Document;
}

let dom: PageDom | undefined;
afterEach(() => dom?.window.close());

function openPage(body: string, answer: (request: Request) => Response): StubWindow {
  const html = `<!doctype html><head><script data-api-key="key-of-the-app">${stub}</script></head><body>${body}</body>`;
  dom = new JSDOM(html, {
    url: "http://localhost:3000/app?shop=northpeak-demo.myshopify.com&host=aG9zdA&embedded=1",
    runScripts: "dangerously",
    beforeParse(window) {
      // Node's own classes need a whole address; the page's may be relative.
      class PageRequest extends Request {
        constructor(input: RequestInfo | URL, init?: RequestInit) {
          super(typeof input === "string" ? new URL(input, "http://localhost:3000") : input, init);
        }
      }
      const plain = async (input: RequestInfo | URL) => answer(new PageRequest(input));
      Object.assign(window, { Request: PageRequest, fetch: plain });
    },
  });
  return dom.window as unknown as StubWindow;
}

const nothing = (): Response => Response.json({});

test("calls of the app carry a fresh id token and are repeated once when it is refused", async () => {
  const seen: (string | null)[] = [];
  let tokens = 0;
  const page = openPage("", (request) => {
    if (new URL(request.url).pathname === "/__sandbox/id-token")
      return Response.json({ token: `token-${(tokens += 1)}` });
    seen.push(request.headers.get("authorization"));
    const retry = { "x-shopify-retry-invalid-session-request": "1" };
    return seen.length === 1 ? new Response(null, { status: 401, headers: retry }) : Response.json({ ok: true });
  });
  const answer = await page.fetch("/app/data");
  expect(answer.status).toBe(200);
  expect(seen).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("calls to other hosts carry no token", async () => {
  const headers: (string | null)[] = [];
  const page = openPage("", (request) => {
    headers.push(request.headers.get("authorization"));
    return Response.json({});
  });
  await page.fetch("https://elsewhere.example/x");
  expect(headers).toEqual([null]);
});

test("knows the shop and reports navigation, title and toasts", async () => {
  const menu = `<ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/shipments">Shipments</a></ui-nav-menu>`;
  const page = openPage(
    `${menu}<ui-title-bar title="Overview"><button variant="primary">Export</button></ui-title-bar>`,
    nothing,
  );
  await vi.waitFor(() => expect(page.shopify.calls.some((call) => call.type === "location")).toBe(true));
  page.shopify.toast.show("Saved", { isError: false });
  expect(page.shopify.config).toMatchObject({
    apiKey: "key-of-the-app",
    shop: "northpeak-demo.myshopify.com",
    host: "aG9zdA",
  });
  const last = (type: string) => page.shopify.calls.findLast((call) => call.type === type);
  await vi.waitFor(() => {
    expect(last("nav")).toMatchObject({ links: [{ label: "Shipments", href: "/app/shipments" }] });
    expect(last("title")).toMatchObject({ title: "Overview", buttons: [{ label: "Export", variant: "primary" }] });
  });
  expect(last("toast")).toMatchObject({ message: "Saved", error: false });
  expect(last("location")).toMatchObject({ path: expect.stringContaining("/app?shop=") });
});

test("Save and Discard of the admin press the app's own buttons", async () => {
  const bar = `<ui-save-bar id="bar"><button id="no">Discard</button><button id="yes" variant="primary">Save</button></ui-save-bar>`;
  const page = openPage(bar, nothing);
  const pressed: string[] = [];
  for (const id of ["yes", "no"]) page.document.getElementById(id)?.addEventListener("click", () => pressed.push(id));
  await page.shopify.saveBar.show("bar");
  for (const primary of [true, false]) page.postMessage({ source: "sandbox-admin", type: "save-bar", primary }, "*");
  await vi.waitFor(() => expect(pressed).toEqual(["yes", "no"]));
  expect(page.shopify.calls.findLast((call) => call.type === "save-bar")).toMatchObject({ open: true, id: "bar" });
});

test("a click in the admin's menu navigates inside the app", async () => {
  const page = openPage(`<ui-nav-menu><a href="/app/settings">Settings</a></ui-nav-menu>`, nothing);
  const visited: (string | null)[] = [];
  page.document.defaultView?.addEventListener("shopify:navigate", (event) =>
    visited.push((event.target as Element).getAttribute("href")),
  );
  for (const href of ["/app/settings", "/app/other"])
    page.postMessage({ source: "sandbox-admin", type: "navigate", href }, "*");
  await vi.waitFor(() => expect(visited).toEqual(["/app/settings", "/app/other"]));
});

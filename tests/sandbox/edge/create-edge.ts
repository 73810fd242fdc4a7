import { readFileSync } from "node:fs";
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream";
import { swapText } from "#tests/sandbox/edge/swap-stream.ts";
import type { SandboxCore } from "#tests/sandbox/shopify/sandbox-core.ts";

const APP_BRIDGE = "https://cdn.shopify.com/shopifycloud/app-bridge.js";
const STUB_PATH = "/__sandbox/app-bridge.js";

export interface EdgeOptions {
  core: SandboxCore;
  /** Where the app really listens. May change (a restart on another port). */
  appInternalUrl: () => string;
  /** Answer of `shopify.app.extensions()`. */
  extensions?: () => unknown;
}

export interface Edge {
  readonly url: string;
  start(port?: number): Promise<string>;
  stop(): Promise<void>;
}

/** The frame of the sandbox's admin is allowed, and scripts and calls may come from the edge itself. */
export function rewritePolicy(policy: string, adminOrigin: string): string {
  return policy
    .replace(/frame-ancestors\s+'none'/g, `frame-ancestors ${adminOrigin}`)
    .replace(/frame-ancestors\s+(?!http:\/\/localhost)/g, `frame-ancestors ${adminOrigin} `)
    .replace(/(https:\/\/cdn\.shopify\.com)(?=[\s;]|$)/g, "$1 'self'");
}

function rewriteHeaders(incoming: IncomingMessage, adminOrigin: string, swapped: boolean): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = { ...incoming.headers };
  for (const name of ["connection", "keep-alive", "transfer-encoding", "x-frame-options"]) delete headers[name];
  const policy = headers["content-security-policy"];
  if (typeof policy === "string") headers["content-security-policy"] = rewritePolicy(policy, adminOrigin);
  const { link } = headers;
  if (link !== undefined) headers["link"] = String(link).replaceAll(APP_BRIDGE, STUB_PATH);
  if (swapped) for (const name of ["content-length", "etag"]) delete headers[name];
  return headers;
}

const isText = (incoming: IncomingMessage): boolean =>
  /text\/html|javascript/.test(incoming.headers["content-type"] ?? "") && !incoming.headers["content-encoding"];

function relay(incoming: IncomingMessage, response: ServerResponse, adminOrigin: string): void {
  const swapped = isText(incoming);
  response.writeHead(incoming.statusCode ?? 502, rewriteHeaders(incoming, adminOrigin, swapped));
  const stages = swapped ? [incoming, swapText(APP_BRIDGE, STUB_PATH), response] : [incoming, response];
  pipeline(stages as [IncomingMessage, ServerResponse], () => undefined);
}

async function answerOwn(options: EdgeOptions, url: URL, response: ServerResponse): Promise<void> {
  const { core } = options;
  const shop = url.searchParams.get("shop") ?? "";
  const json = (status: number, body: unknown): void => {
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(body));
  };
  if (url.pathname === STUB_PATH) {
    response.writeHead(200, { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" });
    response.end(readFileSync(new URL("./app-bridge-stub.js", import.meta.url)));
    return;
  }
  const found = core.shops.get(shop);
  if (!found) return json(404, { error: `the sandbox has no shop ${shop}` });
  if (url.pathname === "/__sandbox/id-token") return json(200, { token: await core.tokens.idToken(shop) });
  if (url.pathname === "/__sandbox/extensions") return json(200, options.extensions?.() ?? []);
  if (url.pathname === "/__sandbox/scopes") {
    return json(200, { granted: found.store.records.installation.scopes, required: [], optional: [] });
  }
  return json(404, { error: "the edge has no such page" });
}

/** The headers of the browser, Host included (Remix compares it with Origin); compression off so that text can be swapped. */
function forwardHeaders(request: IncomingMessage): OutgoingHttpHeaders {
  return { ...request.headers, "accept-encoding": "identity", "x-forwarded-for": request.socket.remoteAddress ?? "" };
}

function proxy(options: EdgeOptions, agent: Agent): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://edge.invalid");
    if (url.pathname.startsWith("/__sandbox/")) {
      answerOwn(options, url, response).catch(() => response.writeHead(500).end());
      return;
    }
    const target = new URL(options.appInternalUrl());
    const { hostname, port } = target;
    const { method, url: path } = request;
    const upstream = httpRequest({ hostname, port, method, path, agent, headers: forwardHeaders(request) });
    upstream.on("response", (incoming) => relay(incoming, response, new URL(options.core.url).origin));
    upstream.on("error", () => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(502, { "content-type": "text/plain; charset=utf-8", "retry-after": "1" });
      response.end("The app does not answer yet. Try again in a moment.");
    });
    response.on("close", () => void (response.writableEnded || upstream.destroy()));
    request.pipe(upstream);
  };
}

/** Websockets (module reload in development) are passed on as they are. */
function upgrade(
  options: EdgeOptions,
  open: Set<Duplex>,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    open.add(socket);
    const { hostname, port } = new URL(options.appInternalUrl());
    const upstream = httpRequest({
      hostname,
      port,
      path: request.url,
      method: request.method,
      headers: request.headers,
    });
    upstream.on("upgrade", (answer, other, otherHead) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
      if (otherHead.length > 0) socket.write(otherHead);
      if (head.length > 0) other.write(head);
      for (const end of [socket, other]) end.on("error", () => void (socket.destroy(), other.destroy()));
      socket.on("close", () => void (open.delete(socket), other.destroy()));
      socket.pipe(other).pipe(socket);
    });
    upstream.on("error", () => socket.destroy());
    upstream.on("response", () => socket.destroy());
    upstream.end();
  };
}

/** Plays Shopify's admin and CDN for a person with any browser: the app's public address in the sandbox. */
export function createEdge(options: EdgeOptions): Edge {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  // Upgraded sockets are no longer the HTTP server's, but its close() waits for them.
  const upgraded = new Set<Duplex>();
  let server: Server | undefined;
  let address = "";
  return {
    get url() {
      return address;
    },
    async start(port = 0) {
      server = createServer(proxy(options, agent));
      server.on("upgrade", upgrade(options, upgraded));
      const listening = server;
      await new Promise<void>((resolve, reject) => {
        listening.once("error", reject);
        listening.listen(port, "127.0.0.1", resolve);
      });
      address = `http://localhost:${(listening.address() as AddressInfo).port}`;
      return address;
    },
    async stop() {
      agent.destroy();
      for (const socket of upgraded) socket.destroy();
      server?.closeAllConnections();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    },
  };
}

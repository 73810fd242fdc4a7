import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface LoopbackCall {
  path: string;
  shop: string;
  token: string;
  body: Record<string, unknown>;
}

export interface LoopbackAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

export interface LoopbackShopify {
  url: string;
  calls: LoopbackCall[];
  /** Decides what is answered; set it per test. */
  answer: (call: LoopbackCall) => LoopbackAnswer | Promise<LoopbackAnswer>;
  close(): Promise<void>;
}

/** A bare Shopify on the loopback interface that answers what a test tells it to. */
export async function openLoopbackShopify(): Promise<LoopbackShopify> {
  const shopify: LoopbackShopify = {
    url: "",
    calls: [],
    answer: () => ({ status: 500, body: {} }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer((request, response) => void respond(shopify, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  shopify.url = `http://127.0.0.1:${address.port}`;
  return shopify;
}

async function respond(shopify: LoopbackShopify, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const header = (name: string) => String(request.headers[name] ?? "");
  const call: LoopbackCall = {
    path: request.url ?? "",
    shop: header("x-loopback-shop"),
    token: header("x-shopify-access-token"),
    body: JSON.parse(Buffer.concat(chunks).toString() || "{}") as Record<string, unknown>,
  };
  shopify.calls.push(call);
  const { status = 200, headers = {}, body } = await shopify.answer(call);
  response.writeHead(status, { "content-type": "application/json", connection: "close", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

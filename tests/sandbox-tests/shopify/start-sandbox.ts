import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AppSubscription } from "#tests/sandbox/shopify/webhook-router.ts";
import { createSandboxShopify, type SandboxShopifyOptions } from "#tests/sandbox/shopify/create-sandbox-shopify.ts";

export const API_KEY = "0123456789abcdef0123456789abcdef";
export const API_SECRET = "shpss_sandbox_secret_of_the_tests";
export const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

export const SUBSCRIPTIONS: AppSubscription[] = [
  {
    topics: ["orders/create", "orders/updated", "orders/cancelled", "fulfillments/create", "fulfillments/update"],
    uri: "/webhooks/shopify",
    name: "orders",
  },
  { topics: ["fulfillment_events/create", "bulk_operations/finish", "app/uninstalled"], uri: "/webhooks/shopify" },
  { complianceTopics: ["customers/data_request", "customers/redact", "shop/redact"], uri: "/webhooks/compliance" },
];

export function startSandboxShopify(options: Partial<SandboxShopifyOptions> = {}) {
  const defaults = {
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "http://127.0.0.1:9",
    subscriptions: SUBSCRIPTIONS,
  };
  return createSandboxShopify({ ...defaults, demo: { orders: 0, customers: 4 }, ...options });
}

export interface ReceivedRequest {
  url: string;
  method: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface TestServer {
  url: string;
  received: ReceivedRequest[];
  close(): Promise<void>;
}

type Answer = (request: ReceivedRequest, response: ServerResponse, count: number) => void;

/** A loopback server that keeps what it got; `answer` decides what it says. */
export async function startReceiver(answer: Answer = (_request, response) => void response.end()): Promise<TestServer> {
  const received: ReceivedRequest[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const entry = { url: request.url ?? "", method: request.method ?? "", headers: request.headers, body };
      received.push(entry);
      answer(entry, response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Posts to the Admin API with a token made by hand. */
export function createAdminClient(
  sandbox: ReturnType<typeof startSandboxShopify>,
  shop = "northpeak-demo.myshopify.com",
) {
  const { scopes } = sandbox.core.requireShop(shop).store.records.installation;
  const grant = sandbox.core.tokens.issue(shop, { scope: scopes.join(","), expiring: true, online: false });
  return async (query: string, variables: Record<string, unknown> = {}): Promise<AdminResult> => {
    const response = await fetch(`${sandbox.url}/admin/api/2026-10/graphql.json`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-loopback-shop": shop,
        "x-shopify-access-token": grant.accessToken,
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as AdminResult;
  };
}

export interface AdminResult {
  data: Record<string, never> & { [key: string]: ResultNode };
  errors?: { message: string; extensions: { code: string; [key: string]: unknown } }[];
  extensions: {
    cost: {
      requestedQueryCost: number;
      actualQueryCost: number | null;
      throttleStatus: { currentlyAvailable: number };
    };
  };
}

/** Answers are read by tests that know their own query. */
export interface ResultNode {
  [key: string]: ResultNode & string & number & ResultNode[];
}

import { createServer } from "node:http";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import { loadEnv } from "#app/lib/env.server.ts";
import { createLogger } from "#app/lib/logger.server.ts";
import { answerShopifyWebhook } from "#app/modules/intake/receive-shopify-webhook.server.ts";
import * as webhookRoute from "#app/routes/webhooks.shopify.ts";
import { closeServices, createServices } from "#app/services.server.ts";

/*
 * The web process's way of a webhook, in a process of its own: answered by Express directly, or, under /remix, by the
 * Remix request handler with a build of this one route.
 */
const build = {
  entry: { module: { default: () => new Response(null, { status: 404 }) } },
  routes: {
    "routes/webhooks.shopify": {
      id: "routes/webhooks.shopify",
      path: "remix/webhooks/shopify",
      module: { default: undefined, ...webhookRoute },
    },
  },
  assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "bench" },
  future: {},
  publicPath: "/",
  assetsBuildDirectory: "",
  basename: "/",
  mode: "production",
  isSpaMode: false,
} as unknown as ServerBuild;

const log = createLogger({ level: "warn", name: "bench-web" });
const services = createServices({ env: loadEnv(), role: "web", log });
globalThis.__doorstepServices = services;
await services.queue.start();

const app = express();
app.disable("x-powered-by");
app.post("/webhooks/shopify", (request, response) => void answerShopifyWebhook(services, request, response));
app.all("*", createRequestHandler({ build, mode: "production" }));
const server = createServer(app);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : 0 });
});
process.once("disconnect", () => {
  server.closeAllConnections();
  server.close(() => void closeServices(services).then(() => process.exit(0)));
});

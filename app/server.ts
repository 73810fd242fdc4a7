import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { errorMessage } from "./lib/errors.ts";
import { answerShopifyWebhook } from "./modules/intake/receive-shopify-webhook.server.ts";
import { closeServices, webServices } from "./services.server.ts";

/** How long requests in flight may take after the signal to stop. */
const DRAIN_MS = 10_000;
const CLIENT_FILES = fileURLToPath(new URL("./client/", import.meta.url));

const services = webServices();
const { env, log } = services;

function createApp(build: ServerBuild): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", env.TRUST_PROXY ? 1 : "loopback");
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
    next();
  });
  app.use(
    "/assets",
    express.static(`${CLIENT_FILES}assets`, { immutable: true, maxAge: "1y", index: false, fallthrough: false }),
  );
  app.use(express.static(CLIENT_FILES, { maxAge: "1h", index: false }));
  // The busiest address by far, and the one with a deadline: the same handler as its route, without a router in between.
  app.post("/webhooks/shopify", (request, response) => void answerShopifyWebhook(services, request, response));
  app.use(/^(?!\/webhooks\/)/, compression());
  app.all("*", createRequestHandler({ build, mode: "production" }));
  return app;
}

/** Stops accepting, lets running requests finish, closes the pools. remix-serve would hang here on an open pool. */
async function stop(server: Server, signal: string): Promise<void> {
  log.info({ signal }, "web stopping");
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(timer);
  await closeServices(services);
  process.exit(0);
}

const buildFile = new URL("./server/index.js", import.meta.url).href;
const build = (await import(/* @vite-ignore */ buildFile)) as ServerBuild;
const server = createApp(build).listen(env.PORT, env.HOST, () => {
  log.info({ port: env.PORT }, "web ready");
  process.send?.("ready");
});
// Longer than a load balancer's idle time, so that it never meets a connection that we are closing.
server.keepAliveTimeout = 65_000;
server.headersTimeout = 70_000;
server.requestTimeout = 30_000;

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT", "disconnect"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void stop(server, signal);
  });
}
process.on("unhandledRejection", (error) => {
  log.fatal({ err: errorMessage(error) }, "unhandled rejection");
  process.exit(1);
});

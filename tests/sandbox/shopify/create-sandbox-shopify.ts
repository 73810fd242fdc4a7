import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { adminRoutes } from "#tests/sandbox/shopify/admin-routes.ts";
import { controlRoutes } from "#tests/sandbox/shopify/control-routes.ts";
import { productImage } from "#tests/sandbox/shopify/product-image.ts";
import {
  DEMO_SHOP,
  SandboxCore,
  type AddShopOptions,
  type SandboxCoreOptions,
} from "#tests/sandbox/shopify/sandbox-core.ts";
import { keepSnapshotFile, loadSnapshotFile } from "#tests/sandbox/shopify/snapshot.ts";
import type { ShopActions } from "#tests/sandbox/shopify/shop-actions.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { WebhookSender } from "#tests/sandbox/shopify/webhook-sender.ts";

export interface SandboxShopifyOptions extends SandboxCoreOptions {
  /** The demo shop: its history, or `false` for a sandbox without shops. */
  demo?: AddShopOptions | false;
  /** Keeps the shops over restarts. */
  snapshotPath?: string;
  /** Further routes on the same origin (storefront, framed admin), added after Shopify's own. */
  extend?: (app: Express, core: SandboxCore) => void;
}

export interface SandboxShopify {
  core: SandboxCore;
  /** Address of this server; `SHOPIFY_LOOPBACK_URL` of the app. Empty until started. */
  readonly url: string;
  readonly store: ShopStore;
  readonly shop: ShopActions;
  readonly webhooks: WebhookSender;
  start(port?: number): Promise<string>;
  stop(): Promise<void>;
}

function createApp(core: SandboxCore, extend: SandboxShopifyOptions["extend"]): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use("/control", controlRoutes(core));
  app.use(adminRoutes(core));
  app.get("/images/:file", (request, response) => {
    const handle = request.params["file"].replace(/\.svg$/, "");
    const product = [...core.shops.values()]
      .flatMap((shop) => shop.store.records.products)
      .find((one) => one.handle === handle);
    if (product)
      response.type("image/svg+xml").set("cache-control", "public, max-age=3600").send(productImage(product));
    else response.status(404).end();
  });
  extend?.(app, core);
  return app;
}

function listen(app: Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, "127.0.0.1", () => resolve(server));
    server.once("error", reject);
  });
}

/** The sandbox's Shopify: one loopback server that plays Admin API, OAuth, webhooks and, through `extend`, the rest. */
export function createSandboxShopify(options: SandboxShopifyOptions): SandboxShopify {
  const core = new SandboxCore(options);
  const restored = options.snapshotPath !== undefined && loadSnapshotFile(core, options.snapshotPath);
  if (!restored && options.demo !== false) core.addShop(DEMO_SHOP, options.demo ?? { orders: 120, days: 60 });
  let server: Server | undefined;
  let endSnapshot: () => void = () => undefined;
  return {
    core,
    webhooks: core.webhooks,
    get url() {
      return core.url;
    },
    get store() {
      return core.requireShop(DEMO_SHOP).store;
    },
    get shop() {
      return core.requireShop(DEMO_SHOP).actions;
    },
    async start(port = 0) {
      server = await listen(createApp(core, options.extend), port);
      core.url = `http://localhost:${(server.address() as AddressInfo).port}`;
      if (options.snapshotPath) endSnapshot = keepSnapshotFile(core, options.snapshotPath);
      return core.url;
    },
    async stop() {
      endSnapshot();
      core.stop();
      server?.closeAllConnections();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    },
  };
}

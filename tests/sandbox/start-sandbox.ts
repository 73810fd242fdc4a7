import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "#app/lib/clock.ts";
import { createSandboxCarriers, type SandboxCarriers } from "./carriers/create-sandbox-carriers.ts";
import { createConsole } from "./console/create-console.ts";
import { createConsoleActions } from "./console-wiring.ts";
import { adminPageRoutes } from "./edge/admin-page.ts";
import { createEdge, type Edge } from "./edge/create-edge.ts";
import { RESEND_ACCOUNT } from "./resend/account.ts";
import { createSandboxResend, type SandboxResend } from "./resend/create-sandbox-resend.ts";
import { createSandboxShopify, type SandboxShopify } from "./shopify/create-sandbox-shopify.ts";
import { readAppConfig } from "./shopify/read-app-config.ts";
import { createSandboxTwilio, type SandboxTwilio } from "./twilio/create-sandbox-twilio.ts";
import { storefrontRoutes } from "./storefront/storefront-routes.ts";
import { followShop } from "./world/follow-shop.ts";
import { holdParcelsBack } from "./world/hold-parcels-back.ts";
import { createWorld, type World } from "./world.ts";

export interface SandboxOptions {
  apiKey: string;
  apiSecret: string;
  /** Keeps shops, parcels and mails over restarts; nothing is kept when left out. */
  dataDir?: string;
  /** Preferred ports; free ones when left out or taken. */
  ports?: { sandbox: number; edge: number };
  /** Orders in the demo shop's history. */
  history?: { orders: number; days: number };
  /** Where the app listens; asked anew for every request, so that it may restart elsewhere. */
  appInternalUrl(): string;
}

export interface Sandbox {
  /** Shopify, carriers, Resend, Twilio, storefront, mailbox and console. */
  url: string;
  /** The app as the world sees it. */
  edgeUrl: string;
  shopify: SandboxShopify;
  carriers: SandboxCarriers;
  resend: SandboxResend;
  twilio: SandboxTwilio;
  world: World;
  edge: Edge;
  stop(): Promise<void>;
}

export const DEMO_HANDLE = "northpeak-demo";

/** Starts the whole outside world on the loopback interface: one server for the services, one in front of the app. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const config = await readAppConfig();
  const { carriers, resend, twilio, world, shopify, edge, links } = createParts(options, config);
  await startOn(edge, options.ports?.edge);
  shopify.core.appUrl = edge.url;
  await startOn(shopify, options.ports?.sandbox);
  Object.assign(links, addressesOf(shopify.url));
  resend.configureWebhook({ url: `${edge.url}/webhooks/resend`, secret: RESEND_ACCOUNT.webhookSecret });
  // A fresh demo; what was kept from an earlier one has them already.
  if (!options.history && world.size() === 0) holdParcelsBack(world, shopify.store);
  const endFollowing = followShop(world, shopify);
  carriers.start();
  resend.start();
  twilio.start();
  const endKeeping = options.dataDir
    ? keep(join(options.dataDir, "sandbox-world.json"), { world, carriers, resend, twilio })
    : null;
  return {
    ...{ shopify, carriers, resend, twilio, world, edge, url: shopify.url, edgeUrl: edge.url },
    async stop() {
      endFollowing();
      await Promise.all([carriers.stop(), resend.stop(), twilio.stop()]);
      endKeeping?.();
      await Promise.all([edge.stop(), shopify.stop()]);
    },
  };
}

function createParts(options: SandboxOptions, config: Awaited<ReturnType<typeof readAppConfig>>) {
  const world = createWorld({ clock: systemClock });
  const carriers = createSandboxCarriers({ world, clock: systemClock, easypostFirstAnswerMs: 500 });
  const resend = createSandboxResend({ clock: systemClock });
  const twilio = createSandboxTwilio({ clock: systemClock });
  if (options.dataDir) restore(join(options.dataDir, "sandbox-world.json"), { world, carriers, resend, twilio });
  const links = addressesOf("");
  const shopify: SandboxShopify = createSandboxShopify({
    ...config,
    ...{ apiKey: options.apiKey, apiSecret: options.apiSecret, appUrl: "http://127.0.0.1:9" },
    demo: options.history ?? { orders: 120, days: 60 },
    ...(options.dataDir ? { snapshotPath: join(options.dataDir, "sandbox-shopify.json") } : {}),
    extend: (app, core) => {
      app.use("/resend", resend.router);
      app.use("/twilio", twilio.router);
      app.use(carriers.router);
      const menu = [
        { label: "Mailbox", href: "/mailbox" },
        { label: "Console", href: "/console" },
      ];
      app.use(adminPageRoutes({ core, appPublicUrl: () => edge.url, entryPath: "/app", links: menu }));
      app.use(
        storefrontRoutes({
          core,
          proxyTarget: () => options.appInternalUrl() + config.proxyTargetPath,
          extensionFolder: "extensions/storefront-tracking",
          proxyPath: config.proxyPath,
        }),
      );
      const actions = createConsoleActions({ world, shopify: () => shopify });
      const { consoleRouter, mailboxRouter } = createConsole({ world, carriers, resend, twilio, actions, links });
      app.use("/console", consoleRouter);
      app.use("/mailbox", mailboxRouter);
      app.get("/", (_request, response) => response.redirect("/console"));
    },
  });
  const edge = createEdge({ core: shopify.core, appInternalUrl: options.appInternalUrl, extensions: () => [] });
  return { world, carriers, resend, twilio, shopify, edge, links };
}

/** Where a person looks: the same four on every start. */
export function addressesOf(url: string) {
  return {
    admin: `${url}/admin/store/${DEMO_HANDLE}/apps/doorstep`,
    storefront: `${url}/stores/${DEMO_HANDLE}/apps/doorstep/track`,
    mailbox: `${url}/mailbox`,
    console: `${url}/console`,
  };
}

async function startOn(server: { start(port?: number): Promise<string> }, port = 0): Promise<void> {
  try {
    await server.start(port);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EADDRINUSE") throw error;
    await server.start(0);
  }
}

interface Kept {
  world: World;
  carriers: SandboxCarriers;
  resend: SandboxResend;
  twilio: SandboxTwilio;
}

function restore(file: string, { world, carriers, resend, twilio }: Kept): void {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return;
  }
  const saved = JSON.parse(text) as {
    world: ReturnType<World["snapshot"]>;
    carriers: ReturnType<SandboxCarriers["snapshot"]>;
    resend: ReturnType<SandboxResend["snapshot"]>;
    /** Absent in what an older sandbox kept. */
    twilio?: ReturnType<SandboxTwilio["snapshot"]>;
  };
  world.restore(saved.world);
  carriers.restore(saved.carriers);
  resend.restore(saved.resend);
  if (saved.twilio) twilio.restore(saved.twilio);
}

const SAVE_EVERY_MS = 1_000;

/** Saves what the services know once a second; returns a function that saves a last time. */
function keep(file: string, { world, carriers, resend, twilio }: Kept): () => void {
  mkdirSync(join(file, ".."), { recursive: true });
  let before = "";
  const save = () => {
    const text = JSON.stringify({
      world: world.snapshot(),
      carriers: carriers.snapshot(),
      resend: resend.snapshot(),
      twilio: twilio.snapshot(),
    });
    if (text === before) return;
    before = text;
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  const timer = setInterval(save, SAVE_EVERY_MS);
  return () => {
    clearInterval(timer);
    save();
  };
}

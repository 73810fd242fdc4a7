import { setTimeout as sleep } from "node:timers/promises";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import { connectCarrierAccount } from "#app/modules/shops/connect-carrier-account.server.ts";
import { readCarrierHook } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { saveSettings } from "#app/modules/shops/settings.server.ts";
import { loadEnv } from "#app/lib/env.server.ts";
import { closeServices, createServices, type Services } from "#app/services.server.ts";
import { SANDBOX_CREDENTIALS } from "./carriers/credentials.ts";
import { hostParameter } from "./edge/admin-page.ts";
import type { Sandbox } from "./start-sandbox.ts";
import { DEMO_HANDLE } from "./start-sandbox.ts";

const DOMAIN = `${DEMO_HANDLE}.myshopify.com`;
const WAIT_MS = 30_000;

/** The accounts a merchant of the demo shop has; each with the fields its adapter asks for. */
const ACCOUNTS = [
  {
    carrier: "ups",
    credentials: { clientId: SANDBOX_CREDENTIALS.ups.clientId, clientSecret: SANDBOX_CREDENTIALS.ups.clientSecret },
  },
  {
    carrier: "fedex",
    credentials: { clientId: SANDBOX_CREDENTIALS.fedex.clientId, clientSecret: SANDBOX_CREDENTIALS.fedex.clientSecret },
  },
  { carrier: "easypost", credentials: { apiKey: SANDBOX_CREDENTIALS.easypost.apiKey } },
] as const;

/**
 * Does what a merchant does on the first day, through the same doors: opens the app (which installs it and starts the
 * import), connects the carriers, names the brand, goes live. Done once; a second call finds it done.
 */
export async function openDemoShop(
  sandbox: Sandbox,
  environment: Record<string, string>,
): Promise<"opened" | "was open"> {
  const services = createServices({ env: loadEnv({ ...environment, LOG_LEVEL: "silent" }), role: "web" });
  try {
    const known = await installedShop(services);
    if (known && (await hasAccounts(services, known))) return "was open";
    await openApp(sandbox);
    const shopId = await waitForInstall(services);
    // Brand and switches first: the import that starts now tells nobody anything.
    await services.db.forShop(shopId, (tx) =>
      saveSettings(tx, services, { shopId, actorId: null, changes: demoSettings }),
    );
    for (const { carrier, credentials } of ACCOUNTS) await connect(services, sandbox, { shopId, carrier, credentials });
    return "opened";
  } finally {
    await closeServices(services);
  }
}

const demoSettings = {
  brand: {
    displayName: "Northpeak",
    logoUrl: "",
    primaryColour: "#1f5135",
    supportUrl: "",
    supportEmail: "help@northpeak-demo.example",
    postalAddress: "",
  },
  messages: { live: true, paused: false, liveSince: null, previewed: {} },
  writeBack: { enabled: true },
};

/** A browser that follows the admin's link into the frame. */
async function openApp(sandbox: Sandbox): Promise<void> {
  const token = await sandbox.shopify.core.tokens.idToken(DOMAIN);
  const query = new URLSearchParams({ shop: DOMAIN, host: hostParameter(DEMO_HANDLE), embedded: "1", id_token: token });
  const answer = await fetch(`${sandbox.edgeUrl}/app?${query.toString()}`, {
    headers: {
      // The library takes anything less for a bot.
      "user-agent":
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    },
    redirect: "manual",
  });
  if (!answer.ok)
    throw new Error(`the app could not be opened: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
}

async function waitForInstall(services: Services): Promise<string> {
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const shopId = await installedShop(services);
    if (shopId) return shopId;
    await sleep(100);
  }
  throw new Error("the demo shop was not installed in time");
}

async function installedShop({ db }: Services): Promise<string | null> {
  const rows = await db.acrossShops(
    (tx) => tx.$queryRaw<{ id: string | null }[]>`SELECT shop_id_of_domain(${DOMAIN}) AS id`,
  );
  const shopId = rows[0]?.id;
  if (!shopId) return null;
  const shop = await db.forShop(shopId, (tx) => tx.shop.findUnique({ where: { id: shopId } }));
  return shop?.status === "installed" ? shopId : null;
}

async function hasAccounts({ db }: Services, shopId: string): Promise<boolean> {
  return (await db.forShop(shopId, (tx) => tx.carrierAccount.count({ where: { shopId } }))) >= ACCOUNTS.length;
}

interface Account {
  shopId: string;
  carrier: string;
  credentials: Readonly<Record<string, string>>;
}

async function connect(services: Services, sandbox: Sandbox, { shopId, carrier, credentials }: Account): Promise<void> {
  const adapter = carrierById(carrier);
  const exists = await services.db.forShop(shopId, (tx) => tx.carrierAccount.count({ where: { shopId, carrier } }));
  if (!adapter || exists > 0) return;
  const label = `${adapter.displayName} (demo)`;
  const outcome = await connectCarrierAccount(services, {
    shopId,
    carrier: adapter,
    label,
    credentials,
    actorId: "demo",
  });
  if (outcome.kind !== "connected") throw new Error(`the demo shop could not connect ${carrier}: ${outcome.kind}`);
  if (carrier === "easypost") await registerPush(services, sandbox, { shopId, accountId: outcome.accountId });
}

/** What the merchant pastes at EasyPost: the address of the account's webhook and its secret. */
async function registerPush(
  services: Services,
  sandbox: Sandbox,
  key: { shopId: string; accountId: string },
): Promise<void> {
  const hook = await services.db.forShop(key.shopId, (tx) => readCarrierHook(services, tx, key));
  if (hook) sandbox.carriers.easypostWebhooks.create(hook.url, hook.secret);
}

import { systemClock, type Clock } from "#app/lib/clock.ts";
import { TokenService } from "#tests/sandbox/shopify/access-tokens.ts";
import { runBulkOperation } from "#tests/sandbox/shopify/bulk-runner.ts";
import { CallLog } from "#tests/sandbox/shopify/call-log.ts";
import { CostBucket } from "#tests/sandbox/shopify/cost-bucket.ts";
import type { AdminContext } from "#tests/sandbox/shopify/graphql-context.ts";
import { createRandom } from "#tests/sandbox/shopify/seed/random.ts";
import { seedHistory } from "#tests/sandbox/shopify/seed/seed-history.ts";
import { seedCustomers, seedProducts, shopFacts } from "#tests/sandbox/shopify/seed/seed-shop.ts";
import { ShopActions } from "#tests/sandbox/shopify/shop-actions.ts";
import { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import { routeWebhooks, type AppSubscription } from "#tests/sandbox/shopify/webhook-router.ts";
import { WebhookSender, type WebhookOptions } from "#tests/sandbox/shopify/webhook-sender.ts";

export const DEMO_SHOP = "northpeak-demo.myshopify.com";

/** Granted at install when the caller names none: everything Doorstep may ever ask for at install. */
export const DEFAULT_SCOPES = [
  "write_orders",
  "write_fulfillments",
  "write_returns",
  "read_products",
  "read_locations",
  "write_discounts",
  "read_customers",
  "write_app_proxy",
  "customer_read_orders",
  "customer_write_orders",
];

export interface SandboxCoreOptions {
  apiKey: string;
  apiSecret: string;
  clock?: Clock;
  /** Where webhooks go: base address of the app. */
  appUrl: string;
  /** `[[webhooks.subscriptions]]` of shopify.app.toml. */
  subscriptions: AppSubscription[];
  scopes?: string[];
  apiVersion?: string;
  appHandle?: string;
  accessTokenSeconds?: number;
  bucket?: { maximum: number; restorePerSecond: number };
  bulkDelayMs?: number;
  /** Starting values of `webhooks.options`. */
  webhooks?: Partial<WebhookOptions>;
  /** Ids above 2^53, as in Shopify's own samples. */
  hugeIds?: boolean;
}

export interface SandboxShop {
  store: ShopStore;
  actions: ShopActions;
  bucket: CostBucket;
}

export interface AddShopOptions {
  customers?: number;
  /** Orders of the past; 0 leaves only goods and people. */
  orders?: number;
  days?: number;
  installed?: boolean;
  seed?: number;
}

/** State and machinery of the sandbox Shopify, without any HTTP. */
export class SandboxCore {
  readonly clock: Clock;
  readonly apiVersion: string;
  readonly appHandle: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly subscriptions: AppSubscription[];
  readonly shops = new Map<string, SandboxShop>();
  readonly tokens: TokenService;
  readonly webhooks: WebhookSender;
  readonly log = new CallLog();
  /** Public address of the sandbox; known once it listens. */
  url = "";
  appUrl: string;
  /** Added before every GraphQL answer. */
  latencyMs = 0;
  /** Statuses for the next GraphQL calls, first come first served. */
  failures: number[] = [];
  onChange: () => void = () => undefined;
  readonly #options: SandboxCoreOptions;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: SandboxCoreOptions) {
    this.#options = options;
    this.clock = options.clock ?? systemClock;
    this.apiVersion = options.apiVersion ?? "2026-10";
    this.appHandle = options.appHandle ?? "doorstep";
    this.apiKey = options.apiKey;
    this.apiSecret = options.apiSecret;
    this.subscriptions = options.subscriptions;
    this.appUrl = options.appUrl;
    const nowMs = () => this.clock.now().getTime();
    const { apiKey, apiSecret } = options;
    this.tokens = new TokenService({
      apiKey,
      apiSecret,
      nowMs,
      accessTokenSeconds: options.accessTokenSeconds ?? 3600,
    });
    const now = () => this.clock.now().toISOString();
    this.webhooks = new WebhookSender({
      secret: apiSecret,
      apiVersion: this.apiVersion,
      target: () => this.appUrl,
      now,
    });
    Object.assign(this.webhooks.options, options.webhooks);
  }

  addShop(domain: string, options: AddShopOptions = {}): SandboxShop {
    const now = this.clock.now().toISOString();
    const shop = this.openShop(domain, now);
    const random = createRandom(options.seed ?? 1042);
    seedProducts(shop.store);
    seedCustomers(shop.store, random, options.customers ?? 40);
    if (options.orders) seedHistory(shop.store, random, { orders: options.orders, days: options.days ?? 60 });
    shop.store.records.installation.installed = options.installed ?? true;
    return shop;
  }

  /** A shop without rows; a restore fills it. */
  openShop(domain: string, now: string): SandboxShop {
    const store = new ShopStore({
      facts: shopFacts(domain, now),
      clock: this.clock,
      scopes: this.#options.scopes ?? DEFAULT_SCOPES,
      hugeIds: this.#options.hugeIds ?? false,
    });
    store.onChange = () => this.onChange();
    const route = routeWebhooks(store, this.webhooks, this.subscriptions);
    const actions = new ShopActions(store, (emissions) => void route(emissions));
    const limits = this.#options.bucket ?? { maximum: 2000, restorePerSecond: 100 };
    const bucket = new CostBucket(limits, () => this.clock.now().getTime());
    const shop = { store, actions, bucket };
    this.shops.set(domain, shop);
    return shop;
  }

  requireShop(domain: string): SandboxShop {
    const shop = this.shops.get(domain) ?? this.shops.get(`${domain}.myshopify.com`);
    if (!shop) throw new Error(`the sandbox has no shop ${domain}`);
    return shop;
  }

  context(shop: SandboxShop, scopes: Set<string>): AdminContext {
    const context: AdminContext = {
      store: shop.store,
      actions: shop.actions,
      scopes,
      bulk: false,
      apiKey: this.apiKey,
      appHandle: this.appHandle,
      baseUrl: this.url,
      runBulk: (id) => this.#later(this.#options.bulkDelayMs ?? 400, () => runBulkOperation(context, id)),
    };
    return context;
  }

  nextFailure(): number | undefined {
    return this.failures.shift();
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.webhooks.stop();
  }

  #later(ms: number, run: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run().catch((error: unknown) =>
        this.log.add({
          at: this.clock.now().toISOString(),
          kind: "graphql",
          shop: "",
          what: `bulk: ${String(error)}`,
          status: 500,
        }),
      );
    }, ms);
    this.#timers.add(timer);
  }
}

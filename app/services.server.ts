import { carrierDirectory, carrierName, carrierPage, limitsOf } from "./carrier-directory.server.ts";
import { reactionsTo } from "./jobs/reactions.ts";
import { type Clock, systemClock } from "./lib/clock.ts";
import { KeyRing } from "./lib/crypto.server.ts";
import { Database } from "./lib/db.server.ts";
import { type Env, loadEnv } from "./lib/env.server.ts";
import { Http } from "./lib/http.server.ts";
import { createLogger, type Logger } from "./lib/logger.server.ts";
import { Queue } from "./lib/queue.server.ts";
import { systemTimer, type Timer } from "./lib/timer.ts";
import { DeliveryWriter } from "./modules/intake/delivery-writer.server.ts";
import { ShopDirectory } from "./modules/intake/shop-directory.ts";
import { LawBook } from "./modules/foresight/law-book.server.ts";
import { replayForecasts } from "./modules/foresight/replay-forecasts.server.ts";
import { createTextPricing } from "./modules/notifications/rehearsal/price-rehearsed.server.ts";
import type { RehearsalDeps } from "./modules/notifications/rehearsal/run-rehearsal.server.ts";
import { countUnshipped, readUnshipped } from "./modules/foresight/read-unshipped.server.ts";
import { createShopperDates } from "./modules/foresight/read-shopper-dates.server.ts";
import type { NativeEvents } from "./modules/orders/native-events.ts";
import type { ParcelSync } from "./modules/orders/parcel-sync.ts";
import type { CheckDeps } from "./modules/shipments/check-shipments.server.ts";
import { LoadBook } from "./modules/shipments/load-book.server.ts";
import { RhythmBook } from "./modules/shipments/rhythm-book.server.ts";
import { createNativeEvents } from "./modules/shipments/record-native-event.server.ts";
import type { ShopperDates } from "./modules/shipments/shopper-date.ts";
import type { SubscribeDeps } from "./modules/shipments/subscribe-numbers.server.ts";
import { createParcelSync } from "./modules/shipments/sync-shipments.server.ts";
import type { AdminApi } from "./modules/shops/admin-api.ts";
import { StoredCarrierAccess } from "./modules/shops/carrier-access.server.ts";
import { installShop } from "./modules/shops/install-shop.server.ts";
import { readCarrierHook } from "./modules/shops/manage-carrier-accounts.server.ts";
import { ShopSessionStorage } from "./modules/shops/session-storage.server.ts";
import { ShopifyAdminApi } from "./modules/shops/shopify-admin-api.server.ts";
import { createShopify, type Shopify } from "./shopify.server.ts";
import type { DomainProvider } from "./modules/notifications/domain-provider.ts";
import { createResendAsk } from "./modules/notifications/ask-resend.server.ts";
import { createResendDomains } from "./modules/notifications/resend-domains.server.ts";
import { createResendSuppressions } from "./modules/notifications/resend-suppressions.server.ts";
import type { SuppressionList } from "./modules/notifications/suppression-list.ts";
import type { TrialSender } from "./modules/notifications/trial-sender.ts";
import type { UnshippedOrders } from "./modules/notifications/decide-digest.server.ts";
import type { TextDispatchDeps } from "./modules/notifications/dispatch/dispatch-deps.ts";
import type { MailSender } from "./modules/notifications/mail-sender.ts";
import { createRendering, type RenderDeps } from "./modules/notifications/rendering.server.ts";
import { createResendSender } from "./modules/notifications/resend-sender.server.ts";
import { rulesLookAtTags } from "./modules/notifications/rules-look-at-tags.server.ts";
import { checkSmsCaps } from "./modules/notifications/sms/check-sms-caps.server.ts";
import { createSmsSenderOf, type SmsSenderOf } from "./modules/notifications/sms/sms-sender-of.server.ts";

/** Everything with a connection, a secret or a clock, built once per process and handed to modules by routes and jobs. */
export interface Services {
  env: Env;
  log: Logger;
  clock: Clock;
  db: Database;
  queue: Queue;
  keys: KeyRing;
  http: Http;
  sessionStorage: ShopSessionStorage;
  shopify: Shopify;
  admin: AdminApi;
  deliveryWriter: DeliveryWriter;
  carrierAccess: StoredCarrierAccess;
  mail: MailSender;
  /** What turning a decision into a mail or a text needs. */
  rendering: RenderDeps;
  /** The sender for texts of a shop, or why it has none. */
  smsSenderOf: SmsSenderOf;
  /** Merchants' sender domains; null without a key that may manage them. */
  domains: DomainProvider | null;
  /** The mail provider's own list of addresses that get nothing; null without that key. */
  suppressions: SuppressionList | null;
  /** Sender of shops that have no domain of their own yet. */
  trialSender: TrialSender;
  /** Orders that should have left by now, for the digest of a shop's staff. */
  unshipped: UnshippedOrders;
  timer: Timer;
  /** Whose account sends a shop's texts, and how many it may send. */
  texts: Pick<TextDispatchDeps, "senderOf" | "checkCaps">;
  /** What foreseeing parcels needs, besides the above. */
  laws: LawBook;
  /** What rehearsing rules on the past needs, besides the above. */
  rehearsal: Pick<RehearsalDeps, "forecasts" | "priceTexts">;
  /** What a shopper may be told about a parcel's arrival. */
  shopperDates: ShopperDates;
  /** What following parcels needs, besides the above. */
  shipments: CheckDeps;
  /** The same for having carriers push. */
  pushes: SubscribeDeps;
  parcels: ParcelSync;
  nativeEvents: NativeEvents;
  rulesLookAtTags: typeof rulesLookAtTags;
  carrierName: typeof carrierName;
  carrierPage: typeof carrierPage;
}

export interface ServiceOptions {
  env: Env;
  role: "web" | "worker";
  clock?: Clock;
  log?: Logger;
}

/** Builds the services without opening a connection; connections open with the first use. */
export function createServices({ env, role, clock = systemClock, log: given }: ServiceOptions): Services {
  const log = given ?? createLogger({ level: env.LOG_LEVEL, name: `doorstep-${role}` });
  const keys = KeyRing.parse(env.ENCRYPTION_KEYS);
  const db = new Database({ url: env.DATABASE_URL, poolSize: env.DATABASE_POOL });
  const queue = new Queue({ url: env.DATABASE_URL, log, role });
  const http = new Http({ log });
  const mail = createResendSender({
    apiKey: env.RESEND_API_KEY,
    ...(env.RESEND_BASE_URL ? { baseUrl: env.RESEND_BASE_URL } : {}),
  });
  const base = { env, log, clock, timer: systemTimer, db, queue, keys, http, mail, ...senders(env, db) };
  const smsSenderOf = createSmsSenderOf(base);
  const sessionStorage = new ShopSessionStorage(base);
  const carrierAccess = new StoredCarrierAccess(base);
  const shipments = followParcels(base, carrierAccess);
  const laws = new LawBook();
  const shopperDates = createShopperDates(base);
  const rendering = createRendering({
    ...{ keys, clock, log, carrierName, shopperDates },
    ...{ defaultFrom: env.MAIL_FROM, storefrontTemplate: env.STOREFRONT_URL_TEMPLATE },
    adminApp: { apiKey: env.SHOPIFY_API_KEY, template: env.ADMIN_URL_TEMPLATE },
  });
  return {
    ...base,
    ...{ sessionStorage, carrierAccess, shipments, carrierName, carrierPage, laws, shopperDates, rendering },
    rehearsal: rehearsing(laws, rendering),
    unshipped: readUnshippedOrders,
    pushes: {
      ...shipments,
      pace: shipments.watch.pace,
      hookOf: (tx, key) => readCarrierHook(base, tx, key),
    },
    smsSenderOf,
    texts: { senderOf: smsSenderOf, checkCaps: (tx, message) => checkSmsCaps(base, tx, message) },
    parcels: createParcelSync(shipments),
    ...{ nativeEvents: createNativeEvents(shipments), rulesLookAtTags },
    shopify: createShopify({ env, log, sessionStorage, onNewToken: (token) => installShop(base, token) }),
    admin: new ShopifyAdminApi(base),
    deliveryWriter: new DeliveryWriter({ ...base, shops: new ShopDirectory() }),
  };
}

const readUnshippedOrders: UnshippedOrders = async (tx, { shopId, limit }) => ({
  count: await countUnshipped(tx, shopId),
  orders: (await readUnshipped(tx, { shopId, limit })).rows,
});

function senders(env: Env, db: Database): Pick<Services, "domains" | "suppressions" | "trialSender"> {
  const { RESEND_ADMIN_KEY: apiKey, RESEND_BASE_URL: baseUrl } = env;
  const ask = apiKey ? createResendAsk({ apiKey, db, timer: systemTimer, ...(baseUrl ? { baseUrl } : {}) }) : null;
  return {
    domains: ask && createResendDomains(ask),
    suppressions: ask && createResendSuppressions(ask),
    trialSender: { address: env.MAIL_FROM, mailsPerDay: env.TRIAL_MAILS_PER_DAY },
  };
}

type Base = Pick<Services, "env" | "log" | "clock" | "db" | "queue">;

function followParcels({ env, log, clock, db, queue }: Base, access: StoredCarrierAccess): CheckDeps {
  return {
    ...{ log, clock, db, queue, access, reactionsTo },
    carriers: carrierDirectory,
    watch: { pace: env.WATCH_PACE ?? 1, limitsOf, rhythms: new RhythmBook(), loads: new LoadBook() },
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Past forecasts and prices of texts for rehearsals of the rules. */
function rehearsing(laws: LawBook, rendering: RenderDeps): Services["rehearsal"] {
  return {
    forecasts: (tx, wanted) => replayForecasts(tx, { laws }, wanted),
    priceTexts: createTextPricing(rendering),
  };
}

/** Closes every connection; called once, after the last request or job has ended. */
export async function closeServices(services: Services): Promise<void> {
  await services.queue.stop({ graceful: true, timeoutMs: 10_000 });
  await Promise.all([services.db.close(), services.http.close(), services.rendering.templates.close()]);
}

declare global {
  // Development reloads modules; connections must survive that.
  var __doorstepServices: Services | undefined;
}

/** The services of the web process, made on first use. */
export function webServices(): Services {
  globalThis.__doorstepServices ??= createServices({ env: loadEnv(), role: "web" });
  return globalThis.__doorstepServices;
}

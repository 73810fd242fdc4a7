import { z } from "zod";

const shopId = z.string().min(1).max(64);
const id = z.string().min(1).max(120);

/**
 * How jobs with the same key are kept apart: `many` never; `one-waiting` keeps one in the queue while another may run;
 * `one` allows a single job, waiting or running.
 */
type Policy = "many" | "one-waiting" | "one";

interface CatalogueEntry<Payload extends z.ZodType> {
  payload: Payload;
  policy: Policy;
  /** What "the same job" means under a policy; the job's name alone when absent. */
  key?: (payload: z.infer<Payload>) => string;
}

function job<Payload extends z.ZodType>(
  payload: Payload,
  policy: Policy = "many",
  key?: (payload: z.infer<Payload>) => string,
): CatalogueEntry<Payload> {
  return { payload, policy, ...(key ? { key } : {}) };
}

const nothing = z.object({});
const shop = z.object({ shopId });
const byShop = (payload: { shopId: string }) => payload.shopId;

/**
 * Every job of the product and what it carries: ids, never data. Producers enqueue by these names (`define-job.ts`); the
 * file beside this one with the job's name says what it does.
 */
export const jobCatalogue = {
  /** One stored webhook, from Shopify or a carrier. */
  "intake.process-delivery": job(z.object({ shopId, deliveryId: id })),
  /** Wakes stored deliveries whose job was lost, and marks hopeless ones as failed. */
  "intake.sweep": job(nothing, "one"),

  /** Reads the shop's facts after an install, then starts the import. */
  "shops.set-up": job(shop, "one", byShop),
  /** One light query per shop and day, so that the offline token never expires unused. */
  "shops.keep-alive": job(nothing, "one"),
  /** Deletes what has outlived its purpose: webhook bodies, rate windows, personal data by the shops' settings. */
  "shops.apply-retention": job(nothing, "one"),

  // Queues itself again from inside its own run.
  "orders.import": job(z.object({ shopId, importId: id }), "one-waiting", byShop),
  "orders.reconcile-sweep": job(nothing, "one"),
  "orders.reconcile": job(shop, "one", byShop),
  /** Fetches one order again, when a webhook said less than we need. */
  "orders.refresh": job(
    z.object({ shopId, orderId: id }),
    "one-waiting",
    (payload) => `${payload.shopId}:${payload.orderId}`,
  ),
  /** Decides whether Shopify lacks what we know, and writes the intent down. */
  "orders.decide-write-back": job(z.object({ shopId, shipmentId: id, version: z.number().int() })),
  "orders.write-back": job(z.object({ shopId, effectId: id })),

  "shipments.watch-sweep": job(nothing, "one"),
  /** An account was connected: parcels that rested for want of one are due. */
  "shipments.resume-watch": job(shop, "one-waiting", byShop),
  /** A merchant has said what a code means, or takes it back: stored scans with it are read anew. Queues itself again. */
  "shipments.reread-scans": job(z.object({ shopId, mappingId: id })),
  "shipments.check": job(z.object({ shopId, shipmentIds: z.array(id).min(1).max(200) })),

  /** Numbers are subscribed to a carrier's pushes where it wants that per number, and again before they end. */
  "shipments.subscribe-sweep": job(nothing, "one"),
  "shipments.subscribe": job(
    z.object({ shopId, accountId: id }),
    "one-waiting",
    (payload) => `${payload.shopId}:${payload.accountId}`,
  ),
  /** Takes up what scans taught about when a carrier's news comes. */
  "shipments.learn-rhythms": job(nothing, "one"),
  "shipments.pool-rhythms": job(nothing, "one"),

  /** Forecasts parcels again: what changed, or what time alone can have changed. */
  "foresight.forecast": job(z.object({ shopId, shipmentIds: z.array(id).min(1).max(200) })),
  /** Claims forecasts and open orders that time can have changed, and nights that are due. */
  "foresight.sweep": job(nothing, "one"),
  /** Learns the days of a shop's parcels that are over. */
  "foresight.learn": job(shop, "one", byShop),
  /** Makes what every shop starts from out of what those that consent have learnt. */
  "foresight.pool": job(nothing, "one"),
  /** Freezes the promises of new orders, and finds orders that should have shipped. */
  "foresight.look-at-orders": job(z.object({ shopId, orderIds: z.array(id).min(1).max(200) })),

  /** Decides which messages the state of an order and its parcels deserves. */
  "notifications.decide": job(z.object({ shopId, orderId: id })),
  /** Claims orders about whose messages time alone may have decided. */
  "notifications.review-sweep": job(nothing, "one"),
  /** Claims shops whose staff want today's digest by now. */
  "notifications.digest-sweep": job(nothing, "one"),
  /** Decides what the digest of a shop's day says, and whether there is one. */
  "notifications.digest": job(shop, "one-waiting", byShop),
  /** Plays past orders through rules. Queues itself again from inside its own run. */
  "notifications.rehearse": job(z.object({ shopId, dryRunId: id }), "one-waiting", byShop),
  /** Sends what is due. One may wait while others run: a run whose worker died holds up nobody. */
  "notifications.dispatch": job(nothing, "one-waiting"),
  "notifications.dispatch-texts": job(nothing, "one-waiting"),
  /** Asks the provider how merchants' sender domains stand. */
  "notifications.check-domains": job(nothing, "one"),
  /** Reads what a text has cost, once its fate is known. */
  "notifications.fetch-text-price": job(
    z.object({ shopId, notificationId: id }),
    "one-waiting",
    (payload) => `${payload.shopId}:${payload.notificationId}`,
  ),
  /** Finds effects whose worker died, and wakes them. */
  "outbox.sweep": job(nothing, "one"),
} as const;

export type JobName = keyof typeof jobCatalogue;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobCatalogue)[Name]["payload"]>;

export const jobNames = Object.keys(jobCatalogue) as JobName[];

/** Where jobs go that failed for good; an operator sees and redrives them. */
export const DEAD_LETTER_QUEUE = "dead-letter";

import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { AdminApi } from "#app/modules/shops/admin-api.ts";
import type { NativeEvents } from "./native-events.ts";
import type { ParcelSync } from "./parcel-sync.ts";

/** What is needed to write an order down. */
export interface ApplyDeps {
  clock: Clock;
  queue: Queue;
  keys: KeyRing;
  parcels: ParcelSync;
  /** Whether the published rules of the messages look at the tags of products or customers. */
  rulesLookAtTags(tx: ShopTx, shopId: string): Promise<boolean>;
}

/** What webhooks are handled with. */
export interface WebhookDeps extends ApplyDeps {
  db: Database;
  log: Logger;
  nativeEvents: NativeEvents;
}

/** What the jobs of this module need: the above, and a way to ask Shopify. */
export interface OrdersDeps extends WebhookDeps {
  admin: AdminApi;
}

/** What became of a webhook; "ignored" says why, for the operator who looks at the delivery. */
export type WebhookOutcome = { kind: "applied" } | { kind: "ignored"; reason: string };

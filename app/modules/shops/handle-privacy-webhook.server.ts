import { z } from "zod";
import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import {
  type CustomerRequest,
  customerRequestSchema,
  type CustomerScope,
  findCustomerScope,
} from "./customer-scope.server.ts";
import { collectCustomerData } from "./export-customer-data.server.ts";
import { isSameShop, type LifecycleOutcome } from "./handle-lifecycle-webhook.server.ts";
import { sealExport } from "./privacy-requests.server.ts";
import { redactOrders } from "./redact-orders.server.ts";
import type { RedactionCounts } from "./redaction-counts.ts";
import { redactShop } from "./redact-shop.server.ts";
import { redactTraces } from "./redact-traces.server.ts";

export interface PrivacyDeps {
  db: Database;
  keys: KeyRing;
  clock: Clock;
  log: Logger;
}

export interface PrivacyWebhook {
  shopId: string;
  /** What makes the request one request, however often it is delivered. */
  deliveryId: string;
  body: unknown;
}

/** Collecting and rewriting a customer of many orders may take a while. */
const TIMEOUT = { timeout: 120_000 };

/** `customers/data_request`: everything about the customer, sealed, for the merchant to download in the app. */
export async function handleDataRequest(deps: PrivacyDeps, webhook: PrivacyWebhook): Promise<LifecycleOutcome> {
  const request = customerRequestSchema.parse(webhook.body);
  const { shopId } = webhook;
  if (!(await isSameShop(deps.db, shopId, request.shop_domain))) return { kind: "ignored", reason: "other_shop" };
  await deps.db.forShop(
    shopId,
    async (tx) => {
      const scope = await findCustomerScope(tx, shopId, request);
      const data = await collectCustomerData(tx, deps.keys, scope);
      const id = newId("prv", deps.clock);
      const exportSealed = sealExport(deps.keys, { shopId, id }, JSON.stringify(data));
      const report = { customerId: scope.customerId, orderIds: scope.orderIds };
      await recordRequest(tx, deps, { webhook, request, kind: "customer_data", id, exportSealed, report });
    },
    TIMEOUT,
  );
  return { kind: "applied" };
}

/** `customers/redact`: the person disappears, the figures stay. */
export async function handleCustomerRedact(deps: PrivacyDeps, webhook: PrivacyWebhook): Promise<LifecycleOutcome> {
  const request = customerRequestSchema.parse(webhook.body);
  const { shopId } = webhook;
  if (!(await isSameShop(deps.db, shopId, request.shop_domain))) return { kind: "ignored", reason: "other_shop" };
  await deps.db.forShop(
    shopId,
    async (tx) => {
      const scope = await findCustomerScope(tx, shopId, request);
      const removed = await redactCustomer(tx, deps.clock, scope);
      const id = newId("prv", deps.clock);
      await recordRequest(tx, deps, { webhook, request, kind: "customer_redact", id, report: { removed } });
    },
    TIMEOUT,
  );
  return { kind: "applied" };
}

/** `shop/redact`: two days after the uninstall, everything goes. */
export async function handleShopRedact(deps: PrivacyDeps, webhook: PrivacyWebhook): Promise<LifecycleOutcome> {
  const { shop_domain: domain } = z.object({ shop_domain: z.string().optional() }).parse(webhook.body);
  if (!(await isSameShop(deps.db, webhook.shopId, domain))) return { kind: "ignored", reason: "other_shop" };
  return redactShop(deps, { shopId: webhook.shopId });
}

/** Traces first: they are found by what the orders still say. */
async function redactCustomer(tx: ShopTx, clock: Clock, scope: CustomerScope): Promise<RedactionCounts> {
  const traces = await redactTraces(tx, scope);
  const rows = await redactOrders(tx, { shopId: scope.shopId, orderIds: scope.orderIds, now: clock.now() });
  return { ...rows, ...traces };
}

interface RequestRecord {
  webhook: PrivacyWebhook;
  request: CustomerRequest;
  kind: "customer_data" | "customer_redact";
  id: string;
  exportSealed?: string;
  report: { removed?: RedactionCounts; customerId?: string | null; orderIds?: string[] };
}

/** A repeated delivery finds its request done and leaves it alone. */
async function recordRequest(tx: ShopTx, { clock }: PrivacyDeps, record: RequestRecord): Promise<void> {
  const { webhook, kind, id, report } = record;
  const { shopId } = webhook;
  const now = clock.now();
  const created = await tx.privacyRequest.createMany({
    data: [
      {
        shopId,
        id,
        kind,
        requestKey: record.request.data_request?.id ?? webhook.deliveryId,
        state: "completed",
        exportSealed: record.exportSealed ?? null,
        report,
        receivedAt: now,
        completedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (created.count === 0) return;
  await recordActivity(tx, clock, shopId, [
    {
      type: "privacy.completed",
      actor: "shopify",
      subject: { type: "privacy_request", id },
      data: { kind, removed: report.removed ?? {} },
    },
  ]);
}

import { instant, type AdminContext, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { ApiSubscriptionRecord, BulkRecord } from "#tests/sandbox/shopify/store-records.ts";

export function bulkView(context: AdminContext, bulk: BulkRecord): View {
  const shop = context.store.facts.domain;
  const done = bulk.status === "COMPLETED" && bulk.result !== null && bulk.result !== "";
  return {
    __typename: "BulkOperation",
    id: bulk.id,
    type: "QUERY",
    query: bulk.query,
    status: bulk.status,
    errorCode: bulk.errorCode,
    createdAt: instant(bulk.createdAt),
    completedAt: instant(bulk.completedAt),
    objectCount: String(bulk.objectCount),
    rootObjectCount: String(bulk.rootObjectCount),
    fileSize: done ? String(Buffer.byteLength(bulk.result ?? "")) : null,
    url: done ? `${context.baseUrl}/bulk/${shop}/${legacyId(bulk.id)}.jsonl` : null,
    partialDataUrl: null,
  };
}

export function subscriptionView(subscription: ApiSubscriptionRecord): View {
  return {
    __typename: "WebhookSubscription",
    id: subscription.id,
    legacyResourceId: legacyId(subscription.id),
    topic: subscription.topic,
    uri: subscription.uri,
    callbackUrl: subscription.uri,
    format: subscription.format,
    name: subscription.name,
    filter: subscription.filter,
    includeFields: subscription.includeFields,
    metafieldNamespaces: subscription.metafieldNamespaces,
    createdAt: instant(subscription.createdAt),
    updatedAt: instant(subscription.createdAt),
    apiVersion: { handle: "2026-10", displayName: "2026-10", supported: true },
  };
}

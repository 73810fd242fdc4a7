import { randomUUID } from "node:crypto";
import { exactJson } from "#tests/sandbox/shopify/rest/exact-json.ts";
import type { Emission } from "#tests/sandbox/shopify/shop-actions.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { WebhookDelivery, WebhookSender } from "#tests/sandbox/shopify/webhook-sender.ts";

/** One `[[webhooks.subscriptions]]` of shopify.app.toml; both kinds of topics are written "orders/create". */
export interface AppSubscription {
  topics?: string[];
  complianceTopics?: string[];
  uri: string;
  name?: string;
  includeFields?: string[];
}

export const COMPLIANCE_TOPICS = ["customers/data_request", "customers/redact", "shop/redact"];

/** "orders/create" for ORDERS_CREATE, "fulfillment_events/create" for FULFILLMENT_EVENTS_CREATE. */
export function topicOfEnum(name: string): string {
  const parts = name.toLowerCase().split("_");
  const twoWords = ["fulfillment_events", "bulk_operations", "app_subscriptions", "fulfillment_orders", "refunds"];
  const head = `${parts[0]}_${parts[1]}`;
  if (twoWords.includes(head)) return `${head}/${parts.slice(2).join("_")}`;
  return `${parts[0]}/${parts.slice(1).join("_")}`;
}

function pick(body: unknown, fields: string[] | undefined): unknown {
  if (!fields || fields.length === 0 || typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => fields.includes(key)));
}

/** Finds who subscribed to a topic and hands the deliveries to the sender; two subscriptions are two deliveries. */
export function routeWebhooks(store: ShopStore, sender: WebhookSender, subscriptions: AppSubscription[]) {
  return (emissions: Emission[]): WebhookDelivery[] => {
    const eventId = randomUUID();
    const shop = store.facts.domain;
    return emissions.flatMap(({ topic, body }) => {
      if (!store.records.installation.installed && !COMPLIANCE_TOPICS.includes(topic)) return [];
      const fromToml = subscriptions.filter((one) =>
        [...(one.topics ?? []), ...(one.complianceTopics ?? [])].includes(topic),
      );
      const fromApi = store.records.apiSubscriptions
        .filter((one) => topicOfEnum(one.topic) === topic)
        .map((one) => ({ uri: one.uri, name: one.name ?? undefined, includeFields: one.includeFields }));
      return [...fromToml, ...fromApi].map((one) => {
        const text = exactJson(pick(body, one.includeFields));
        return sender.send({ eventId, topic, shop, name: one.name ?? null, uri: one.uri, body: text });
      });
    });
  };
}

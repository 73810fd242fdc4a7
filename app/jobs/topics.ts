import type { Delivery, DeliveryOutcome } from "#app/modules/intake/delivery.ts";
import { parsePayload } from "#app/modules/intake/parse-payload.ts";
import type { DeliveryHandler } from "#app/modules/intake/process-delivery.server.ts";
import {
  handleAppUninstalled,
  handleScopesUpdate,
  handleShopUpdate,
} from "#app/modules/shops/handle-lifecycle-webhook.server.ts";
import {
  handleCustomerRedact,
  handleDataRequest,
  handleShopRedact,
} from "#app/modules/shops/handle-privacy-webhook.server.ts";
import type { Services } from "#app/services.server.ts";

export interface TopicDelivery {
  shopId: string;
  deliveryId: string;
  topic: string;
  triggeredAt: Date | null;
  /** The parsed body; whole numbers beyond 2^53 are strings of digits. */
  body: unknown;
}

export type TopicHandler = (delivery: TopicDelivery, services: Services) => Promise<DeliveryOutcome>;

interface Topic {
  handle: TopicHandler;
  /** Also for a shop that is not installed. */
  withoutInstallation?: true;
}

/** What each of Shopify's topics does. A topic that is not here is stored and ignored. */
export const topics: Readonly<Record<string, Topic>> = {
  "app/uninstalled": {
    handle: (delivery, services) => handleAppUninstalled(services, delivery),
    withoutInstallation: true,
  },
  "app/scopes_update": { handle: (delivery, services) => handleScopesUpdate(services, delivery) },
  "shop/update": { handle: (delivery, services) => handleShopUpdate(services, delivery) },

  "customers/data_request": {
    handle: (delivery, services) => handleDataRequest(services, delivery),
    withoutInstallation: true,
  },
  "customers/redact": {
    handle: (delivery, services) => handleCustomerRedact(services, delivery),
    withoutInstallation: true,
  },
  "shop/redact": { handle: (delivery, services) => handleShopRedact(services, delivery), withoutInstallation: true },
};

/** The handler of a stored delivery by where it came from and what it is about. */
export function findDeliveryHandler(services: Services, source: string, topic: string): DeliveryHandler | null {
  if (source !== "shopify" || !Object.hasOwn(topics, topic)) return null;
  const found = topics[topic];
  if (!found) return null;
  return {
    withoutInstallation: found.withoutInstallation ?? false,
    handle: (delivery) => found.handle(toTopicDelivery(delivery), services),
  };
}

function toTopicDelivery({ id, shopId, topic, triggeredAt, body }: Delivery): TopicDelivery {
  return { deliveryId: id, shopId, topic, triggeredAt, body: parsePayload(body) };
}

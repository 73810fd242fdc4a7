import { InvalidInputError } from "#app/lib/errors.ts";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import type { Delivery, DeliveryOutcome } from "#app/modules/intake/delivery.ts";
import { parsePayload } from "#app/modules/intake/parse-payload.ts";
import type { DeliveryHandler } from "#app/modules/intake/process-delivery.server.ts";
import { handleFulfillmentEvent } from "#app/modules/orders/handle-fulfillment-event.server.ts";
import { handleFulfillmentWebhook } from "#app/modules/orders/handle-fulfillment-webhook.server.ts";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { handleResendEvent, type ResendEventDeps } from "#app/modules/notifications/handle-resend-event.server.ts";
import { handleTwilioEvent, type TwilioEventDeps } from "#app/modules/notifications/sms/handle-twilio-event.server.ts";
import { readOrdersAgain } from "#app/modules/orders/read-orders-again.server.ts";
import type { WebhookDeps } from "#app/modules/orders/orders-deps.ts";
import type { RecordDeps } from "#app/modules/shipments/record-events.server.ts";
import { recordPush } from "#app/modules/shipments/record-push.server.ts";
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

/** What the handlers need of the services. */
export type TopicServices = WebhookDeps & ResendEventDeps & TwilioEventDeps & { shipments: RecordDeps };

export interface TopicDelivery {
  shopId: string;
  deliveryId: string;
  topic: string;
  triggeredAt: Date | null;
  /** The parsed body; whole numbers beyond 2^53 are strings of digits. */
  body: unknown;
}

export type TopicHandler = (delivery: TopicDelivery, services: TopicServices) => Promise<DeliveryOutcome>;

interface Topic {
  handle: TopicHandler;
  /** Also for a shop that is not installed. */
  withoutInstallation?: true;
}

/** What each of Shopify's topics does. A topic that is not here is stored and ignored. */
export const topics: Readonly<Record<string, Topic>> = {
  "orders/create": { handle: (delivery, services) => handleOrderWebhook(services, delivery) },
  "orders/updated": { handle: (delivery, services) => handleOrderWebhook(services, delivery) },
  "orders/cancelled": { handle: (delivery, services) => handleOrderWebhook(services, delivery) },
  "fulfillments/create": { handle: (delivery, services) => handleFulfillmentWebhook(services, delivery) },
  "fulfillments/update": { handle: (delivery, services) => handleFulfillmentWebhook(services, delivery) },
  "fulfillment_events/create": { handle: (delivery, services) => handleFulfillmentEvent(services, delivery) },

  "app/uninstalled": {
    handle: (delivery, services) => handleAppUninstalled(services, delivery),
    withoutInstallation: true,
  },
  "app/scopes_update": {
    handle: (delivery, services) =>
      handleScopesUpdate({ ...services, onGranted: (tx, change) => readOrdersAgain(tx, services, change) }, delivery),
  },
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
export function findDeliveryHandler(services: TopicServices, source: string, topic: string): DeliveryHandler | null {
  if (source === "resend") return mailHandler(services);
  if (source === "twilio") return textHandler(services);
  if (source !== "shopify") return findPushHandler(services, source);
  const found = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
  if (!found) return null;
  return {
    withoutInstallation: found.withoutInstallation ?? false,
    handle: (delivery) => found.handle(toTopicDelivery(delivery), services),
  };
}

function toTopicDelivery({ id, shopId, topic, triggeredAt, body }: Delivery): TopicDelivery {
  return { deliveryId: id, shopId, topic, triggeredAt, body: parsePayload(body) };
}

/** What Resend tells about our mails. Who complained after an uninstall must not be written to after the next install. */
function mailHandler(services: TopicServices): DeliveryHandler {
  return {
    withoutInstallation: true,
    handle: ({ id: deliveryId, body, ...delivery }) =>
      handleResendEvent(services, { ...delivery, deliveryId, body: parsePayload(body) }),
  };
}

/** What Twilio tells about our texts, and what people answer. STOP counts after an uninstall, too. */
function textHandler(services: TopicServices): DeliveryHandler {
  return {
    withoutInstallation: true,
    handle: ({ headers, ...delivery }) =>
      handleTwilioEvent(services, { ...delivery, reference: headers["reference"] ?? "" }),
  };
}

/** A carrier's push: read by its adapter, recorded for every parcel of the shop with one of its numbers. */
function findPushHandler(services: TopicServices, carrier: string): DeliveryHandler | null {
  const push = carrierById(carrier)?.push;
  if (!push) return null;
  return {
    withoutInstallation: false,
    async handle({ shopId, body, headers }) {
      const reading = push.read({ body, headers });
      const [error] = reading.errors;
      if (reading.shipments.length === 0 && error?.kind === "unreadable") throw new InvalidInputError(error.message);
      const report = await recordPush(services.shipments, { shopId, carrier, reading });
      return report.recorded > 0 ? { kind: "applied" } : { kind: "ignored", reason: error?.kind ?? "unknown_number" };
    },
  };
}

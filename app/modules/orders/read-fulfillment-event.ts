import { z } from "zod";
import type { NativeEvent } from "./native-events.ts";
import {
  Fields,
  instant,
  type Reading,
  readGid,
  readRestGid,
  readRestReference,
  someText,
  text,
} from "./read-fields.ts";

export interface FulfillmentEventSnapshot {
  orderId: string;
  fulfillmentId: string;
  event: NativeEvent;
}

/**
 * The body of `fulfillment_events/create`.
 * @throws InvalidInputError naming the path when an id or the status cannot be read.
 */
export function readFulfillmentEvent(body: unknown): Reading<FulfillmentEventSnapshot> {
  const problems: string[] = [];
  const fields = Fields.of(body, "", problems);
  const value = {
    orderId: readRestReference(fields, "order_id", "Order"),
    fulfillmentId: readRestReference(fields, "fulfillment_id", "Fulfillment"),
    event: {
      id: readRestGid(fields, "FulfillmentEvent"),
      happenedAt: fields.optional("happened_at", instant),
      happenedAtText: fields.optional("happened_at", z.string().max(40)),
      estimatedDeliveryAt: fields.optional("estimated_delivery_at", instant),
      ...readCommon(fields),
    },
  };
  return { value, problems };
}

/** An event as GraphQL writes it. @throws InvalidInputError */
export function readFulfillmentEventNode(fields: Fields): NativeEvent {
  return {
    id: readGid(fields, "FulfillmentEvent"),
    happenedAt: fields.optional("happenedAt", instant),
    happenedAtText: fields.optional("happenedAt", z.string().max(40)),
    estimatedDeliveryAt: fields.optional("estimatedDeliveryAt", instant),
    ...readCommon(fields),
  };
}

function readCommon(fields: Fields) {
  return {
    status: fields.required("status", someText(40)).toLowerCase(),
    message: fields.optional("message", text(500)),
    city: fields.optional("city", text(120)),
    province: fields.optional("province", text(120)),
    country: fields.optional("country", text(120)),
    postalCode: fields.optional("zip", text(20)),
  };
}

import type { AdminContext, Arguments, View } from "#tests/sandbox/shopify/graphql-context.ts";
import { fulfillmentEventView, fulfillmentView } from "#tests/sandbox/shopify/views/fulfillment-view.ts";

interface EventArgument {
  fulfillmentId: string;
  status: string;
  message?: string | null;
  happenedAt?: string | null;
  estimatedDeliveryAt?: string | null;
  address1?: string | null;
  city?: string | null;
  province?: string | null;
  country?: string | null;
  zip?: string | null;
  latitude?: number | null;
  longitude?: number | null;
}

interface TrackingArgument {
  company?: string | null;
  number?: string | null;
  numbers?: string[] | null;
  url?: string | null;
  urls?: string[] | null;
}

type Given<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

function withoutNulls<T extends object>(value: T): Given<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined),
  ) as Given<T>;
}

/** The order of events and the state of the fulfillment are not checked: the real API does not either. */
function createEvent(context: AdminContext, args: Arguments): View {
  const { fulfillmentId, status, ...given } = args["fulfillmentEvent"] as EventArgument;
  if (!context.store.fulfillment(fulfillmentId)) {
    const field = ["fulfillmentEvent", "fulfillmentId"];
    return { fulfillmentEvent: null, userErrors: [{ field, message: "Fulfillment does not exist." }] };
  }
  const event = context.actions.addFulfillmentEvent(fulfillmentId, { ...withoutNulls(given), status });
  return { fulfillmentEvent: fulfillmentEventView(event), userErrors: [] };
}

function updateTracking(context: AdminContext, args: Arguments): View {
  const id = String(args["fulfillmentId"]);
  const input = args["trackingInfoInput"] as TrackingArgument;
  const fulfillment = context.store.fulfillment(id);
  if (!fulfillment) {
    return { fulfillment: null, userErrors: [{ field: ["fulfillmentId"], message: "Fulfillment does not exist." }] };
  }
  const numbers = input.numbers ?? (input.number ? [input.number] : []);
  const urls = input.urls ?? (input.url ? [input.url] : []);
  const company = input.company ?? fulfillment.tracking[0]?.company ?? null;
  const tracking = numbers.map((number, index) => ({ company, number, url: urls[index] ?? null }));
  context.actions.editTracking(id, tracking);
  return { fulfillment: fulfillmentView(context, fulfillment), userErrors: [] };
}

export function fulfillmentMutations(context: AdminContext): View {
  return {
    fulfillmentEventCreate: (args: Arguments) => createEvent(context, args),
    fulfillmentTrackingInfoUpdate: (args: Arguments) => updateTracking(context, args),
  };
}

import { allParcelsDelivered } from "./all-parcels-delivered.ts";
import { arrivingTomorrow } from "./arriving-tomorrow.ts";
import { availableForPickup } from "./available-for-pickup.ts";
import { awaitingPickup } from "./awaiting-pickup.ts";
import { delayPredicted } from "./delay-predicted.ts";
import { delayedInTransit } from "./delayed-in-transit.ts";
import { deliveredLate } from "./delivered-late.ts";
import { delivered } from "./delivered.ts";
import { deliveryFailed } from "./delivery-failed.ts";
import { exchangeShipped } from "./exchange-shipped.ts";
import { feedbackRequest } from "./feedback-request.ts";
import { fulfillmentDelayed } from "./fulfillment-delayed.ts";
import { heldCustoms } from "./held-customs.ts";
import { inTransit } from "./in-transit.ts";
import type { KindDefinition } from "./kind.ts";
import { labelCreated } from "./label-created.ts";
import { labelReady } from "./label-ready.ts";
import { lostOrDamaged } from "./lost-or-damaged.ts";
import { orderCancelled } from "./order-cancelled.ts";
import { orderPlaced } from "./order-placed.ts";
import { outForDelivery } from "./out-for-delivery.ts";
import { pickupReminder } from "./pickup-reminder.ts";
import { pickupScheduled } from "./pickup-scheduled.ts";
import { refundIssued } from "./refund-issued.ts";
import { returnApproved } from "./return-approved.ts";
import { returnDeclined } from "./return-declined.ts";
import { returnInTransit } from "./return-in-transit.ts";
import { returnInspected } from "./return-inspected.ts";
import { returnReceived } from "./return-received.ts";
import { returnRequested } from "./return-requested.ts";
import { returnedToSender } from "./returned-to-sender.ts";
import { shipBackReminder } from "./ship-back-reminder.ts";
import { shipped } from "./shipped.ts";
import { storeCreditIssued } from "./store-credit-issued.ts";
import { suspectedLost } from "./suspected-lost.ts";

const ALL = [
  shipped,
  inTransit,
  outForDelivery,
  delivered,
  deliveryFailed,
  availableForPickup,
  pickupReminder,
  arrivingTomorrow,
  labelCreated,
  feedbackRequest,
  delayPredicted,
  suspectedLost,
  awaitingPickup,
  delayedInTransit,
  deliveredLate,
  lostOrDamaged,
  heldCustoms,
  returnedToSender,
  orderPlaced,
  fulfillmentDelayed,
  orderCancelled,
  allParcelsDelivered,
  returnRequested,
  returnApproved,
  returnDeclined,
  labelReady,
  shipBackReminder,
  returnInTransit,
  returnReceived,
  returnInspected,
  refundIssued,
  storeCreditIssued,
  exchangeShipped,
  pickupScheduled,
] as const satisfies readonly KindDefinition[];

/** Every kind of message by its key, in the order in which the admin lists them. */
export const KINDS: Readonly<Record<string, KindDefinition>> = Object.fromEntries(ALL.map((kind) => [kind.key, kind]));

/** The kind with this key; undefined for a key that is not, or no longer, known. */
export function kindOf(key: string): KindDefinition | undefined {
  return Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
}

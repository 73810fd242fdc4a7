/** A state in which such a message is sent. */
const STATUS_OF: Readonly<Record<string, string>> = {
  out_for_delivery: "out_for_delivery:plain",
  delivered: "delivered:plain",
  delivered_late: "delivered:plain",
  all_parcels_delivered: "delivered:plain",
  feedback_request: "delivered:plain",
  label_created: "pre_transit:plain",
  awaiting_pickup: "pre_transit:plain",
  available_for_pickup: "available_for_pickup:plain",
  held_customs: "in_transit:late",
  delivery_failed: "delivery_attempted:plain",
  delay_predicted: "in_transit:late",
  delayed_in_transit: "in_transit:late",
  lost_or_damaged: "exception:plain",
  returned_to_sender: "return_to_sender:plain",
  return_requested: "delivered:plain",
  return_approved: "delivered:plain",
  return_declined: "delivered:plain",
  label_ready: "delivered:plain",
  ship_back_reminder: "delivered:plain",
  return_in_transit: "delivered:plain",
  return_received: "delivered:plain",
  return_inspected: "delivered:plain",
  refund_issued: "delivered:plain",
  store_credit_issued: "delivered:plain",
  pickup_scheduled: "delivered:plain",
};

/** The made-up parcel that a kind of message is looked at with, unless another sample is chosen; as `listSamples` names it. */
export const firstSampleOf = (kind: string): string => `demo:${STATUS_OF[kind] ?? "in_transit:plain"}`;

import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";
import type { SubStatus } from "../status.ts";

const SOURCE = "Amazon SP-API, Shipping API v2 model (shippingV2.json)";

/** `eventHistory[].eventCode`. */
export const AMAZON_CODES: StatusTable = {
  source: `${SOURCE}, EventCode; Received from a recorded answer of version 1, InTransit from an example`,
  codes: {
    ReadyForReceive: ["pre_transit", "label_created"],
    PickupDone: ["in_transit", "picked_up"],
    Received: ["in_transit", "arrived_at_facility"],
    ArrivedAtCarrierFacility: ["in_transit", "arrived_at_facility"],
    Departed: ["in_transit", "departed"],
    InTransit: ["in_transit"],
    OutForDelivery: ["out_for_delivery"],
    RecipientRequestedAlternateDeliveryTiming: ["in_transit", "rescheduled"],
    DeliveryAttempted: ["delivery_attempted"],
    AvailableForPickup: ["available_for_pickup"],
    Delivered: ["delivered"],
    Rejected: ["exception", "refused"],
    Undeliverable: ["exception"],
    Lost: ["exception", "lost"],
    ReturnInitiated: ["return_to_sender", "returning"],
    PickupCancelled: ["cancelled"],
  },
};

/** `summary.status`. */
export const AMAZON_STATUSES: StatusTable = {
  source: `${SOURCE}, Status`,
  codes: {
    PreTransit: ["pre_transit"],
    InTransit: ["in_transit"],
    OutForDelivery: ["out_for_delivery"],
    DeliveryAttempted: ["delivery_attempted"],
    AwaitingCustomerPickup: ["available_for_pickup"],
    Delivered: ["delivered"],
    Rejected: ["exception", "refused"],
    Undeliverable: ["exception"],
    Lost: ["exception", "lost"],
    PickupCancelled: ["cancelled"],
  },
};

/** `summary.trackingDetailCodes.forward` → what it adds to a delivery. */
export const AMAZON_DETAILS: Readonly<Record<string, SubStatus>> = { Signed: "signed" };

export const AMAZON_ERRORS: ErrorTable = {
  source:
    "SP-API error responses (developer-docs.amazon.com/sp-api/docs/sp-api-errors) and Login with Amazon; InvalidTrackingId " +
    "from an example",
  codes: {
    InvalidTrackingId: ["invalid_number", false],
    InvalidInput: ["invalid_request", false],
    NotFound: ["not_found", true],
    Unauthorized: ["auth", false],
    MissingAuthenticationToken: ["auth", true],
    QuotaExceeded: ["rate_limited", true],
    InternalFailure: ["server", true],
    ServiceUnavailable: ["server", true],
    invalid_client: ["auth", false],
    invalid_grant: ["auth", false],
    unauthorized_client: ["auth", false],
  },
};

/** A token that ran out and a role that was never granted have the same code and HTTP status; only the details tell. */
export const AMAZON_EXPIRED_WORDS = /\bexpired\b/i;

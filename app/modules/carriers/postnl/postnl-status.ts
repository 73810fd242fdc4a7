import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";

const SOURCE = "PostNL developer portal, T&T status codes (developer.postnl.nl/docs, reference data)";

/** `Status.StatusCode`. No answer of the living service was at hand: the published list alone speaks here. */
export const POSTNL_STATUSES: StatusTable = {
  source: SOURCE,
  codes: {
    "1": ["pre_transit", "label_created"],
    "2": ["in_transit", "accepted"],
    "3": ["in_transit", "picked_up"],
    // Not collected from the sender, pre-announced for good without a parcel, missing, rejected: somebody has to act.
    "4": ["exception"],
    "5": ["in_transit", "arrived_at_facility"],
    "6": ["in_transit"],
    "7": ["out_for_delivery"],
    "8": ["delivery_attempted"],
    "9": ["in_transit", "customs"],
    "11": ["delivered"],
    "12": ["available_for_pickup"],
    "13": ["pre_transit"],
    "14": ["exception"],
    "15": ["exception"],
    "16": ["exception"],
    "17": ["exception"],
    "18": ["exception", "lost"],
    "19": ["exception"],
    "20": ["in_transit", "customs"],
    "21": ["in_transit", "held"],
    "22": ["delivered", "post_office"],
    // A collection order was collected: phase "delivered" for PostNL, the start of the way for the parcel.
    "23": ["in_transit", "picked_up"],
    "27": ["return_to_sender", "returning"],
    "28": ["return_to_sender", "returning"],
    "31": ["in_transit", "departed"],
    // "Not applicable": known, and moving nothing.
    "99": ["unknown"],
  },
};

export const POSTNL_ERRORS: ErrorTable = {
  source: "PostNL Shipping Status API, errors by HTTP status (PostNL e-commerce SDK); gateway codes unverified",
  codes: {
    "oauth.v2.InvalidApiKey": ["auth", false],
    "oauth.v2.FailedToResolveAPIKey": ["auth", false],
    "oauth.v2.InvalidApiKeyForGivenResource": ["auth", false],
    "policies.ratelimit.QuotaViolation": ["rate_limited", true],
    "policies.ratelimit.SpikeArrestViolation": ["rate_limited", true],
  },
};

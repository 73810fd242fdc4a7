import { AMERICAN_STANDARDS } from "./american-standards.ts";
import { EUROPEAN_STANDARDS } from "./european-standards.ts";
import { AUSTRALIAN_PARCELS, EXPRESS_BETWEEN_STATES, EXPRESS_IN_STATE, PARCELS_IN_STATE } from "./on-time-figures.ts";
import { byCarrier, type PublishedStandard, rowsOf } from "./published-standard.ts";

/** Australia Post, "Delivery speeds and coverage within Australia". */
const SPEEDS = byCarrier("https://auspost.com.au/sending/delivery-speeds-and-coverage", null);
const EXPRESS_POST = ["express", "express post"];
const PARCEL_POST = ["parcel", "parcel post"];

const AUSTRALIA_POST = rowsOf("australia-post", [
  { services: EXPRESS_POST, area: "region", days: [1, 2], evidence: SPEEDS, onTime: EXPRESS_IN_STATE },
  { services: EXPRESS_POST, area: "country", days: [1, 3], evidence: SPEEDS, onTime: EXPRESS_BETWEEN_STATES },
  { services: PARCEL_POST, area: "region", days: [2, 4], evidence: SPEEDS, onTime: PARCELS_IN_STATE },
  { services: PARCEL_POST, area: "other_region", days: [3, 6], evidence: SPEEDS, onTime: AUSTRALIAN_PARCELS },
  { services: PARCEL_POST, area: "country", days: [2, 6], evidence: SPEEDS, onTime: AUSTRALIAN_PARCELS },
]);

/**
 * What carriers say of themselves; a fact about a service, not a promise. A forecast starts from it and leaves it as soon
 * as the shop's own parcels say otherwise. Each row says whether anybody has read it.
 */
export const PUBLISHED_STANDARDS: readonly PublishedStandard[] = [
  ...AMERICAN_STANDARDS,
  ...EUROPEAN_STANDARDS,
  ...AUSTRALIA_POST,
];

import { AMERICAN_STANDARDS } from "./american-standards.ts";
import { EUROPEAN_STANDARDS } from "./european-standards.ts";
import { AUSTRALIA_POST_ON_TIME } from "./on-time-figures.ts";
import { byCarrier, fromMemory, type PublishedStandard, rowsOf } from "./published-standard.ts";

/** Australia Post, "This is Christmas made easier for you": from two days in a city to five or six between capitals. */
const PARCEL_POST = byCarrier("https://auspost.com.au/christmas", 2017);
const AUSTRALIA_POST_PAGE = fromMemory("https://auspost.com.au/sending/check-sending-guidelines/delivery-times");

const AUSTRALIA_POST = rowsOf("australia-post", [
  {
    services: ["express", "express post"],
    area: "country",
    days: [1, 2],
    evidence: AUSTRALIA_POST_PAGE,
    onTime: AUSTRALIA_POST_ON_TIME,
  },
  {
    services: ["parcel", "parcel post"],
    area: "country",
    days: [2, 6],
    evidence: PARCEL_POST,
    onTime: AUSTRALIA_POST_ON_TIME,
  },
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

import { CANADA_POST_ON_TIME, FEDEX_ON_TIME, UPS_ON_TIME } from "./on-time-figures.ts";
import { byCarrier, fromMemory, ofCarrier, type PublishedStandard, rowsOf } from "./published-standard.ts";

const UPS_PAGE = fromMemory("https://www.ups.com/us/en/supplychain/services/domestic");
const UPS_ABROAD_PAGE = fromMemory("https://www.ups.com/us/en/shipping/international-services");
/** Simpl Fulfillment, "What is UPS Ground?" */
const UPS_GROUND = ofCarrier("https://www.simplfulfillment.com/support-center/what-is-ups-ground", null);
/** Racklify Encyclopedia, on when to use UPS Worldwide Express, Worldwide Expedited and 3 Day Select. */
const RACKLIFY = "https://racklify.com/encyclopedia/when-to-use-ups-worldwide-";
const UPS_THREE_DAY = ofCarrier(
  "https://racklify.com/encyclopedia/when-to-choose-ups-3-day-select-timing-guide-for-beginners",
  2025,
);
/** Find Post Office, "UPS Next Day Delivery" and "UPS 2nd Day Air". */
const UPS_NEXT_DAY = ofCarrier("https://findpostoffice.org/blog/ups-next-day-delivery/", 2024);
const UPS_TWO_DAY = ofCarrier("https://findpostoffice.org/blog/ups-2nd-day-air/", 2023);
const UPS_EXPRESS = ofCarrier(`${RACKLIFY}express-timing-transit-and-business-scenarios`, 2025);
const UPS_EXPEDITED = ofCarrier(`${RACKLIFY}expedited-timing-cutoffs-best-practices`, 2025);

const UPS = rowsOf("ups", [
  {
    services: ["next day air", "next day"],
    area: "country",
    days: [1, 1],
    evidence: UPS_NEXT_DAY,
    onTime: UPS_ON_TIME,
  },
  {
    services: ["2nd day air", "second day air", "2 day"],
    area: "country",
    days: [2, 2],
    evidence: UPS_TWO_DAY,
    onTime: UPS_ON_TIME,
  },
  {
    services: ["3 day select", "three day select"],
    area: "country",
    days: [3, 3],
    evidence: UPS_THREE_DAY,
    onTime: UPS_ON_TIME,
  },
  { services: ["ground saver", "surepost"], area: "country", days: [2, 7], evidence: UPS_PAGE },
  { services: ["ground"], area: "country", days: [1, 5], evidence: UPS_GROUND, onTime: UPS_ON_TIME },
  { services: ["ground"], area: "overseas", days: [3, 7], evidence: UPS_PAGE },
  { services: ["standard"], area: "us_canada", days: [2, 7], evidence: UPS_ABROAD_PAGE },
  {
    services: ["express", "express saver", "worldwide saver"],
    area: "abroad",
    days: [1, 3],
    evidence: UPS_EXPRESS,
  },
  { services: ["expedited", "worldwide expedited"], area: "abroad", days: [2, 5], evidence: UPS_EXPEDITED },
]);

const FEDEX_PAGE = fromMemory("https://www.fedex.com/en-us/service-guide.html");
/** FedEx, "Get next-business-day deliveries for packages and freight". */
const FEDEX_OVERNIGHT = byCarrier("https://www.fedex.com/en-us/shipping/overnight.html", null);
/** Find Post Office, "FedEx 2-Day Shipping". */
const FEDEX_TWO_DAY = ofCarrier("https://findpostoffice.org/blog/fedex-2-day-shipping/", 2022);
/** Find Post Office, "FedEx Home Delivery": one to five days, three to seven to Alaska and Hawaii. */
const FEDEX_HOME = ofCarrier("https://findpostoffice.org/blog/fedex-home-delivery/", 2023);
/** Bizfluent, "How Does FedEx Ground Shipping Work?": Ground, and Express Saver beside it. */
const FEDEX_GROUND = ofCarrier("https://bizfluent.com/how-does-5085552-fedex-ground-shipping-work.html", null);
/** ShipSaving, "What Is FedEx Ground Economy". */
const FEDEX_ECONOMY = ofCarrier("https://www.shipsaving.com/blog/what-is-fedex-ground-economy", 2023);
/** Balance Blades, "Shipping": what FedEx names a Canadian shipper for the United States. */
const FEDEX_CROSS_BORDER = ofCarrier("https://www.balanceblades.com/pages/shipping-carton-sizes-weights", null);
/** FedEx, "FedEx Express Services". */
const FEDEX_EXPRESS = byCarrier("http://www.fedex.com/bo_english/services/index.html", null);

const FEDEX = rowsOf("fedex", [
  { services: ["overnight"], area: "country", days: [1, 1], evidence: FEDEX_OVERNIGHT, onTime: FEDEX_ON_TIME },
  { services: ["2day", "2 day"], area: "country", days: [2, 2], evidence: FEDEX_TWO_DAY, onTime: FEDEX_ON_TIME },
  { services: ["express saver"], area: "country", days: [3, 3], evidence: FEDEX_GROUND, onTime: FEDEX_ON_TIME },
  { services: ["ground economy", "smartpost"], area: "country", days: [2, 7], evidence: FEDEX_ECONOMY },
  {
    services: ["ground", "home delivery"],
    area: "country",
    days: [1, 5],
    evidence: FEDEX_GROUND,
    onTime: FEDEX_ON_TIME,
  },
  { services: ["ground", "home delivery"], area: "overseas", days: [3, 7], evidence: FEDEX_HOME },
  { services: ["ground"], area: "us_canada", days: [2, 7], evidence: FEDEX_CROSS_BORDER },
  { services: ["international economy"], area: "us_canada", days: [2, 5], evidence: FEDEX_CROSS_BORDER },
  { services: ["international economy"], area: "abroad", days: [2, 5], evidence: FEDEX_PAGE },
  { services: ["international priority"], area: "abroad", days: [1, 3], evidence: FEDEX_EXPRESS },
]);

/** KBSI, "USPS announces updated service standards for mail and packages": one, two or three days by distance. */
const USPS_EXPRESS = ofCarrier("https://www.kbsi23.com/?p=5236817", 2025);
/** News On 6, "USPS updates service standards": two to five days, "unchanged". */
const USPS_GROUND = ofCarrier(
  "https://www.newson6.com/story/67eafb8dca32bcb539051599/usps-updates-service-standards-promising-more-reliable-service-what-to-expect-starting-april-1",
  2025,
);
/** USPS, "Making Priority Mail Better": one, two or three days by distance. Copies of its page of 2023 say the same. */
const USPS_PRIORITY = byCarrier("https://www.usps.com/making-priority-mail-better.htm", 2013);
/** MGT Blog, "USPS Business Days". USPS has called it "shortened" since April 2025, without a figure that was found. */
const MEDIA_MAIL = ofCarrier("https://mgtblog.com/usps-business-days/", null);
/** PostageMaker, "How Long Does Express Shipping Take?" */
const USPS_EXPRESS_ABROAD = ofCarrier(
  "http://postagemaker.com/en/publications/404-how-long-does-express-shipping-take",
  null,
);
/** ShippingEasy, "What options do I have for USPS international shipping?" */
const USPS_PRIORITY_ABROAD = ofCarrier("https://support.shippingeasy.com/hc/articles/4406992941211", 2025);

const USPS = rowsOf("usps", [
  { services: ["priority mail express", "express"], area: "country", days: [1, 3], evidence: USPS_EXPRESS },
  { services: ["priority", "priority mail"], area: "country", days: [1, 3], evidence: USPS_PRIORITY },
  { services: ["ground advantage", "first class package"], area: "country", days: [2, 5], evidence: USPS_GROUND },
  { services: ["media mail"], area: "country", days: [2, 8], evidence: MEDIA_MAIL },
  {
    services: ["priority mail express international"],
    area: "abroad",
    days: [3, 5],
    evidence: USPS_EXPRESS_ABROAD,
  },
  { services: ["priority mail international"], area: "abroad", days: [6, 10], evidence: USPS_PRIORITY_ABROAD },
]);

const CANADA_POST_PAGE = fromMemory(
  "https://www.canadapost-postescanada.ca/cpc/en/support/articles/delivery-standards/overview.page",
);
/** Canada Post, "Priority": the next day between most major urban centres. */
const PRIORITY = byCarrier(
  "https://www.canadapost-postescanada.ca/cpc/en/business/shipping/canada/compare/priority.page",
  null,
);
/** "Tutorial: how to ship with Canada Post", from its overview of products: local, regional and national days. */
const OVERVIEW = ofCarrier(
  "https://leaderofmen.typepad.com/leader_of_men/2009/11/tutorial-how-to-ship-with-canada-post.html",
  2009,
);
const EXPEDITED = ["expedited", "expedited parcel"];
const REGULAR = ["regular", "regular parcel"];
/** Canada Post, "Xpresspost": a day within a region, two across the country, between most major urban centres. */
const XPRESSPOST = byCarrier("http://www.canadapost.ca/tools/pg/manual/PGxpresspt-e.asp", 2014);
/** Chit Chats, "What is Expedited Parcel USA?" */
const EXPEDITED_USA = ofCarrier(
  "https://support.chitchats.com/en/support/solutions/articles/47001276322-what-is-expedited-parcel-usa-",
  null,
);

const CANADA_POST = rowsOf("canada-post", [
  { services: ["priority"], area: "country", days: [1, 1], evidence: PRIORITY, onTime: CANADA_POST_ON_TIME },
  { services: ["xpresspost"], area: "country", days: [1, 2], evidence: XPRESSPOST, onTime: CANADA_POST_ON_TIME },
  { services: EXPEDITED, area: "region", days: [1, 3], evidence: OVERVIEW, onTime: CANADA_POST_ON_TIME },
  { services: EXPEDITED, area: "other_region", days: [2, 7], evidence: OVERVIEW, onTime: CANADA_POST_ON_TIME },
  { services: EXPEDITED, area: "country", days: [1, 7], evidence: OVERVIEW, onTime: CANADA_POST_ON_TIME },
  { services: REGULAR, area: "region", days: [2, 5], evidence: OVERVIEW },
  { services: REGULAR, area: "other_region", days: [4, 9], evidence: OVERVIEW },
  { services: REGULAR, area: "country", days: [2, 9], evidence: OVERVIEW },
  { services: ["xpresspost usa", "xpresspost"], area: "us_canada", days: [2, 3], evidence: CANADA_POST_PAGE },
  { services: ["expedited parcel usa", "expedited"], area: "us_canada", days: [4, 7], evidence: EXPEDITED_USA },
]);

/** Of the carriers of North America. */
export const AMERICAN_STANDARDS: readonly PublishedStandard[] = [...UPS, ...FEDEX, ...USPS, ...CANADA_POST];

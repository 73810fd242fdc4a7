import { type ParcelFacts, priceBand } from "#app/modules/foresight/parcel-facts.ts";

const AREAS = 900;
const REGIONS = 50;

/** A parcel of a large American shop: two locations, two carriers with two services, postcodes as crowded as in life. */
export function drawParcel(random: () => number, since: number): ParcelFacts {
  // Squared: a few areas get most of the parcels.
  const area = Math.floor(random() ** 2 * AREAS);
  const zip = String(100 + area) + String(Math.floor(random() ** 2 * 100)).padStart(2, "0");
  const origin = random() < 0.7 ? "CA" : "NJ";
  return {
    carrier: random() < 0.6 ? "ups" : "usps",
    service: random() < 0.8 ? "ground" : "express",
    stage: random() < 0.3 ? "accepted" : "moving",
    since: { day: since, hour: 15 },
    origin: { country: "US", region: origin, zip: null },
    destination: { country: "US", region: `R${area % REGIONS}`, zip },
    shipFrom: `loc_${origin}`,
    distanceKm: (origin === "CA" ? 4_000 : 300) + area * 3,
    shippingOption: priceBand(4 + Math.floor(random() * 3) * 6),
    items: 1 + Math.floor(random() * 4),
    ...{ standardDays: null, standardFrom: null, onTime: null },
    carrierDay: null,
  };
}

import type { Place } from "./parcel-facts.ts";
import { PUBLISHED_STANDARDS, type StandardArea } from "./published-standard-rows.ts";

/** What a parcel is sent with, as far as it is known. */
export interface SentWith {
  carrier: string | null;
  /** The carrier's or the shop's word for the service, in any spelling: "FEDEX_GROUND", "Priority Mail®". */
  service: string | null;
  origin: Pick<Place, "country" | "region">;
  destination: Pick<Place, "country" | "region">;
}

/**
 * The published transit time in working days, the carrier's own range from the earliest to the last. Null where the
 * carrier, the service or the places are not known: then nothing is assumed.
 */
export function publishedRange({ carrier, service, origin, destination }: SentWith): readonly [number, number] | null {
  if (carrier === null || origin.country === null || destination.country === null) return null;
  const words = service === null ? null : plainWords(service);
  const row = PUBLISHED_STANDARDS.find(
    (standard) =>
      standard.carrier === carrier &&
      isWithin(standard.area, origin, destination) &&
      standard.services.some((phrase) => (phrase === null ? words === null : words?.includes(` ${phrase} `))),
  );
  return row?.days ?? null;
}

/** Lower case, letters and digits alone, a space at both ends: a phrase is found at whole words only. */
function plainWords(service: string): string {
  const words = service
    .replaceAll(/[®™]/g, " ")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, " ");
  return ` ${words.trim()} `;
}

/** Countries that European parcel networks serve by road as one. */
const EUROPE = new Set(
  "AT BE BG CH CZ DE DK EE ES FI FR GB GR HR HU IE IT LI LT LU LV MC NL NO PL PT RO SE SI SK".split(" "),
);
/** States and territories that the American ground networks reach by ship or air. */
const OVERSEAS = new Set(["AK", "HI", "PR", "VI", "GU", "AS", "MP"]);

function isWithin(area: StandardArea, origin: SentWith["origin"], destination: SentWith["destination"]): boolean {
  const [from, to] = [origin.country, destination.country];
  switch (area) {
    case "country":
      return from === to && !isOverseas(origin) && !isOverseas(destination);
    case "overseas":
      return from === to && (isOverseas(origin) || isOverseas(destination));
    case "europe":
      return from !== to && from !== null && to !== null && EUROPE.has(from) && EUROPE.has(to);
    case "us_canada":
      return (from === "US" && to === "CA") || (from === "CA" && to === "US");
    case "abroad":
      return from !== to;
  }
}

function isOverseas({ country, region }: SentWith["origin"]): boolean {
  return country === "US" && region !== null && OVERSEAS.has(region);
}

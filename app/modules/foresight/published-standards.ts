import type { Place } from "./parcel-facts.ts";
import type { OnTimeFigure, PublishedStandard, StandardArea } from "./published-standard.ts";
import { PUBLISHED_STANDARDS } from "./published-standard-rows.ts";

/** What a parcel is sent with, as far as it is known. */
export interface SentWith {
  carrier: string | null;
  /** The carrier's or the shop's word for the service, in any spelling: "FEDEX_GROUND", "Priority Mail®". */
  service: string | null;
  origin: Pick<Place, "country" | "region">;
  destination: Pick<Place, "country" | "region">;
}

/** The carrier's own range in working days, from the earliest to the last, and what was measured of it. */
export interface PublishedTime {
  days: readonly [number, number];
  onTime: Pick<OnTimeFigure, "early" | "byLast"> | null;
}

/**
 * The published transit time. Null where the carrier, the service or the places are not known: then nothing is assumed.
 */
export function publishedTime({ carrier, service, origin, destination }: SentWith): PublishedTime | null {
  if (carrier === null || origin.country === null || destination.country === null) return null;
  const words = service === null ? null : plainWords(service);
  const row = PUBLISHED_STANDARDS.find(
    (standard) =>
      standard.carrier === carrier &&
      holds(standard, origin, destination) &&
      standard.services.some((phrase) => (phrase === null ? words === null : words?.includes(` ${phrase} `))),
  );
  if (!row) return null;
  const { days, onTime } = row;
  return { days, onTime: onTime ? { early: onTime.early, byLast: onTime.byLast } : null };
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

/** What belongs to France and is reached by ship or air. */
const FRENCH_OVERSEAS = new Set("GP MQ GF RE YT PM BL MF NC PF WF TF".split(" "));

function holds({ area, within }: PublishedStandard, origin: SentWith["origin"], destination: Destination): boolean {
  return isWithin(area, origin, destination) && (within === undefined || within === destination.country);
}

type Destination = SentWith["destination"];

function isWithin(area: StandardArea, origin: SentWith["origin"], destination: SentWith["destination"]): boolean {
  const [from, to] = [origin.country, destination.country];
  switch (area) {
    case "region":
      return from === to && origin.region !== null && origin.region === destination.region;
    case "other_region":
      return (
        from === to && origin.region !== null && destination.region !== null && origin.region !== destination.region
      );
    case "country":
      return from === to && !isOverseas(origin) && !isOverseas(destination);
    case "overseas":
      return from === to && (isOverseas(origin) || isOverseas(destination));
    case "french_overseas":
      return from === "FR" && to !== null && FRENCH_OVERSEAS.has(to);
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

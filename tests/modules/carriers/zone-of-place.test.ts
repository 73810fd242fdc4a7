import { describe, expect, test } from "vitest";
import { instantIn } from "#app/modules/carriers/local-instant.ts";
import { placeKey } from "#app/modules/carriers/place-key.ts";
import { zonesOfPlace } from "#app/modules/carriers/zone-of-place.ts";

/** Offset at the place on a summer's noon, `±HH:MM`; null where it is not certain. */
function summerOffset(location: string, country: string | null): string | null {
  return offsetOn("2024-07-10T12:30:00", location, country);
}

function offsetOn(local: string, location: string, country: string | null): string | null {
  const utc = instantIn(zonesOfPlace(location, country), local);
  if (utc === null) return null;
  const minutes = (Date.parse(`${local}Z`) - Date.parse(utc)) / 60_000;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

describe("places whose clock is certain", () => {
  test.each<[string, string | null, string]>([
    ["LOUISVILLE, KY, US", "US", "-04:00"],
    ["louisville, ky", null, "-04:00"],
    ["SAINT PETERSBURG, RU", "RU", "+03:00"],
    ["Sankt-Peterburg, RU", "RU", "+03:00"],
    ["St. Petersburg, FL, US", "US", "-04:00"],
    ["Saint Petersburg, Florida, United States", null, "-04:00"],
    ["PORTLAND, OR, US", "US", "-07:00"],
    ["PORTLAND, ME, 04101, US", "US", "-04:00"],
    ["INDIANAPOLIS, IN, US", "US", "-04:00"],
    ["GARY, IN, US", "US", "-05:00"],
    ["EVANSVILLE, IN, US", "US", "-05:00"],
    ["PHOENIX, AZ, US", "US", "-07:00"],
    ["ONTARIO, OR, US", "US", "-06:00"],
    ["KANSAS CITY, MO, US", "US", "-05:00"],
    ["KANSAS CITY, KS, US", "US", "-05:00"],
    // Both cities of the name keep the same time.
    ["KANSAS CITY, US", "US", "-05:00"],
    ["EL PASO, TX, 79901, US", "US", "-06:00"],
    ["DALLAS, TX, US", "US", "-05:00"],
    ["A TOWN NOBODY LISTS, TX, US", "US", "-05:00"],
    ["A TOWN NOBODY LISTS, OH", null, "-04:00"],
    ["PENSACOLA, FL, US", "US", "-05:00"],
    ["WASHINGTON, DC, US", "US", "-04:00"],
    ["NEW YORK, US", "US", "-04:00"],
    ["HONOLULU, HI, US", "US", "-10:00"],
    ["SAN JUAN, PR, US", "US", "-04:00"],
    ["CALIFORNIA, US", "US", "-07:00"],
    ["ST. JOHN'S, NL, CA", "CA", "-02:30"],
    ["Happy Valley-Goose Bay, NL, CA", "CA", "-03:00"],
    ["MISSISSAUGA, ON", null, "-04:00"],
    ["MONTRÉAL, QC, CA", "CA", "-04:00"],
    ["Saskatoon, SK, CA", "CA", "-06:00"],
    ["SYDNEY, NSW, AU", "AU", "+10:00"],
    ["Broken Hill, New South Wales, Australia", null, "+09:30"],
    ["Las Palmas, ES", "ES", "+01:00"],
    ["ALCALÁ DE GUADAÍRA, 41500, ES", "ES", "+02:00"],
    ["Telde, 35200, ES", "ES", "+01:00"],
    ["9500-150 Ponta Delgada, PT", "PT", "+00:00"],
    ["SAINT-DENIS, 97400, FR", "FR", "+04:00"],
    ["SAINT DENIS, 93200, FR", "FR", "+02:00"],
    ["FORT DE FRANCE, 97200, FR", "FR", "-04:00"],
    ["NOUMEA, 98800, FR", "FR", "+11:00"],
    ["Lyon, FR", "FR", "+02:00"],
    ["20095 Hamburg, DE", "DE", "+02:00"],
    ["Güterverkehrszentrum, München, Deutschland", null, "+02:00"],
    ["DE", "DE", "+02:00"],
    ["", "DE", "+02:00"],
    // Several zones with one clock.
    ["Córdoba, AR", "AR", "-03:00"],
    ["Kuala Lumpur, MY", "MY", "+08:00"],
    ["URUMQI, CN", "CN", "+08:00"],
    ["東京, JP", "JP", "+09:00"],
    ["MANAUS, BR", "BR", "-04:00"],
    ["São Paulo, BR", "BR", "-03:00"],
    ["BUFFALO, NY, USA", null, "-04:00"],
    ["Montreal, QC, CA", null, "-04:00"],
    ["Los Angeles, CA, US", null, "-07:00"],
    ["SAN RAFAEL, CA 94901", null, "-07:00"],
    ["London, UK", null, "+01:00"],
    // Kentucky, not the Cayman Islands: they have no such city.
    ["LEXINGTON, KY", null, "-04:00"],
  ])("%s (%s) %s", (location, country, offset) => expect(summerOffset(location, country)).toBe(offset));
});

describe("places whose clock is not certain stay without one", () => {
  test.each<[string, string | null]>([
    ["PORTLAND, US", "US"],
    ["SPRINGFIELD, US", "US"],
    ["WASHINGTON, US", "US"],
    ["SAINT PETERSBURG", null],
    ["A TOWN NOBODY LISTS, US", "US"],
    ["A TOWN NOBODY LISTS, TN, US", "US"],
    // Keeps Denver's time, but the table does not know it.
    ["WINDOW ROCK, AZ, US", "US"],
    ["NYSSA, OR, US", "US"],
    // Indiana and India, California and Canada.
    ["SALEM, IN", null],
    ["A TOWN NOBODY LISTS, CA", null],
    ["SAINT-DENIS, FR", "FR"],
    ["PAPEETE, 98713, FR", "FR"],
    ["A TOWN NOBODY LISTS, ES", "ES"],
    ["A TOWN NOBODY LISTS, RU", "RU"],
    ["US", "US"],
    ["United States", null],
    ["", null],
    ["__proto__, constructor", null],
    ["ATLANTIS, XX", "XX"],
    [", ,,  ,", null],
    ["1234, 5678", null],
  ])("%s (%s)", (location, country) => expect(summerOffset(location, country)).toBeNull());
});

test("Arizona's two clocks agree in winter", () => {
  expect(offsetOn("2024-01-10T12:30:00", "WINDOW ROCK, AZ, US", "US")).toBe("-07:00");
});

test("any text is a place or none, and the same one every time", () => {
  const odd = ["💥, 💥", "A".repeat(10_000), ",".repeat(10_000), "\u0000, US", "a,b,c,d,e,f,g,h,i,US", "Zürich,ZH,CH"];
  for (const location of odd) {
    for (const country of [null, "US", "DE", "us", ""]) {
      expect(zonesOfPlace(location, country)).toEqual(zonesOfPlace(location, country));
    }
  }
});

test("names of places, however they are written", () => {
  const names = [
    "Saint-Étienne",
    "ST ETIENNE",
    "St. Étienne",
    "Łódź",
    "Straße",
    "L'Île-d'Entrée",
    "FORT WORTH",
    "Московская",
  ];
  expect(names.map(placeKey)).toEqual([
    "ST ETIENNE",
    "ST ETIENNE",
    "ST ETIENNE",
    "LODZ",
    "STRASSE",
    "LILE DENTREE",
    "FT WORTH",
    "",
  ]);
});

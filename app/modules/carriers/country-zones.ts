import { placeKey } from "./place-key.ts";

/** Where ICU lists a second clock that no carrier keeps: Beijing time is the law in all of China. */
const OVERRIDES: Readonly<Record<string, readonly string[]>> = { CN: ["Asia/Shanghai"] };

/** Overseas parts with codes of their own that addresses also give the code of the mother country. */
const OVERSEAS: Readonly<Record<string, string>> = {
  DK: "FO GL",
  FR: "GP MQ GF RE PM YT BL MF WF PF NC",
  GB: "GI FK BM KY VG TC MS AI IO SH PN",
  NL: "AW CW SX BQ",
};

/** Where the postal code tells the clock. Sources: La Poste, Correos and CTT, ranges of postal codes. */
const POSTAL_ZONES: Readonly<Record<string, readonly (readonly [pattern: RegExp, zone: string | null])[]>> = {
  ES: [
    [/^3[58]\d{3}$/, "Atlantic/Canary"],
    [/^(?:0[1-9]|[1-4]\d|5[0-2])\d{3}$/, "Europe/Madrid"],
  ],
  FR: [
    [/^97[178]\d\d$/, "America/Guadeloupe"],
    [/^972\d\d$/, "America/Martinique"],
    [/^973\d\d$/, "America/Cayenne"],
    [/^974\d\d$/, "Indian/Reunion"],
    [/^975\d\d$/, "America/Miquelon"],
    [/^976\d\d$/, "Indian/Mayotte"],
    [/^986\d\d$/, "Pacific/Wallis"],
    [/^988\d\d$/, "Pacific/Noumea"],
    // French Polynesia has three clocks.
    [/^9[789]\d{3}$/, null],
    [/^\d{5}$/, "Europe/Paris"],
  ],
  PT: [
    [/^9[0-4]\d\d(?:-?\d{3})?$/, "Atlantic/Madeira"],
    [/^9[5-9]\d\d(?:-?\d{3})?$/, "Atlantic/Azores"],
    [/^[1-8]\d{3}(?:-?\d{3})?$/, "Europe/Lisbon"],
  ],
};

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl"];
const LONG_FORMS: Readonly<Record<string, string>> = {
  "UNITED STATES OF AMERICA": "US",
  UK: "GB",
  "GREAT BRITAIN": "GB",
  ENGLAND: "GB",
  SCOTLAND: "GB",
  WALES: "GB",
  "NORTHERN IRELAND": "GB",
  "RUSSIAN FEDERATION": "RU",
  "CZECH REPUBLIC": "CZ",
  "KOREA REPUBLIC OF": "KR",
  HOLLAND: "NL",
};

/** ECMA-402 Intl Locale Info; the compiler's library does not have it yet. */
interface TimeZoneLocale extends Intl.Locale {
  getTimeZones?(): string[] | undefined;
}

const zones = new Map<string, readonly string[]>();

/** Every clock of a country by its two letters; empty for what is no country (any more). */
export function zonesOfCountry(code: string): readonly string[] {
  const known = zones.get(code);
  if (known || !/^[A-Z]{2}$/.test(code)) return known ?? [];
  const locale: TimeZoneLocale = new Intl.Locale(`und-${code}`);
  const found = locale.region === code ? (OVERRIDES[code] ?? locale.getTimeZones?.() ?? []) : [];
  zones.set(code, found);
  return found;
}

/** Codes of the parts overseas that may hide behind the code of this country. */
export function overseasOf(code: string): readonly string[] {
  return OVERSEAS[code]?.split(" ") ?? [];
}

/** The clock at a postal code; undefined where the code does not tell. Null where it names a part with several clocks. */
export function postalZone(country: string, postalCode: string): string | null | undefined {
  return POSTAL_ZONES[country]?.find(([pattern]) => pattern.test(postalCode))?.[1];
}

let names: ReadonlyMap<string, string> | null = null;

/** The code of a country by its name (key) in one of the languages of carriers; null when it is none. */
export function countryNamed(key: string): string | null {
  return (names ??= readNames()).get(key) ?? null;
}

function readNames(): ReadonlyMap<string, string> {
  const found = new Map<string, string>(Object.entries(LONG_FORMS));
  const codes = allCodes();
  for (const language of LANGUAGES) {
    const words = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const code of codes) {
      const key = placeKey(words.of(code) ?? "");
      if (key !== "" && !found.has(key)) found.set(key, code);
    }
  }
  return found;
}

/** Two letters that mean a country today: no group of countries, no code of a state that has ended. */
function allCodes(): string[] {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const english = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => english.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code);
}

import { hasValidCheck } from "./check-digits.ts";

const S10 = /^[A-Z]{2}(?<serial>\d{8})(?<check>\d)(?<country>[A-Z]{2})$/;

/** Posts that have an id of their own; the others are `post-<country>`. */
const POSTS: Readonly<Record<string, string>> = {
  AT: "austrian-post",
  AU: "australia-post",
  BE: "bpost",
  BR: "correios",
  CA: "canada-post",
  CH: "swiss-post",
  CN: "china-post",
  DE: "deutsche-post",
  ES: "correos",
  FR: "la-poste",
  GB: "royal-mail",
  IE: "an-post",
  IN: "india-post",
  IT: "poste-italiane",
  JP: "japan-post",
  NL: "postnl",
  NZ: "new-zealand-post",
  SG: "singapore-post",
  US: "usps",
};

/** Two-letter codes in use at the end of an S10 number: ISO 3166-1 alpha-2 (UPU standard S10, §5.4). */
const COUNTRIES = new Set(
  (
    "AD AE AF AG AI AL AM AN AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH " +
    "CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL " +
    "GM GN GP GQ GR GT GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB " +
    "LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU " +
    "NZ OM PA PE PF PG PH PK PL PM PN PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX " +
    "SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS YE YT ZA ZM ZW"
  ).split(" "),
);

/**
 * The post that issued a UPU S10 number (`RB123456785GB`), or null. It is the post of ORIGIN: the parcel is delivered by
 * the post of the destination, which can usually follow the same number.
 */
export function issuingPost(trackingNumber: string): string | null {
  const groups = S10.exec(trackingNumber)?.groups;
  const country = groups?.["country"] ?? "";
  if (!groups || !COUNTRIES.has(country)) return null;
  if (!hasValidCheck(groups["serial"] ?? "", groups["check"] ?? "", { kind: "s10" })) return null;
  return POSTS[country] ?? `post-${country.toLowerCase()}`;
}

import type { Random } from "#tests/sandbox/shopify/seed/random.ts";
import type { TrackingRecord } from "#tests/sandbox/shopify/store-records.ts";

type NumberMaker = (random: Random) => string;

/** Modulus 10 with weights 3 and 1 from the right, as USPS prints it. */
function usps(random: Random): string {
  const body = `94001${random.digits(16)}`;
  const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return body + String((10 - (sum % 10)) % 10);
}

/** UPS: letters count as (code - 63) mod 10, every second place doubled. */
function ups(random: Random): string {
  const body = `${random.digits(3)}${random.letters(1)}${random.digits(11)}`;
  const sum = [...body].reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : (character.charCodeAt(0) - 63) % 10;
    return total + (index % 2 === 1 ? value * 2 : value);
  }, 0);
  return `1Z${body}${(10 - (sum % 10)) % 10}`;
}

/** FedEx Express, 12 digits: weights 3 1 7 repeated, modulus 11 then 10. */
function fedex(random: Random): string {
  const body = random.digits(11);
  const weights = [3, 1, 7];
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (weights[index % 3] ?? 0), 0);
  return body + String((sum % 11) % 10);
}

/** DHL Express waybill: ten digits, the last is the first nine modulus 7. */
function dhlExpress(random: Random): string {
  const body = `${random.integer(1, 9)}${random.digits(8)}`;
  return body + String(Number(body) % 7);
}

/** UPU S10: two letters, eight digits, check digit, country. */
function s10(service: string, country: string): NumberMaker {
  return (random) => {
    const body = random.digits(8);
    const weights = [8, 6, 4, 2, 3, 5, 9, 7];
    const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
    const check = 11 - (sum % 11);
    return `${service}${body}${check === 10 ? 0 : check === 11 ? 5 : check}${country}`;
  };
}

/** Shopify's own spelling of the carrier decides whether it builds the link; these are the links it builds. */
const CARRIERS: Record<string, { make: NumberMaker; url: (number: string) => string }> = {
  UPS: { make: ups, url: (n) => `https://www.ups.com/WebTracking?loc=en_US&requester=ST&trackNums=${n}` },
  USPS: { make: usps, url: (n) => `https://tools.usps.com/go/TrackConfirmAction_input?qtc_tLabels1=${n}` },
  FedEx: { make: fedex, url: (n) => `https://www.fedex.com/fedextrack/?trknbr=${n}` },
  "DHL Express": { make: dhlExpress, url: (n) => `https://www.dhl.com/en/express/tracking.html?AWB=${n}` },
  "Royal Mail": {
    make: s10("RM", "GB"),
    url: (n) => `https://www.royalmail.com/track-your-item#/tracking-results/${n}`,
  },
  "Canada Post": {
    make: (random) => random.digits(16),
    url: (n) => `https://www.canadapost-postescanada.ca/track-reperage/en#/resultList?searchFor=${n}`,
  },
  DPD: { make: (random) => `0${random.digits(13)}`, url: (n) => `https://tracking.dpd.de/status/en_US/parcel/${n}` },
  Colissimo: {
    make: (random) => `6A${random.digits(11)}`,
    url: (n) => `https://www.laposte.fr/outils/suivre-vos-envois?code=${n}`,
  },
};

/** A plausible number of a carrier, with the check digit where the carrier has one. */
export function makeTracking(random: Random, company: string): TrackingRecord {
  const carrier = CARRIERS[company];
  if (!carrier) throw new Error(`no number format for ${company}`);
  const number = carrier.make(random);
  return { company, number, url: carrier.url(number) };
}

/** The link Shopify would build for a carrier it knows by name; null for the others. */
export function shopifyTrackingUrl(company: string | null, number: string | null): string | null {
  if (company === null || number === null) return null;
  return CARRIERS[company]?.url(number) ?? null;
}

import { MORE_CARRIERS } from "../carriers/sandbox-carriers.ts";
import type { SandboxCarrierId } from "./parcel.ts";

/** UPS: `1Z`, account, service, serial and a check digit over the 15 characters after `1Z` (letters count as (code − 63) mod 10). */
function upsNumber(serial: number): string {
  const body = `DS4W7303${String(serial % 10_000_000).padStart(7, "0")}`;
  let sum = 0;
  [...body].forEach((character, index) => {
    const value = /\d/.test(character) ? Number(character) : (character.charCodeAt(0) - 63) % 10;
    sum += index % 2 === 0 ? value : value * 2;
  });
  return `1Z${body}${(10 - (sum % 10)) % 10}`;
}

/** FedEx Express: 11 digits and a check digit, weights 3 1 7 repeated, modulo 11, 10 becomes 0. */
function fedexNumber(serial: number): string {
  const body = `7842${String(serial % 10_000_000).padStart(7, "0")}`;
  const weights = [3, 1, 7];
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (weights[index % 3] ?? 0), 0);
  return `${body}${(sum % 11) % 10}`;
}

/** USPS impb: 21 digits and a modulo-10 check digit, weights 3 1 from the right. */
function uspsNumber(serial: number): string {
  const body = `940010011036${String(serial % 1_000_000_000).padStart(9, "0")}`;
  const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const MAKERS: Readonly<Record<string, (serial: number) => string>> = {
  ups: upsNumber,
  fedex: fedexNumber,
  easypost: uspsNumber,
};

/** A number in the carrier's real format with a right check digit; behind the aggregator it is a USPS number. */
export function makeTrackingNumber(carrierId: SandboxCarrierId, serial: number): string {
  const make = MAKERS[carrierId] ?? MORE_CARRIERS[carrierId]?.makeNumber;
  if (!make) throw new Error(`The sandbox plays no carrier ${carrierId}.`);
  return make(serial);
}

/** The six ways in which carriers compute check digits. Weights apply from the left, starting with the first character. */
export type Checksum =
  | { kind: "mod10"; evens: number; odds: number }
  | { kind: "luhn" }
  | { kind: "mod7" }
  | { kind: "s10" }
  | { kind: "weighted"; weights: readonly number[]; modulo: readonly [number, number] }
  | { kind: "mod37-36" };

const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];
const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** True when `check` is the check character of `serial`; both upper-case letters and digits only. */
export function hasValidCheck(serial: string, check: string, checksum: Checksum): boolean {
  return checkCharacter(serial, checksum) === check;
}

function checkCharacter(serial: string, checksum: Checksum): string {
  const values = [...serial].map(digitValue);
  switch (checksum.kind) {
    case "mod10": {
      const sum = total(values.map((value, index) => value * (index % 2 === 0 ? checksum.evens : checksum.odds)));
      return String((10 - (sum % 10)) % 10);
    }
    case "luhn": {
      const doubled = values.toReversed().map((value, index) => (index % 2 === 0 ? value * 2 : value));
      return String((10 - (total(doubled.map((value) => (value > 9 ? value - 9 : value))) % 10)) % 10);
    }
    case "mod7":
      return String(Number(BigInt(serial) % 7n));
    case "s10":
      return s10Check(values);
    case "weighted": {
      const sum = total(values.map((value, index) => value * (checksum.weights[index] ?? 0)));
      return String((sum % checksum.modulo[0]) % checksum.modulo[1]);
    }
    case "mod37-36":
      return mod3736(serial);
  }
}

/** UPU S10: 11 − (weighted sum mod 11), with 10 written as 0 and 11 as 5. */
function s10Check(values: readonly number[]): string {
  const rest = 11 - (total(values.map((value, index) => value * (S10_WEIGHTS[index] ?? 0))) % 11);
  return String(rest === 10 ? 0 : rest === 11 ? 5 : rest);
}

/** ISO/IEC 7064, MOD 37,36. */
function mod3736(serial: string): string {
  let carry = 36;
  for (const character of serial) {
    const sum = (carry + ALPHANUMERIC.indexOf(character)) % 36;
    carry = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return ALPHANUMERIC.charAt((37 - carry) % 36);
}

/** A letter counts as the last digit of its ASCII code minus three (A = 2), as UPS defines it. */
function digitValue(character: string): number {
  return /\d/.test(character) ? Number(character) : (character.charCodeAt(0) - 3) % 10;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

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
  switch (checksum.kind) {
    case "mod10": {
      const sum = total(serial, (index) => (index % 2 === 0 ? checksum.evens : checksum.odds));
      return String((10 - (sum % 10)) % 10);
    }
    case "luhn":
      return luhn(serial);
    case "mod7":
      // At most eleven digits: exact as a number.
      return String(Number(serial) % 7);
    case "s10":
      return s10Check(serial);
    case "weighted": {
      const sum = total(serial, (index) => checksum.weights[index] ?? 0);
      return String((sum % checksum.modulo[0]) % checksum.modulo[1]);
    }
    case "mod37-36":
      return mod3736(serial);
  }
}

/** Every second digit doubled, beginning with the last one; the digits of the products are added. */
function luhn(serial: string): string {
  let sum = 0;
  for (let index = serial.length - 1, doubles = true; index >= 0; index -= 1, doubles = !doubles) {
    const value = valueAt(serial, index) * (doubles ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
}

/** UPU S10: 11 − (weighted sum mod 11), with 10 written as 0 and 11 as 5. */
function s10Check(serial: string): string {
  const rest = 11 - (total(serial, (index) => S10_WEIGHTS[index] ?? 0) % 11);
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

function total(serial: string, weightOf: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < serial.length; index += 1) sum += valueAt(serial, index) * weightOf(index);
  return sum;
}

/** A letter counts as the last digit of its ASCII code minus three (A = 2), as UPS defines it. */
function valueAt(serial: string, index: number): number {
  const unit = serial.charCodeAt(index);
  return unit <= 0x39 ? unit - 0x30 : (unit - 3) % 10;
}

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/** A postal number of the Universal Postal Union (S10): two letters, eight digits, a check digit and the origin country. */
export function s10Number(letters: string, serial: number, country: string): string {
  const digits = String(serial % 100_000_000).padStart(8, "0");
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (WEIGHTS[index] ?? 0), 0);
  const rest = 11 - (sum % 11);
  return `${letters}${digits}${rest === 10 ? 0 : rest === 11 ? 5 : rest}${country}`;
}

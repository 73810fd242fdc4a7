/** The value that this part of the sorted values lies below. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

/** To two digits, as the tables show it. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

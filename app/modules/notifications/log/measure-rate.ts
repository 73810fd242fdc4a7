/** A share with what chance alone could make of it. */
export interface Rate {
  part: number;
  whole: number;
  share: number;
  /** 95 % interval (Wilson), honest for small counts and at 0 and 1. */
  low: number;
  high: number;
  /** So few that the share says next to nothing. */
  small: boolean;
}

/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.959_963_984_540_054;
const SMALL = 30;

/** Wilson's interval of `part` in `whole`; null of nothing. */
export function measureRate(part: number, whole: number): Rate | null {
  if (whole <= 0) return null;
  const share = Math.min(1, part / whole);
  const scale = 1 + Z ** 2 / whole;
  const middle = (share + Z ** 2 / (2 * whole)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / whole + Z ** 2 / (4 * whole ** 2))) / scale;
  // At the ends the formula is exact, but binary fractions are not.
  const low = part <= 0 ? 0 : Math.max(0, middle - half);
  const high = part >= whole ? 1 : Math.min(1, middle + half);
  return { part, whole, share, low, high, small: whole < SMALL };
}

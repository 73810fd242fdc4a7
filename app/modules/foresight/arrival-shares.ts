import { type Day, readDay, writeDay } from "./civil-day.ts";
import type { ForecastView } from "./forecast-view.ts";

/** Days that belong together in a picture, and the share of such parcels that arrive in them. */
export interface ArrivalShare {
  /** Civil dates at the destination, both included. */
  from: string;
  to: string;
  share: number;
}

export interface ArrivalShares {
  /** Without gaps, the first day first. */
  shares: ArrivalShare[];
  /** What comes after the last of them. */
  later: number;
}

/** More bars than this are no picture: then several days share one. */
const MOST_BARS = 24;

/**
 * How the arrivals spread over the days, from the seven points of the distribution that a forecast keeps (5, 10, 25, 50,
 * 75, 90 and 95 of 100). Between two points the arrivals are taken to be even; several on one day divide it evenly.
 * Null while nothing was forecast.
 */
export function arrivalShares({ windows, likelyOn }: Pick<ForecastView, "windows" | "likelyOn">): ArrivalShares | null {
  if (!windows || !likelyOn) return null;
  const { w50, w80, w90 } = windows;
  const points = placePoints([
    [w90.from, 0.05],
    [w80.from, 0.1],
    [w50.from, 0.25],
    [likelyOn, 0.5],
    [w50.to, 0.75],
    [w80.to, 0.9],
    [w90.to, 0.95],
  ]);
  const [first, last] = [readDay(w90.from), readDay(w90.to)];
  const length = Math.max(1, Math.ceil((last - first + 1) / MOST_BARS));
  const shares: ArrivalShare[] = [];
  for (let day = first; day <= last; day += length) {
    const end = Math.min(last, day + length - 1);
    const share = shareBefore(points, end + 1) - shareBefore(points, day);
    shares.push({ from: writeDay(day), to: writeDay(end), share });
  }
  return { shares, later: 1 - shareBefore(points, last + 1) };
}

/** A moment in days, and the share that has arrived by then. */
interface Point {
  at: number;
  share: number;
}

function placePoints(known: readonly (readonly [string, number])[]): Point[] {
  const days = known.map(([on]) => readDay(on));
  const first = Math.min(...days);
  const placed = known.map(([, share], position) => {
    const day = days[position] ?? first;
    const sameDay = days.filter((other) => other === day).length;
    const before = days.slice(0, position).filter((other) => other === day).length;
    return { at: day + (before + 1) / (sameDay + 1), share };
  });
  return [{ at: first, share: 0 }, ...placed].sort((left, right) => left.at - right.at);
}

/** The share that has arrived before a day begins. */
function shareBefore(points: readonly Point[], day: Day): number {
  let before: Point = { at: -Infinity, share: 0 };
  for (const point of points) {
    if (point.at > day) {
      if (!Number.isFinite(before.at)) return 0;
      const part = (day - before.at) / (point.at - before.at);
      return before.share + part * Math.max(0, point.share - before.share);
    }
    before = point;
  }
  return before.share;
}

import { weekdayOf } from "#app/modules/foresight/civil-day.ts";
import type { LawState } from "#app/modules/foresight/law.ts";
import { FIRST_DAY } from "./simulated-lane.ts";
import { GIVEN_UP, type ScannedParcel, suspicion } from "./simulated-scans.ts";

/** The sweep of every morning. */
const SWEEP_HOUR = 9;

/** One open parcel on one morning: what the inbox would be sorted by, and whether the parcel is lost in fact. */
export interface Morning {
  lost: boolean;
  weekday: number;
  model: number;
  hours: number;
  /** The same a morning before, in the same silence; 0 when there was news since. */
  before: { model: number; hours: number };
}

export interface Detector {
  /** Share of the flags of all mornings that stand on a lost parcel, and share of the lost parcels' mornings with a flag. */
  precision: number;
  recall: number;
  /** New false alarms on each weekday; 0 = Sunday. */
  falseByWeekday: number[];
}

type Kind = "model" | "hours";

export function walkMornings(law: LawState, parcels: readonly ScannedParcel[]): Morning[] {
  return parcels.flatMap((parcel) => {
    const mornings: Morning[] = [];
    const first = parcel.scans[0]?.day ?? FIRST_DAY;
    const last = parcel.lost ? parcel.lastScan.day + GIVEN_UP : parcel.lastScan.day;
    let before: { model: number; hours: number } | null = null;
    for (let day = first + 1; day <= last; day += 1) {
      const scores = suspicion(law, parcel, { day, hour: SWEEP_HOUR });
      if (!scores) continue;
      const lost = parcel.lost && day > parcel.lastScan.day;
      const news = before === null || scores.hours < before.hours;
      mornings.push({ lost, weekday: weekdayOf(day), ...scores, before: news || !before ? NOTHING : before });
      before = scores;
    }
    return mornings;
  });
}

const NOTHING = { model: 0, hours: 0 };

export function judgeDetector(mornings: readonly Morning[], kind: Kind, threshold: number): Detector {
  let [flagged, found, lost] = [0, 0, 0];
  const falseByWeekday = [0, 0, 0, 0, 0, 0, 0];
  for (const morning of mornings) {
    if (morning.lost) lost += 1;
    if (morning[kind] < threshold) continue;
    flagged += 1;
    if (morning.lost) found += 1;
    else if (morning.before[kind] < threshold)
      falseByWeekday[morning.weekday] = (falseByWeekday[morning.weekday] ?? 0) + 1;
  }
  return { precision: flagged === 0 ? 1 : found / flagged, recall: found / lost, falseByWeekday };
}

/** The best a rule of fixed hours can do: the most precise one that finds as many. */
export function bestFixedHours(mornings: readonly Morning[], recall: number): Detector & { hours: number } {
  let best = { ...judgeDetector(mornings, "hours", 12), hours: 12 };
  for (let hours = 18; hours <= 24 * GIVEN_UP; hours += 6) {
    const rule = judgeDetector(mornings, "hours", hours);
    if (rule.recall < recall) break;
    if (rule.precision >= best.precision) best = { ...rule, hours };
  }
  return best;
}

/** False alarms of a Monday over those of the mean day from Tuesday to Friday. */
export function mondayRatio({ falseByWeekday }: Detector): number {
  const [, monday = 0, ...others] = falseByWeekday.slice(0, 6);
  const mean = others.reduce((sum, count) => sum + count, 0) / others.length;
  return mean === 0 ? (monday === 0 ? 1 : Infinity) : monday / mean;
}

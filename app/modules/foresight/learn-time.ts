import type { Day } from "./civil-day.ts";
import { instantOf } from "./local-moment.ts";

/** A day is learnt two hours after it has ended at the destination: the evening's scans have come in by then. */
const LEARN_AT_HOUR = 2;

/** When a day may be learnt at a zone. */
export function learnTime(zone: string, learnFrom: Day): Date {
  return instantOf(zone, { day: learnFrom + 1, hour: LEARN_AT_HOUR });
}

import type { LocalMoment } from "./civil-day.ts";
import type { Thresholds } from "./detect-trouble.ts";
import { instantOf } from "./local-moment.ts";
import type { Stage } from "./parcel-facts.ts";
import type { Silence } from "./scan-silence.ts";

/** From this hour on nobody still comes today without an out-for-delivery scan (`chooseShownDate`). */
const VANS_ARE_OUT = 17;
const STEPS = 6;
/** After midnight the work is spread over so many hours. */
const SPREAD_HOURS = 0.75;

/**
 * When a forecast can change without a scan: when the silence becomes improbable, when today's vans are out, and when the
 * day ends at the destination. Nothing is looked at before.
 */
export function nextReview({
  zone,
  now,
  seed,
  silenceAt,
  thresholds,
  stage,
}: {
  zone: string;
  now: LocalMoment;
  seed: string;
  /** The silence at an hour of today. */
  silenceAt(hour: number): Silence;
  thresholds: Thresholds;
  stage: Stage;
}): Date {
  const tail = stage === "label" ? thresholds.labelTail : thresholds.silenceTail;
  const crossing = [tail, thresholds.lostWaitingShare]
    .map((limit) => hourOfCrossing(now, limit, silenceAt))
    .filter((hour) => hour !== null);
  const vans = stage !== "out_for_delivery" && now.hour < VANS_ARE_OUT ? [VANS_ARE_OUT + 0.01] : [];
  const soonest = Math.min(...crossing, ...vans);
  if (Number.isFinite(soonest)) return instantOf(zone, { day: now.day, hour: soonest });
  return instantOf(zone, { day: now.day + 1, hour: 0.02 + SPREAD_HOURS * fractionOf(seed) });
}

/** The hour of today at which a silence falls below the limit; null when it does not, or has done so. */
function hourOfCrossing(now: LocalMoment, limit: number, silenceAt: (hour: number) => Silence): number | null {
  const isBelow = (hour: number): boolean => silenceAt(hour).tail <= limit;
  let [from, to] = [now.hour, 23.98];
  if (from >= to || isBelow(from) || !isBelow(to)) return null;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (from + to) / 2;
    if (isBelow(middle)) to = middle;
    else from = middle;
  }
  return to;
}

function fractionOf(seed: string): number {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + character.charCodeAt(0)) % 9_973;
  return hash / 9_973;
}

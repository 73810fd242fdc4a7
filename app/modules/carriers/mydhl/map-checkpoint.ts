import type { EstimatedDelivery } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";
import { byCode, byText, mapped, unknownCode, type MappedStatus } from "../map-status.ts";
import { MYDHL_CODES, MYDHL_REFINEMENTS } from "./mydhl-status.ts";

/** What a checkpoint means; words only refine it, and count alone when there is no code. */
export function mapCheckpoint(code: string | null, words: string | null): MappedStatus {
  const known = byCode(MYDHL_CODES, code);
  if (!known) return code === null ? byText(words) : unknownCode();
  const refinement = code !== null && Object.hasOwn(MYDHL_REFINEMENTS, code) ? MYDHL_REFINEMENTS[code] : undefined;
  return refinement && refinement[0].test(words ?? "") ? mapped(refinement[1], known.rule) : known;
}

/** Midnight and a minute before it are DHL's ways to write "on that day". */
export function readArrival(value: string | null): EstimatedDelivery | null {
  const time = parseIsoTime(value);
  if (!time) return null;
  const date = time.local.slice(0, 10);
  return time.local === date || /T(?:00:00|23:59):\d\d$/.test(time.local) ? { date } : { at: time };
}

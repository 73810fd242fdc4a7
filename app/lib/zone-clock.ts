import { Temporal } from "temporal-polyfill";

const DAY_MS = 86_400_000;
/** No zone has ever changed its clocks twice within so few days. */
const BLOCK_MS = 8 * DAY_MS;
const MOST_BLOCKS = 20_000;

/** The clocks of a zone during some days, in milliseconds ahead of UTC: before and from the instant of their one change on. */
interface Block {
  before: number;
  after: number;
  /** Infinity where the clocks are not changed in these days. */
  changeAt: number;
}

const zones = new Map<string, Map<number, Block>>();
let blocks = 0;

/**
 * Milliseconds that clocks in a zone are ahead of UTC at an instant (milliseconds since 1970). Remembered in stretches of
 * days, because asking is slow: what is left is arithmetic.
 * @throws RangeError for a zone that is none.
 */
export function zoneOffset(zone: string, at: number): number {
  const { before, after, changeAt } = blockOf(zone, Math.floor(at / BLOCK_MS));
  return at < changeAt ? before : after;
}

/**
 * What clocks in a zone show at an instant, counted as if it were UTC: so its day is the quotient by a day's milliseconds
 * and its time of day the remainder.
 * @throws RangeError for a zone that is none.
 */
export function wallTime(zone: string, at: number): number {
  return at + zoneOffset(zone, at);
}

/**
 * The instant at which clocks in a zone show a wall time (counted as `wallTime` does). The first of two; a time that is
 * skipped comes as much later as clocks are put forward.
 * @throws RangeError for a zone that is none.
 */
export function instantOfWallTime(zone: string, wall: number): number {
  const before = zoneOffset(zone, wall - DAY_MS);
  const after = zoneOffset(zone, wall + DAY_MS);
  const early = wall - before;
  if (before === after || zoneOffset(zone, early) === before) return early;
  const late = wall - after;
  return zoneOffset(zone, late) === after ? late : early;
}

/** The same for two zones whose clocks show the same between two instants, and nothing that zones with others share. */
export function clockBetween(zone: string, from: number, to: number): string {
  let key = "";
  for (let block = Math.floor(from / BLOCK_MS); block * BLOCK_MS <= to; block += 1) {
    const { before, after, changeAt } = blockOf(zone, block);
    key += `${before} ${changeAt} ${after},`;
  }
  return key;
}

/** The civil date (YYYY-MM-DD) at an instant in a zone. @throws RangeError for a zone that is none. */
export function civilDay(zone: string, at: number): string {
  return new Date(wallTime(zone, at)).toISOString().slice(0, 10);
}

function blockOf(zone: string, number: number): Block {
  const known = zones.get(zone)?.get(number);
  if (known) return known;
  const found = readBlock(zone, number * BLOCK_MS);
  if (blocks >= MOST_BLOCKS) {
    zones.clear();
    blocks = 0;
  }
  const ofZone = zones.get(zone) ?? new Map<number, Block>();
  zones.set(zone, ofZone.set(number, found));
  blocks += 1;
  return found;
}

function readBlock(zone: string, start: number): Block {
  const before = askOffset(zone, start);
  const after = askOffset(zone, start + BLOCK_MS - 1);
  if (before === after) return { before, after, changeAt: Infinity };
  let [unchanged, changed] = [start, start + BLOCK_MS - 1];
  while (changed - unchanged > 1) {
    const middle = Math.floor((unchanged + changed) / 2);
    if (askOffset(zone, middle) === before) unchanged = middle;
    else changed = middle;
  }
  return { before, after, changeAt: changed };
}

function askOffset(zone: string, at: number): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
}

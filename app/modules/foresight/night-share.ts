import { addCount, addRatio, countSum, type NightSums, ratioSum, STRIDE } from "./night-sums.ts";
import { addTally, type Tally } from "./tally.ts";

/** What a part of a night has added up: both laws, and what is counted beside them. */
export interface NightShareSums {
  transit: NightSums;
  silence: NightSums;
  tally: Tally;
}

const LAWS = ["transit", "silence"] as const;

/** The names of a law's rows, by table, in the order of the numbers: first all counts, then all ratios. */
interface PackedNames {
  counts: [table: string, keys: string[]][];
  ratios: [table: string, keys: string[]][];
}

type PackedHead = Record<(typeof LAWS)[number], PackedNames> & { tally: Tally };

/** Length of the head in bytes, as a 32-bit integer, and padding. */
const NUMBERS_AT = Float64Array.BYTES_PER_ELEMENT;

/**
 * A share as bytes: the names as JSON, the numbers as they are (a number as text costs ten times as much). Every number
 * comes back as it was, so that shares add up to what one run would have summed.
 */
export function packShare(sums: NightShareSums): Uint8Array<ArrayBuffer> {
  const numbers: number[] = [];
  const [transit, silence] = [packSums(sums.transit, numbers), packSums(sums.silence, numbers)];
  const head = Buffer.from(JSON.stringify({ transit, silence, tally: sums.tally } satisfies PackedHead));
  const packed = new Uint8Array(NUMBERS_AT * (1 + numbers.length) + head.length);
  new DataView(packed.buffer).setUint32(0, head.length, true);
  new Float64Array(packed.buffer, NUMBERS_AT, numbers.length).set(numbers);
  packed.set(head, packed.length - head.length);
  return packed;
}

/** Adds a packed share to the sums of the night. */
export function addShare(into: NightShareSums, packed: Uint8Array): void {
  // A copy: the numbers must begin at a multiple of their size.
  const { buffer } = Uint8Array.from(packed);
  const start = packed.length - new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(Buffer.from(buffer, start).toString()) as PackedHead;
  const numbers = new Float64Array(buffer, NUMBERS_AT, (start - NUMBERS_AT) / NUMBERS_AT);
  let at = 0;
  const next = (): number => numbers[at++] ?? 0;
  for (const law of LAWS) addPacked(into[law], head[law], next);
  addTally(into.tally, head.tally);
}

function packSums({ counts, ratios }: NightSums, numbers: number[]): PackedNames {
  for (const rows of counts.values())
    for (const sum of rows.values()) {
      numbers.push(sum.length);
      for (const number of sum) numbers.push(number);
    }
  for (const rows of ratios.values())
    for (const { observed, expected } of rows.values()) numbers.push(observed, expected);
  return { counts: namesOf(counts), ratios: namesOf(ratios) };
}

const namesOf = (tables: ReadonlyMap<string, ReadonlyMap<string, unknown>>): [string, string[]][] =>
  [...tables].map(([table, rows]) => [table, [...rows.keys()]]);

function addPacked(sums: NightSums, { counts, ratios }: PackedNames, next: () => number): void {
  for (const [table, keys] of counts)
    for (const key of keys) {
      const sum = countSum(sums, table, key);
      for (let left = next(); left > 0; left -= STRIDE) addCount(sum, next(), next(), next());
    }
  for (const [table, keys] of ratios) for (const key of keys) addRatio(ratioSum(sums, table, key), next(), next());
}

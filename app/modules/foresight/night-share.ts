import { gunzipSync, gzipSync } from "node:zlib";
import { addRatio, addSum, type CountSum, countSum, type NightSums, ratioSum } from "./night-sums.ts";
import { addTally, type Tally } from "./tally.ts";

/** What a part of a night has added up: both laws, and what is counted beside them. */
export interface NightShareSums {
  transit: NightSums;
  silence: NightSums;
  tally: Tally;
}

type PackedSums = { counts: [string, string, CountSum][]; ratios: [string, string, number, number][] };

/** A share as bytes; every number comes back as it was, so that shares add up to what one run would have summed. */
export function packShare({ transit, silence, tally }: NightShareSums): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify({ transit: packSums(transit), silence: packSums(silence), tally });
  return new Uint8Array(gzipSync(text, { level: 1 }));
}

/** Adds a packed share to the sums of the night. */
export function addShare(into: NightShareSums, packed: Uint8Array): void {
  const share = JSON.parse(gunzipSync(packed).toString()) as Record<"transit" | "silence", PackedSums> & {
    tally: Tally;
  };
  addPacked(into.transit, share.transit);
  addPacked(into.silence, share.silence);
  addTally(into.tally, share.tally);
}

function packSums({ counts, ratios }: NightSums): PackedSums {
  return {
    counts: [...counts].flatMap(([table, rows]) =>
      [...rows].map(([key, sum]): PackedSums["counts"][number] => [table, key, sum]),
    ),
    ratios: [...ratios].flatMap(([table, rows]) =>
      [...rows].map(([key, { observed, expected }]): PackedSums["ratios"][number] => [table, key, observed, expected]),
    ),
  };
}

function addPacked(sums: NightSums, { counts, ratios }: PackedSums): void {
  for (const [table, key, sum] of counts) addSum(countSum(sums, table, key), sum);
  for (const [table, key, observed, expected] of ratios) addRatio(ratioSum(sums, table, key), observed, expected);
}

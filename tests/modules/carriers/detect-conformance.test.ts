import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CarrierCandidate, detectCarrier } from "#app/modules/carriers/detect.ts";
import { sayAloud, sharedFixtures } from "./shared-fixtures.ts";

interface Entry {
  number: string;
  courier: string;
  valid: boolean;
  /** Couriers whose formats accept the number. */
  expectedCarriers: string[];
  ambiguous?: boolean;
}

/** Our ids for the data set's couriers, where they are not the same word. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  amazon: ["amazon-shipping"],
  canada_post: ["canada-post"],
  dhl: ["mydhl", "dhl-ecommerce"],
  lasership: ["ontrac"],
  old_dominion: ["old-dominion"],
};

const folder = sharedFixtures();

describe("published test numbers", () => {
  if (folder === null) {
    sayAloud("Number detection: SKIPPED, no test numbers beside the repository (DOORSTEP_SHARED_FIXTURES).");
    test("test numbers are not on this machine", () => expect(folder).toBeNull());
    return;
  }
  const { numbers } = JSON.parse(readFileSync(join(folder, "tracking-numbers.json"), "utf8")) as { numbers: Entry[] };
  sayAloud("Number detection     courier        valid: named   first   invalid: refused");
  test.each([...new Set(numbers.map(({ courier }) => courier))].sort())("%s", (courier) => {
    const entries = numbers.filter((entry) => entry.courier === courier);
    const valid = entries.filter((entry) => entry.valid);
    // A number that is wrong in one format of a courier may be right in another one of it.
    const invalid = entries.filter((entry) => !entry.valid && !entry.expectedCarriers.includes(courier));
    const unnamed = valid.filter((entry) => !candidates(entry).some((candidate) => isOf(candidate, courier)));
    const single = valid.filter((entry) => !entry.ambiguous);
    const second = single.filter(
      (entry) =>
        !candidates(entry)
          .slice(0, 1)
          .some((best) => isOf(best, courier)),
    );
    const accepted = invalid.filter((entry) => candidates(entry).some((candidate) => isOf(candidate, courier)));
    const cell = (wrong: Entry[], all: Entry[]) => `${all.length - wrong.length} of ${all.length}`.padEnd(10);
    sayAloud(
      `                     ${courier.padEnd(16)}${cell(unnamed, valid)}${cell(second, single)}${cell(accepted, invalid)}`,
    );
    expect([unnamed, second, accepted]).toEqual([[], [], []]);
    expect(valid.length).toBeGreaterThan(0);
  });
});

function candidates({ number }: Entry): CarrierCandidate[] {
  return detectCarrier({ trackingNumber: number, company: null, url: null, connectedCarriers: [] });
}

function isOf({ carrierId, reason }: CarrierCandidate, courier: string): boolean {
  return courier === "s10" ? reason === "number:s10" : (OURS[courier] ?? [courier]).includes(carrierId);
}

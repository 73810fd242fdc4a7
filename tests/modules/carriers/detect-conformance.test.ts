import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { detectCarrier } from "#app/modules/carriers/detect.ts";
import { sayAloud, sharedFixtures } from "./shared-fixtures.ts";

interface Entry {
  number: string;
  courier: string;
  format: string;
  valid: boolean;
}

/** The data set's couriers whose formats are in our table so far, and our ids for them. */
const COVERED: Readonly<Record<string, readonly string[]>> = {
  ups: ["ups"],
  fedex: ["fedex"],
  usps: ["usps"],
  amazon: ["amazon"],
  dhl: ["dhl-express", "dhl-ecommerce"],
  yunexpress: ["yunexpress"],
};

const folder = sharedFixtures();

describe("published test numbers", () => {
  if (folder === null) {
    sayAloud("Number detection: SKIPPED, no test numbers beside the repository (DOORSTEP_SHARED_FIXTURES).");
    test("test numbers are not on this machine", () => expect(folder).toBeNull());
    return;
  }
  const { numbers } = JSON.parse(readFileSync(join(folder, "tracking-numbers.json"), "utf8")) as { numbers: Entry[] };
  test.each([...Object.keys(COVERED), "s10"])("%s", (courier) => {
    const entries = numbers.filter((entry) => entry.courier === courier);
    const wrong = entries.filter((entry) => includesCourier(entry) !== entry.valid);
    sayAloud(
      `Number detection     ${courier.padEnd(10)} ${entries.length - wrong.length} of ${entries.length} numbers`,
    );
    expect(wrong).toEqual([]);
    expect(entries.length).toBeGreaterThan(0);
  });
});

function includesCourier({ number, courier }: Entry): boolean {
  const found = detectCarrier({ trackingNumber: number, company: null, url: null, connectedCarriers: [] });
  if (courier === "s10") return found.some((candidate) => candidate.reason === "number:s10");
  return found.some((candidate) => COVERED[courier]?.includes(candidate.carrierId));
}

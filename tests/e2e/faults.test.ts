import { expect, test } from "vitest";
import { runChaos } from "#tests/chaos/run-chaos.ts";

/** The short version of `npm run chaos`, with one storm that is always the same. */
test("killing web, worker and database loses no parcel and sends no mail twice", async () => {
  const report = await runChaos({
    ...{ seed: 20_261_122, orders: 12, kills: 1 },
    pauseMs: [1_000, 2_000],
    faster: 2,
    calmMs: 90_000,
    // Few mails, so each third one meets trouble.
    resendFaults: { rate_limited: 0.1, server_error: 0.1, accepted_then_reset: 0.2 },
  });
  expect(report.faults).toEqual([]);
  expect(report.kills).toEqual({ web: 1, worker: 1, postgres: 1 });
  expect(report.forged).toBeGreaterThan(0);
  expect(report.mails).toBeGreaterThan(0);
});

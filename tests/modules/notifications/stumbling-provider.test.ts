import { afterAll, beforeAll, expect, test } from "vitest";
import { sendUnderFire } from "#tests/chaos/sends-under-fire.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

/**
 * As often as the provider is said to stumble, and then some: requests are few here. Not so often that three attempts in
 * a row go unanswered, after which a sender waits longer and longer: that has a test of its own.
 */
const FAULTS = { rate_limited: 0.1, server_error: 0.05, hang: 0.03, accepted_then_reset: 0.07 };

test(
  "a provider that stumbles takes every mail once, and never more calls than its limit",
  { timeout: 90_000 },
  async () => {
    const report = await sendUnderFire({
      ...{ database, shops: [70, 40, 15], perRequest: 5, limit: 10, workers: 2, seed: 7, maxSeconds: 80 },
      ...{ faults: FAULTS, hangMs: 1_500, answerWithinMs: 700 },
    });
    expect(report).toMatchObject({ mails: 125, lost: 0, doubled: 0 });
    expect(report.requests).toBeGreaterThan(25);
    expect(report.peak).toBeLessThanOrEqual(10);
  },
);

import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#app/lib/clock.ts";
import { CRASH_POINTS } from "#tests/dying-sender/crash-points.ts";
import { crashSends } from "#tests/dying-sender/crash-sends.ts";
import { type KillingProvider, startKillingProvider } from "#tests/dying-sender/provider-that-kills.ts";
import { createSandboxResend } from "#tests/sandbox/resend/create-sandbox-resend.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
let mailProvider: KillingProvider;
const resend = createSandboxResend({ clock: systemClock, rateLimit: { requests: 1_000, perMs: 1_000 } });

beforeAll(async () => {
  database = await createTestDatabase();
  mailProvider = await startKillingProvider(resend.router);
});

afterAll(async () => {
  await mailProvider.stop();
  await database.drop();
});

const takenMails = () =>
  resend.mails.all().map(({ tags }) => tags.find(({ name }) => name === "notification")?.value ?? "");

test.each(CRASH_POINTS)(
  "mails: a sender that dies %s loses and doubles nothing",
  { timeout: 90_000 },
  async (point) => {
    const report = await crashSends({
      ...{ database, channel: "email", provider: mailProvider, taken: takenMails },
      ...{ points: [point], sends: 5, perDeath: 5 },
    });
    expect(report).toEqual({ channel: "email", sends: 5, deaths: 1, lost: 0, doubled: 0, open: {} });
  },
);

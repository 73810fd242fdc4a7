import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#app/lib/clock.ts";
import { CRASH_POINTS } from "#tests/dying-sender/crash-points.ts";
import { crashSends } from "#tests/dying-sender/crash-sends.ts";
import { type KillingProvider, startKillingProvider } from "#tests/dying-sender/provider-that-kills.ts";
import { createSandboxResend } from "#tests/sandbox/resend/create-sandbox-resend.ts";
import { createSandboxTwilio } from "#tests/sandbox/twilio/create-sandbox-twilio.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
let mailProvider: KillingProvider;
let textProvider: KillingProvider;
const resend = createSandboxResend({ clock: systemClock, rateLimit: { requests: 1_000, perMs: 1_000 } });
const twilio = createSandboxTwilio({ clock: systemClock });

beforeAll(async () => {
  database = await createTestDatabase();
  mailProvider = await startKillingProvider(resend.router);
  textProvider = await startKillingProvider(twilio.router);
});

afterAll(async () => {
  await Promise.all([mailProvider.stop(), textProvider.stop()]);
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

const takenTexts = () => twilio.texts.outbound().map(({ body }) => body.split(" ").at(-1) ?? "");

test.each(CRASH_POINTS)(
  "texts: a sender that dies %s loses and doubles nothing",
  { timeout: 90_000 },
  async (point) => {
    const report = await crashSends({
      ...{ database, channel: "sms", provider: textProvider, taken: takenTexts },
      ...{ points: [point], sends: 3, perDeath: 3 },
    });
    expect(report).toEqual({ channel: "sms", sends: 3, deaths: 1, lost: 0, doubled: 0, open: {} });
  },
);

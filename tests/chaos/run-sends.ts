import { systemClock } from "#app/lib/clock.ts";
import { CRASH_POINTS, type CrashPoint } from "#tests/dying-sender/crash-points.ts";
import { type CrashReport, crashSends } from "#tests/dying-sender/crash-sends.ts";
import { startKillingProvider } from "#tests/dying-sender/provider-that-kills.ts";
import { createSandboxResend } from "#tests/sandbox/resend/create-sandbox-resend.ts";
import type { SentMail } from "#tests/sandbox/resend/sent-mails.ts";
import { createSandboxTwilio } from "#tests/sandbox/twilio/create-sandbox-twilio.ts";
import { type ChaosDatabase, openChaosDatabase } from "./chaos-database.ts";
import { type FireReport, messageOf, sendUnderFire } from "./sends-under-fire.ts";

export interface SendsPlan {
  seed: number;
  /** Messages for each point at which a sender dies. */
  sends: number;
  /** Names of `PARTS`; all of them where none is named. */
  parts: readonly string[];
  /** Where senders die; everywhere where no point is named. */
  points: readonly string[];
  print(line: string): void;
}

const FAULTS = { rate_limited: 0.05, server_error: 0.03, hang: 0.02, accepted_then_reset: 0.02 };

const PARTS: Readonly<Record<string, (plan: SendsPlan, database: ChaosDatabase) => Promise<number>>> = {
  mails: dying,
  texts: dyingTexters,
  stumbling,
  crowded,
};

/** Senders that die, a provider that stumbles, and one shop with more mail than all others. @returns what went wrong. */
export async function runSends(plan: SendsPlan): Promise<number> {
  let wrong = 0;
  for (const name of plan.parts.length > 0 ? plan.parts : Object.keys(PARTS)) {
    const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (!part) throw new Error(`no part "${name}"; there are: ${Object.keys(PARTS).join(", ")}`);
    wrong += await onDatabase((database) => part(plan, database));
  }
  return wrong;
}

function pointsOf({ points }: SendsPlan): readonly CrashPoint[] {
  const unknown = points.find((point) => !CRASH_POINTS.some((one) => one === point));
  if (unknown !== undefined) throw new Error(`no point "${unknown}"; there are: ${CRASH_POINTS.join(", ")}`);
  return points.length > 0 ? CRASH_POINTS.filter((point) => points.includes(point)) : CRASH_POINTS;
}

async function onDatabase<Result>(work: (database: ChaosDatabase) => Promise<Result>): Promise<Result> {
  const database = await openChaosDatabase();
  try {
    return await work(database);
  } finally {
    await database.stop();
  }
}

async function dyingTexters(plan: SendsPlan, database: ChaosDatabase): Promise<number> {
  const { sends, print } = plan;
  const points = pointsOf(plan);
  const twilio = createSandboxTwilio({ clock: systemClock, rateLimit: { requests: 1_000, perMs: 1_000 } });
  const provider = await startKillingProvider(twilio.router);
  try {
    print(`\nsenders killed at ${points.length} points, ${sends} texts at each: the provider knows no keys`);
    const taken = () => twilio.texts.outbound().map(({ body }) => body.split(" ").at(-1) ?? "");
    const report = await crashSends({
      database,
      channel: "sms",
      provider,
      taken,
      points,
      sends,
      perDeath: 5,
      tell: print,
    });
    return showCrashes(report, print);
  } finally {
    await provider.stop();
  }
}

async function dying(plan: SendsPlan, database: ChaosDatabase): Promise<number> {
  const { sends, print } = plan;
  const points = pointsOf(plan);
  const resend = createSandboxResend({ clock: systemClock, rateLimit: { requests: 1_000, perMs: 1_000 } });
  const provider = await startKillingProvider(resend.router);
  try {
    print(`\nsenders killed at ${points.length} points, ${sends} mails at each`);
    const taken = () => resend.mails.all().map(messageOf);
    const report = await crashSends({
      database,
      channel: "email",
      provider,
      taken,
      points,
      sends,
      perDeath: 10,
      tell: print,
    });
    return showCrashes(report, print);
  } finally {
    await provider.stop();
  }
}

function showCrashes({ sends, deaths, lost, doubled, open }: CrashReport, print: SendsPlan["print"]): number {
  const left = Object.values(open).reduce((sum, count) => sum + count, 0);
  show(print, { messages: sends, "senders killed": deaths, lost, doubled, "not sent in our ledger": left });
  return lost + doubled + left;
}

async function stumbling({ seed, print }: SendsPlan, database: ChaosDatabase): Promise<number> {
  print(
    "\na provider that answers 5 % 429, 3 % 500, hangs 2 % and resets 2 % after accepting; limit 5 requests a second",
  );
  const report = await sendUnderFire({
    ...{ database, shops: [400, 300, 200, 100], perRequest: 2, limit: 5, workers: 3, seed, maxSeconds: 900 },
    ...{ faults: FAULTS, hangMs: 60_000, answerWithinMs: 5_000 },
  });
  showFire(report, print);
  return report.lost + report.doubled + Math.max(0, report.peak - 5);
}

const SMALL_SHOPS = 99;
const MAILS_OF_SMALL = 10;
const MAILS_OF_LARGE = 50_000;

async function crowded({ seed, print }: SendsPlan, database: ChaosDatabase): Promise<number> {
  print(
    `\none shop with ${MAILS_OF_LARGE} mails, then ${SMALL_SHOPS} with ${MAILS_OF_SMALL} each; 5 requests a second`,
  );
  const report = await sendUnderFire({
    ...{ database, perRequest: 100, limit: 5, workers: 2, seed, maxSeconds: 300, faults: {} },
    ...{ hangMs: 1_000, answerWithinMs: 20_000 },
    shops: [MAILS_OF_LARGE, ...Array.from({ length: SMALL_SHOPS }, () => MAILS_OF_SMALL)],
    until: (mails, [large]) => mails.filter((mail) => shopOf(mail) !== large).length === SMALL_SHOPS * MAILS_OF_SMALL,
  });
  const [large] = report.shopIds;
  const delays = report.taken
    .filter((mail) => shopOf(mail) !== large)
    .map(({ acceptedAt }) => (Date.parse(acceptedAt) - report.queuedAt) / 1_000)
    .sort((a, b) => a - b);
  const p95 = delays[Math.floor(delays.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  show(print, {
    "mails of small shops": delays.length,
    "  delay, median": `${delays[Math.floor(delays.length / 2)]?.toFixed(1) ?? "?"} s`,
    "  delay, p95": `${p95.toFixed(1)} s`,
    "mails of the large shop meanwhile": report.taken.length - delays.length,
    "most requests in a second": report.peak,
  });
  return (delays.length === SMALL_SHOPS * MAILS_OF_SMALL && p95 < 60 ? 0 : 1) + Math.max(0, report.peak - 5);
}

const shopOf = ({ tags }: SentMail): string => tags.find(({ name }) => name === "shop")?.value ?? "";

function showFire(report: FireReport, print: SendsPlan["print"]): void {
  const { mails, lost, doubled, requests, refusedByRate, peak, seconds } = report;
  show(print, { mails, lost, doubled, requests, "  refused: too fast or at random": refusedByRate });
  show(print, { "most requests in a second": peak, took: `${seconds.toFixed(0)} s` });
}

function show(print: SendsPlan["print"], rows: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(rows)) print(`${name.padEnd(34)} ${value}`);
}

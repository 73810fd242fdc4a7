import { spawn } from "node:child_process";
import path from "node:path";
import { systemClock } from "#app/lib/clock.ts";
import { Database } from "#app/lib/db.server.ts";
import { ROOT } from "#tests/checks/check.ts";
import { letLeasesPass, queueMessages, statesOf } from "#tests/support/plain-messages.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";
import { CRASH_POINTS, type CrashPoint, type Fate } from "./crash-points.ts";
import type { KillingProvider } from "./provider-that-kills.ts";
import { sendQueued } from "./send-queued.ts";

export interface CrashPlan {
  database: { url: string; ownerUrl: string };
  channel: Fate["channel"];
  provider: KillingProvider;
  /** The messages that the provider has, as often as it has them. */
  taken(): readonly string[];
  points?: readonly CrashPoint[];
  /** Messages for each point. */
  sends: number;
  /** Messages that one death can hit: those of a request, or of one turn. */
  perDeath: number;
  tell?(line: string): void;
}

export interface CrashReport {
  channel: Fate["channel"];
  sends: number;
  deaths: number;
  lost: number;
  doubled: number;
  /** States that are not `sent` in the end. */
  open: Record<string, number>;
}

const MAX_ROUNDS = 400;
const CACHE = path.join(ROOT, ".cache/dying-sender");

/** Lets senders die at each point, over and over, until every message is through; then asks the provider what it has. */
export async function crashSends(plan: CrashPlan): Promise<CrashReport> {
  const db = new Database({ url: plan.database.url });
  const report: CrashReport = { channel: plan.channel, sends: 0, deaths: 0, lost: 0, doubled: 0, open: {} };
  try {
    for (const point of plan.points ?? CRASH_POINTS) await crashAt(plan, { db, report, point });
  } finally {
    await db.close();
  }
  return report;
}

interface At {
  db: Database;
  report: CrashReport;
  point: CrashPoint;
}

async function crashAt(plan: CrashPlan, { db, report, point }: At): Promise<void> {
  const { shopId, ids } = await queueMessages({ db, clock: systemClock }, { count: plan.sends, channel: plan.channel });
  const deathsWanted = Math.ceil(plan.sends / plan.perDeath);
  let deaths = 0;
  for (let round = 0; round < MAX_ROUNDS && !(await allSent({ db }, shopId)); round += 1) {
    // Full speed: the pace has a test of its own.
    await runAsOwner(plan.database.ownerUrl, [
      "UPDATE send_pace SET per_second = 1000, next_at = now(), held_until = NULL, failures = 0",
      "UPDATE send_turn SET not_before = NULL",
    ]);
    if (deaths >= deathsWanted) await takeOver(plan, db);
    else if (await runDyingSender(plan, { point, pass: 1 + (round % 2) })) deaths += 1;
    await letLeasesPass(plan.database, "10 minutes");
  }
  const { lost, doubled } = count(ids, plan.taken());
  const { sent = 0, ...open } = await statesOf({ db }, shopId);
  report.sends += ids.length;
  report.deaths += deaths;
  report.lost += lost;
  report.doubled += doubled;
  for (const [state, messages] of Object.entries(open)) report.open[state] = (report.open[state] ?? 0) + messages;
  plan.tell?.(`${point.padEnd(34)} killed ${deaths}, sent ${sent} of ${ids.length}, lost ${lost}, doubled ${doubled}`);
}

async function allSent(office: { db: Database }, shopId: string): Promise<boolean> {
  return Object.keys(await statesOf(office, shopId)).every((state) => state === "sent");
}

function count(ids: readonly string[], taken: readonly string[]): { lost: number; doubled: number } {
  const counted = { lost: 0, doubled: 0 };
  const times = new Map<string, number>();
  for (const id of taken) times.set(id, (times.get(id) ?? 0) + 1);
  for (const id of ids) {
    const found = times.get(id) ?? 0;
    if (found === 0) counted.lost += 1;
    if (found > 1) counted.doubled += found - 1;
  }
  return counted;
}

/** What another process does that lives on: this one. */
function takeOver({ provider, channel, perDeath }: CrashPlan, db: Database): Promise<void> {
  return sendQueued({ db, channel, providerUrl: provider.url, maxMails: perDeath }, () => undefined);
}

/** One process with the real send path. @returns whether it was killed. */
async function runDyingSender(plan: CrashPlan, { point, pass }: { point: CrashPoint; pass: number }): Promise<boolean> {
  const { provider, channel, database } = plan;
  const fate: Fate = {
    ...{ channel, point, maxMails: plan.perDeath, databaseUrl: database.url, providerUrl: provider.url },
    pass: point === "answer lost" ? 1 : pass,
  };
  const child = spawn(process.execPath, ["tests/dying-sender/start.ts", JSON.stringify(fate)], {
    stdio: ["ignore", "ignore", "inherit"],
    // They are born by the hundred: what the first has compiled, the others read.
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
  });
  if (point === "request arrived, no answer yet") provider.atNext = () => void child.kill("SIGKILL");
  if (point === "answer lost") provider.atNext = (connection) => connection.destroy();
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once("exit", (...how) => resolve(how));
  });
  provider.atNext = null;
  if (signal === null && code !== 0) throw new Error(`a sender ended with ${code}`);
  return signal === "SIGKILL";
}

import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "#app/lib/clock.ts";
import { Database } from "#app/lib/db.server.ts";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import { createResendSender } from "#app/modules/notifications/resend-sender.server.ts";
import { startKillingProvider } from "#tests/dying-sender/provider-that-kills.ts";
import { RESEND_ACCOUNT } from "#tests/sandbox/resend/account.ts";
import { createSandboxResend } from "#tests/sandbox/resend/create-sandbox-resend.ts";
import type { ResendFaultShares } from "#tests/sandbox/resend/resend-faults.ts";
import type { SentMail } from "#tests/sandbox/resend/sent-mails.ts";
import { TRIAL_SENDER, dispatchDeps, queueMessages } from "#tests/support/plain-messages.ts";
import { withConnection } from "#tests/postgres/server-connection.ts";

export interface FirePlan {
  database: { url: string; ownerUrl: string };
  /** Mails of each shop. */
  shops: readonly number[];
  perRequest: number;
  /** Requests a second that the provider takes. */
  limit: number;
  faults: ResendFaultShares;
  hangMs: number;
  answerWithinMs: number;
  /** Workers that send at the same time. */
  workers: number;
  seed: number;
  /** Ends the run early, with what is sent by then. */
  until?: (mails: readonly SentMail[], shopIds: readonly string[]) => boolean;
  maxSeconds: number;
}

export interface FireReport {
  mails: number;
  lost: number;
  doubled: number;
  requests: number;
  refusedByRate: number;
  /** Most requests in any second, at the provider. */
  peak: number;
  seconds: number;
  taken: SentMail[];
  shopIds: string[];
  queuedAt: number;
}

export const messageOf = ({ tags }: SentMail): string => tags.find(({ name }) => name === "notification")?.value ?? "";

/** Sends through a provider that stumbles, from several workers, and counts at the provider. */
export async function sendUnderFire(plan: FirePlan): Promise<FireReport> {
  const resend = createSandboxResend({
    clock: systemClock,
    rateLimit: { requests: plan.limit, perMs: 1_000 },
    ...{ hangMs: plan.hangMs, seed: plan.seed },
  });
  resend.faults.set(plan.faults);
  const server = await startKillingProvider(resend.router);
  const db = new Database({ url: plan.database.url, poolSize: 10 });
  try {
    const ids = new Set<string>();
    const shopIds: string[] = [];
    for (const count of plan.shops) {
      const made = await queueMessages({ db, clock: systemClock }, { count });
      shopIds.push(made.shopId);
      for (const id of made.ids) ids.add(id);
    }
    const queuedAt = Date.now();
    await sendAll(plan, { db, shopIds, url: server.url, mails: () => resend.mails.all() });
    const taken = resend.mails.all();
    const requests = resend.requests();
    return {
      mails: taken.length,
      lost: plan.until ? 0 : ids.size - new Set(taken.map(messageOf)).size,
      doubled: taken.length - new Set(taken.map(messageOf)).size,
      requests: requests.length,
      refusedByRate: requests.filter(({ status }) => status === 429).length,
      peak: peakOf(requests.map(({ at }) => Date.parse(at))),
      seconds: (Date.now() - queuedAt) / 1_000,
      ...{ taken, shopIds, queuedAt },
    };
  } finally {
    await db.close();
    await server.stop();
  }
}

interface Sending {
  db: Database;
  shopIds: readonly string[];
  url: string;
  mails(): SentMail[];
}

async function sendAll(plan: FirePlan, { db, shopIds, url, mails }: Sending): Promise<void> {
  const deadline = Date.now() + plan.maxSeconds * 1_000;
  const sender = createResendSender({
    ...{ apiKey: RESEND_ACCOUNT.apiKey, baseUrl: url, timeoutMs: plan.answerWithinMs },
  });
  let done = false;
  const worker = async () => {
    const deps = dispatchDeps({ db, clock: systemClock }, { runMs: 3_000, backOffMs: 200 });
    while (!done && Date.now() < deadline) {
      await dispatchMails({ ...deps, mail: { ...sender, maxMails: plan.perRequest }, trialSender: TRIAL_SENDER });
      await sleep(100);
    }
  };
  const watch = async () => {
    while (!done && Date.now() < deadline) {
      await sleep(250);
      done = plan.until ? plan.until(mails(), shopIds) : (await openMessages(plan.database.ownerUrl)) === 0;
    }
  };
  await Promise.all([watch(), ...Array.from({ length: plan.workers }, worker)]);
}

function openMessages(ownerUrl: string): Promise<number> {
  return withConnection(ownerUrl, async (client) => {
    const { rows } = await client.query<{ open: number }>(
      "SELECT count(*)::int AS open FROM notification WHERE state IN ('queued', 'sending')",
    );
    return rows[0]?.open ?? 0;
  });
}

/** Most instants within any second. */
export function peakOf(instants: readonly number[]): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let peak = 0;
  for (let start = 0, end = 0; end < sorted.length; end += 1) {
    while ((sorted[end] ?? 0) - (sorted[start] ?? 0) >= 1_000) start += 1;
    peak = Math.max(peak, end - start + 1);
  }
  return peak;
}

import { setTimeout as sleep } from "node:timers/promises";
import { withConnection } from "#tests/postgres/server-connection.ts";
import { createRandom } from "#tests/sandbox/shopify/seed/random.ts";
import type { ResendFaultShares } from "#tests/sandbox/resend/resend-faults.ts";
import { type FullStack, startFullStack } from "#tests/support/full-stack.ts";
import { shipOrder } from "#tests/support/ship-order.ts";
import { type ChaosDatabase, openChaosDatabase } from "./chaos-database.ts";
import { activeNumbers, checkOutcome } from "./check-outcome.ts";
import { followWebhooks, forgeWebhook, type Forgery } from "./follow-webhooks.ts";
import { letAnHourPass } from "./let-time-pass.ts";

export interface ChaosPlan {
  seed: number;
  orders: number;
  /** Kills of each of web, worker and PostgreSQL. */
  kills: number;
  /** Between two kills, at least and at most. */
  pauseMs: readonly [number, number];
  /** Times the pace of the demo. */
  faster: number;
  /** How long the calm after the storm may take. */
  calmMs: number;
  /** What Resend does to this share of the sends, until every parcel has arrived. */
  resendFaults: ResendFaultShares;
  tell?(line: string): void;
}

export interface ChaosReport {
  seed: number;
  orders: number;
  parcels: number;
  webhooks: number;
  acknowledged: number;
  /** Copies and repetitions beside the first attempt. */
  repeated: number;
  forged: number;
  kills: Record<"web" | "worker" | "postgres", number>;
  mails: number;
  sendRequests: number;
  hoursSkipped: number;
  stormSeconds: number;
  calmSeconds: number;
  /** Empty when nothing was lost, doubled, invented or wrong. */
  faults: string[];
}

const DUPLICATED = 0.1;
const REORDERED = 0.2;
const FORGED = 0.01;
const REORDER_MS = 2_500;
const RETRIES_MS = [300, 600, 1_000, 1_500, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000];

/** A storm over the whole product, then calm, then the reckoning. The same seed gives the same storm. */
export async function runChaos(plan: ChaosPlan): Promise<ChaosReport> {
  const database = await openChaosDatabase();
  try {
    const stack = await startFullStack({ database, history: { orders: 5, days: 20 } });
    try {
      return await storm({ plan, database, stack });
    } finally {
      await stack.stop();
    }
  } finally {
    await database.stop();
  }
}

interface Storm {
  plan: ChaosPlan;
  database: ChaosDatabase;
  stack: FullStack;
}

async function storm(context: Storm): Promise<ChaosReport> {
  const { plan, stack } = context;
  const { webhooks, store } = stack.sandbox.shopify;
  Object.assign(webhooks.options, { duplicateRate: DUPLICATED, retryDelaysMs: RETRIES_MS });
  stack.sandbox.resend.faults.set(plan.resendFaults);
  const followed = followWebhooks(webhooks);
  const began = Date.now();
  const killing = killAtRandom(context);
  const [forgeries, kills] = await Promise.all([placeOrders(context, followed.all), killing]);
  const calmBegan = Date.now();
  plan.tell?.(`the storm is over after ${Math.round((calmBegan - began) / 1_000)} s`);
  const { hoursSkipped, open } = await waitForCalm(context);
  const acknowledged = followed.acknowledged();
  followed.stop();
  const faults = await checkOutcome({ stack, forgeries, acknowledged: acknowledged.map((one) => one.webhookId) });
  return {
    seed: plan.seed,
    orders: store.records.orders.length,
    parcels: activeNumbers(stack.sandbox.shopify).length,
    webhooks: followed.all().length,
    acknowledged: acknowledged.length,
    repeated: followed.all().reduce((sum, { attempts }) => sum + Math.max(0, attempts.length - 1), 0),
    forged: forgeries.filter(({ status }) => status !== null).length,
    kills,
    mails: stack.sandbox.resend.mails.all().length,
    sendRequests: stack.sandbox.resend.requests().length,
    hoursSkipped,
    stormSeconds: (calmBegan - began) / 1_000,
    calmSeconds: (Date.now() - calmBegan) / 1_000,
    faults: open === null ? faults : [`never calm: ${open}`, ...faults],
  };
}

const CARRIERS = ["easypost", "ups", "fedex"] as const;

async function placeOrders({ plan, stack }: Storm, sent: ReturnType<typeof followWebhooks>["all"]): Promise<Forgery[]> {
  const random = createRandom(plan.seed);
  const { webhooks } = stack.sandbox.shopify;
  const [least, most] = plan.pauseMs;
  const pauseMs = (plan.kills * 3 * ((least + most) / 2)) / plan.orders;
  const forgeries: Promise<Forgery>[] = [];
  for (let count = 0; count < plan.orders; count += 1) {
    webhooks.options.reorderMs = random.next() < REORDERED ? REORDER_MS : 0;
    const carrierId = CARRIERS[count % CARRIERS.length] ?? "ups";
    const parcels = random.next() < 0.1 ? 2 : 1;
    shipOrder(stack.sandbox, { carrierId, parcels, faster: plan.faster, customer: count });
    // Four webhooks an order, or so; one forgery at least.
    const real = sent().at(-1);
    const due = forgeries.length < Math.ceil((count + 1) * 4 * FORGED);
    if (real && due) forgeries.push(forgeWebhook(stack.webUrl, real, webhooks.headersOf(real)));
    await sleep(pauseMs);
  }
  return Promise.all(forgeries);
}

async function killAtRandom({ plan, database, stack }: Storm): Promise<ChaosReport["kills"]> {
  const random = createRandom(plan.seed + 1);
  const kills = { web: 0, worker: 0, postgres: 0 };
  const victims = Array.from({ length: plan.kills }, () => ["web", "worker", "postgres"] as const).flat();
  const [least, most] = plan.pauseMs;
  for (let left = victims.length; left > 0; left -= 1) {
    await sleep(least + random.next() * (most - least));
    const [victim = "web"] = victims.splice(Math.floor(random.next() * left), 1);
    plan.tell?.(`kill -9 ${victim}`);
    if (victim === "postgres") await database.killAndRevive();
    else killProcess(stack[victim].pid());
    kills[victim] += 1;
  }
  return kills;
}

/** One that is being started again right now has died already. */
function killProcess(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const MAX_HOURS = 6;
/** How long the living may take before the dead are helped; a worker needs some seconds to start. */
const PATIENCE_MS = 15_000;

interface Calm {
  hoursSkipped: number;
  /** What still was open when patience ended; null when all is calm. */
  open: string | null;
}

/** Waits for the last webhook, then until nothing is open any more, letting an hour pass when the dead hold something. */
async function waitForCalm({ plan, database, stack }: Storm): Promise<Calm> {
  const deadline = Date.now() + plan.calmMs;
  await Promise.race([stack.sandbox.shopify.webhooks.idle(), sleep(plan.calmMs)]);
  while (parcelsOnTheirWay(stack) > 0 && Date.now() < deadline) await sleep(500);
  stack.sandbox.resend.faults.set({});
  for (let hoursSkipped = 0; ; hoursSkipped += 1) {
    const until = Math.min(Date.now() + PATIENCE_MS, deadline);
    let open = await whatIsOpen(stack);
    while (open !== null && Date.now() < until) {
      await sleep(500);
      open = await whatIsOpen(stack);
    }
    if (open === null || hoursSkipped === MAX_HOURS || Date.now() > deadline) return { hoursSkipped, open };
    killProcess(stack.worker.pid());
    plan.tell?.(`still open: ${open}; an hour passes`);
    await letAnHourPass(database.ownerUrl);
  }
}

const WORK = ["notifications.decide", "intake.process-delivery"];

/** The parcels of the storm; those of the shop's history keep the pace of real ones. */
function stormParcels({ sandbox: { world, shopify } }: FullStack): string[] {
  return activeNumbers(shopify).filter((number) => world.parcel(number)?.speed !== 1);
}

function parcelsOnTheirWay(stack: FullStack): number {
  return stormParcels(stack).filter((number) => stack.sandbox.world.nextScanAt(number) !== null).length;
}

/** Webhooks, messages and jobs that wait, and parcels of the storm that have not arrived; null when there is nothing. */
async function whatIsOpen(stack: FullStack): Promise<string | null> {
  if (parcelsOnTheirWay(stack) > 0) return `${parcelsOnTheirWay(stack)} parcels on their way`;
  const query = `
    SELECT (SELECT count(*) FROM inbound_delivery WHERE status = 'stored')::int AS webhooks,
      (SELECT count(*) FROM notification WHERE state IN ('queued', 'sending'))::int AS messages,
      (SELECT count(*) FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND name = ANY ($2))::int AS jobs,
      (SELECT count(*) FROM shipment WHERE status <> 'delivered' AND tracking_number = ANY ($1))::int AS parcels`;
  return withConnection(stack.database.ownerUrl, async (client) => {
    const { rows } = await client.query<Record<string, number>>(query, [stormParcels(stack), WORK]);
    const open = Object.entries(rows[0] ?? {}).filter(([, count]) => count > 0);
    return open.length === 0 ? null : open.map(([what, count]) => `${count} ${what}`).join(", ");
  });
}

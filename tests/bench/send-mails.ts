import pg from "pg";
import { systemClock } from "#app/lib/clock.ts";
import { Database, type ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import { recheckAll } from "#app/modules/notifications/recheck-message.server.ts";
import { openMessage, renderMessages } from "#app/modules/notifications/render-messages.server.ts";
import { createResendSender } from "#app/modules/notifications/resend-sender.server.ts";
import { RESEND_ACCOUNT } from "#tests/sandbox/resend/account.ts";
import { makeOrder, makeScans, makeShipment, makeShop, testKeys } from "#tests/support/factories.ts";
import { makeForecast } from "#tests/support/foreseen-parcel.ts";
import { dispatchDeps, plainContent, TRIAL_SENDER } from "#tests/support/plain-messages.ts";
import { testRendering } from "#tests/support/test-rendering.ts";
import type { BenchRow } from "./bench.ts";

const WARM_UP = 200;
const MAILS = 500;
/** What else the machine does costs no lease and no place in the row: the processor's clock is read, not the wall's. */
const UNHURRIED = { runMs: 120_000, leaseMs: 600_000, maxWaitMs: 60_000 };
const MOST_RUNS = 10;
const clock = systemClock;

export interface SendingCost {
  /** Mails per second of the worker's core, from the claim in the ledger to the provider's answer written down. */
  mailsPerSecond: number;
  rows: BenchRow[];
}

/** What sending costs the worker, all its threads counted; and the same where nothing is looked at again and rendered. */
export async function sendMails({ url, providerUrl }: { url: string; providerUrl: string }): Promise<SendingCost> {
  const db = new Database({ url, poolSize: 5 });
  const rendering = testRendering(clock, { defaultFrom: TRIAL_SENDER.address });
  const real: Content = {
    recheck: (tx, claimed) => recheckAll({ clock, keys: testKeys }, tx, claimed),
    render: (tx, batch) => renderMessages(rendering, tx, batch),
    open: (row) => openMessage(testKeys, row),
  };
  const plain: Content = { recheck: () => Promise.resolve(new Map()), ...plainContent };
  try {
    await measure({ db, providerUrl }, real, WARM_UP);
    const whole = await measure({ db, providerUrl }, real, MAILS);
    const bare = await measure({ db, providerUrl }, plain, MAILS);
    return {
      mailsPerSecond: whole.perSecond,
      rows: [
        { label: "mails, from the claim to the answer", value: whole.perSecond, unit },
        { label: "  statements to the database", value: whole.statements, unit: "per mail" },
        { label: "  without re-check and rendering", value: bare.perSecond, unit },
      ],
    };
  } finally {
    await rendering.templates.close();
    await db.close();
  }
}

const unit = "mails/s per core";

type Content = Pick<ReturnType<typeof dispatchDeps>, "recheck" | "render" | "open">;

async function measure(office: { db: Database; providerUrl: string }, content: Content, count: number) {
  const { db, providerUrl } = office;
  await queueMails(db, count);
  const mail = createResendSender({ apiKey: RESEND_ACCOUNT.apiKey, baseUrl: providerUrl });
  const deps = { ...dispatchDeps({ db, clock }, UNHURRIED), ...content, mail, trialSender: TRIAL_SENDER };
  const asked = countStatements();
  const before = process.cpuUsage();
  let sent = 0;
  for (let runs = 0; sent < count && runs < MOST_RUNS; runs += 1) sent += (await dispatchMails(deps)).sent;
  const { user, system } = process.cpuUsage(before);
  if (sent !== count) throw new Error(`${sent} of ${count} mails were sent`);
  return { perSecond: (sent * 1_000_000) / (user + system), statements: asked() / sent };
}

/** Begins to count. @returns how many there were since, and ends. */
function countStatements(): () => number {
  const query = Object.getOwnPropertyDescriptor(pg.Client.prototype, "query");
  if (!query) throw new Error("pg has changed");
  let count = 0;
  const counted = function (this: pg.Client, ...values: unknown[]): unknown {
    count += 1;
    return Reflect.apply(query.value as () => unknown, this, values);
  };
  Object.defineProperty(pg.Client.prototype, "query", { ...query, value: counted });
  return () => {
    Object.defineProperty(pg.Client.prototype, "query", query);
    return count;
  };
}

/** Each of an order and a parcel of its own, decided a moment ago. */
async function queueMails(db: Database, count: number): Promise<void> {
  const { shopId } = await makeShop(db, clock, { settings: { messages: { live: true } } });
  for (let made = 0; made < count; made += 1) await db.forShop(shopId, (tx) => queueMail(tx, shopId));
}

async function queueMail(tx: ShopTx, shopId: string): Promise<void> {
  const now = clock.now();
  const { orderId } = await makeOrder(tx, clock, { shopId });
  const { shipmentId } = await makeShipment(tx, clock, { shopId, orderId, status: "in_transit" });
  await makeScans(tx, { shopId, shipmentId }, [{ status: "in_transit", occurredAt: now }]);
  await makeForecast(tx, { shopId, shipmentId, now });
  const id = newId("ntf", clock);
  await tx.notification.create({
    data: {
      ...{ shopId, id, orderId, shipmentId, kind: "shipped", channel: "email", recipient: `${id}@example.com` },
      ...{ businessKey: `shipped:${shipmentId}:email`, state: "queued", locale: "en", decision: {} },
      ...{ parcelIds: [shipmentId], dueAt: now, decidedAt: now, updatedAt: now },
    },
  });
}

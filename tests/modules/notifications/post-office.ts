import { Database, type ShopTx } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { decideNotifications } from "#app/modules/notifications/decide-notifications.server.ts";
import type { SendDeps } from "#app/modules/notifications/lease-notification.server.ts";
import type { Mail, MailOutcome, MailSender } from "#app/modules/notifications/mail-sender.ts";
import { createShopperDates } from "#app/modules/foresight/read-shopper-dates.server.ts";
import { openMail, renderMail } from "#app/modules/notifications/render-mail.server.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { makeOrder, makeScans, makeShipment, makeShop, testKeys } from "#tests/support/factories.ts";
import { HOUR, TestClock } from "#tests/support/test-clock.ts";
import { createTestQueue, silentLog } from "#tests/support/test-queue.ts";

export interface PostOffice {
  database: TestDatabase;
  db: Database;
  queue: Queue;
  clock: TestClock;
  close(): Promise<void>;
}

export async function openPostOffice(): Promise<PostOffice> {
  const database = await createTestDatabase();
  const db = new Database({ url: database.url });
  const queue = createTestQueue(database);
  return {
    ...{ database, db, queue, clock: new TestClock("2026-11-20T12:00:00Z") },
    async close() {
      await queue.stop({ graceful: false, timeoutMs: 1_000 });
      await db.close();
      await database.drop();
    },
  };
}

/** Takes mails as Resend does: a repeated key gives the first answer, a changed body under the same key is refused. */
export class Postbox implements MailSender {
  readonly provider = "resend";
  readonly taken = new Map<string, string>();
  calls = 0;
  answer: ((mail: Mail, key: string) => MailOutcome | undefined) | undefined;

  async send(mail: Mail, key: string): Promise<MailOutcome> {
    this.calls += 1;
    const special = this.answer?.(mail, key);
    if (special) return special;
    return this.take(mail, key);
  }

  take(mail: Mail, key: string): MailOutcome {
    const body = JSON.stringify(mail);
    const before = this.taken.get(key);
    if (before !== undefined && before !== body) return { kind: "rejected", reason: "invalid_idempotent_request" };
    this.taken.set(key, body);
    return { kind: "accepted", providerId: `re_${key}` };
  }
}

export class Killed extends Error {}

export function sendDeps({ db, queue, clock }: PostOffice, mail: MailSender): SendDeps {
  const rendering = {
    keys: testKeys,
    shopperDates: createShopperDates({ clock }),
    defaultFrom: "post@doorstep.example",
    storefrontTemplate: undefined,
    carrierName: (_carrier: string | null, company: string | null) => company,
  };
  return {
    ...{ db, clock, queue, mail, log: silentLog },
    renderMail: (tx, row) => renderMail(rendering, tx, row),
    openMail: (row) => openMail(testKeys, row),
  };
}

/** A shop that is live, with one parcel on its way and the message about it queued. */
export async function queueMessage({ db, queue, clock }: PostOffice, options: { live?: boolean } = {}) {
  const { shopId } = await makeShop(db, clock, { settings: { messages: { live: options.live ?? true } } });
  const shipmentId = await db.forShop(shopId, async (tx) => {
    const { orderId } = await makeOrder(tx, clock, { shopId });
    const shipment = await makeShipment(tx, clock, { shopId, orderId, status: "in_transit" });
    await makeScans(tx, { shopId, shipmentId: shipment.shipmentId }, [
      { status: "pre_transit", occurredAt: new Date(clock.now().getTime() - 5 * HOUR) },
      { status: "in_transit", occurredAt: new Date(clock.now().getTime() - HOUR) },
    ]);
    return shipment.shipmentId;
  });
  await decideNotifications({ db, clock, queue }, { shopId, shipmentId });
  const row = await db.forShop(shopId, (tx) => tx.notification.findFirstOrThrow({ where: { shopId } }));
  return { shopId, shipmentId, notificationId: row.id };
}

export const readRow = ({ db }: PostOffice, shopId: string, id: string) =>
  db.forShop(shopId, (tx: ShopTx) => tx.notification.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } }));

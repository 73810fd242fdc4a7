import type { ShopTx } from "#app/lib/db.server.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import { decideNotifications } from "#app/modules/notifications/decide-notifications.server.ts";
import type { MailDispatchDeps } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import type { MailSender } from "#app/modules/notifications/mail-sender.ts";
import { recheckAll } from "#app/modules/notifications/recheck-message.server.ts";
import { openMessage, renderMessages } from "#app/modules/notifications/render-messages.server.ts";
import { makeOrder, makeScans, makeShipment, makeShop, testKeys } from "#tests/support/factories.ts";
import { HOUR, TestClock } from "#tests/support/test-clock.ts";
import { type OpenDatabase, openDatabase } from "#tests/support/open-database.ts";
import { mailDeps } from "#tests/support/send-office.ts";
import { testRendering } from "#tests/support/test-rendering.ts";

export interface PostOffice extends OpenDatabase {
  clock: TestClock;
  keys: KeyRing;
}

export async function openPostOffice(): Promise<PostOffice> {
  return { ...(await openDatabase()), keys: testKeys, clock: new TestClock("2026-03-02T12:00:00Z") };
}

/** Sending with the product's own mails. */
export function postDeps({ db, clock }: PostOffice, mail: MailSender): MailDispatchDeps {
  const rendering = testRendering(clock);
  return {
    ...mailDeps({ db, clock }, mail),
    recheck: (tx, claimed) => recheckAll({ clock, keys: testKeys }, tx, claimed),
    render: (tx, batch) => renderMessages(rendering, tx, batch),
    open: (row) => openMessage(testKeys, row),
  };
}

/** A shop that is live, with one parcel on its way and the message about it queued. */
interface MessageOptions {
  live?: boolean;
  /** Before anything is decided. */
  prepare?(tx: ShopTx, made: { shopId: string; orderId: string }): Promise<unknown>;
}

export async function queueMessage({ db, clock }: PostOffice, options: MessageOptions = {}) {
  const { shopId } = await makeShop(db, clock, { settings: { messages: { live: options.live ?? true } } });
  const made = await db.forShop(shopId, async (tx) => {
    const { orderId } = await makeOrder(tx, clock, { shopId });
    const shipment = await makeShipment(tx, clock, { shopId, orderId, status: "in_transit" });
    await makeScans(tx, { shopId, shipmentId: shipment.shipmentId }, [
      { status: "pre_transit", occurredAt: new Date(clock.now().getTime() - 5 * HOUR) },
      { status: "in_transit", occurredAt: new Date(clock.now().getTime() - HOUR) },
    ]);
    await options.prepare?.(tx, { shopId, orderId });
    return { orderId, shipmentId: shipment.shipmentId };
  });
  await decideNotifications({ db, clock, keys: testKeys }, { shopId, orderId: made.orderId });
  const row = await db.forShop(shopId, (tx) => tx.notification.findFirstOrThrow({ where: { shopId } }));
  return { shopId, ...made, notificationId: row.id };
}

export const readRow = ({ db }: PostOffice, shopId: string, id: string) =>
  db.forShop(shopId, (tx: ShopTx) => tx.notification.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } }));

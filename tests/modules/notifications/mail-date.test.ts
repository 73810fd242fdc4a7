import { afterAll, beforeAll, expect, test } from "vitest";
import { sendNotification } from "#app/modules/notifications/send-notification.server.ts";
import { makeForecast } from "#tests/support/foreseen-parcel.ts";
import { openPostOffice, Postbox, type PostOffice, queueMessage, sendDeps } from "./post-office.ts";

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office.close());

test.each([
  ["the date that is foreseen, not the carrier's", { on: "2026-11-25" }, "Wednesday, November 25"],
  ["the carrier's own date while nothing has been foreseen", null, "Monday, November 23"],
  ["no day that has passed", { on: "2026-11-18" }, "Friday, November 20"],
])("a mail says %s", async (_name, shown, text) => {
  const { shopId, shipmentId, notificationId } = await queueMessage(office);
  await office.db.forShop(shopId, async (tx) => {
    const where = { shopId_id: { shopId, id: shipmentId } };
    await tx.shipment.update({ where, data: { estimatedDelivery: { date: "2026-11-23" } } });
    if (shown) await makeForecast(tx, { shopId, shipmentId, now: office.clock.now(), shown });
  });
  const box = new Postbox();
  await sendNotification(sendDeps(office, box), { shopId, notificationId });
  expect(box.taken.get(notificationId)).toContain(text);
});

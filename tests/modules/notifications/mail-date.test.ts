import { expect, test } from "vitest";
import { makeForecast } from "#tests/support/foreseen-parcel.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { renderOne, testRendering } from "#tests/support/test-rendering.ts";
import { openPostOffice, queueMessage } from "./post-office.ts";

const office = keepOpen(openPostOffice);

test.each([
  ["the date that is foreseen, not the carrier's", { on: "2026-03-05" }, "Thursday, March 5"],
  ["the carrier's own date while nothing has been foreseen", null, "Wednesday, March 4"],
  ["no day that has passed", { on: "2026-02-26" }, "Monday, March 2"],
])("a mail says %s", async (_name, shown, text) => {
  const { shopId, shipmentId, notificationId } = await queueMessage(office);
  await office.db.forShop(shopId, async (tx) => {
    const where = { shopId_id: { shopId, id: shipmentId } };
    await tx.shipment.update({ where, data: { estimatedDelivery: { date: "2026-03-04" } } });
    if (shown) await makeForecast(tx, { shopId, shipmentId, now: office.clock.now(), shown });
  });
  const message = await office.db.forShop(shopId, (tx) =>
    renderOne(testRendering(office.clock), tx, { shopId, notificationId }),
  );
  expect(JSON.stringify(message)).toContain(text);
});

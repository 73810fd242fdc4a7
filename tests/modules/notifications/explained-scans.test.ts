import { afterAll, beforeAll, expect, test } from "vitest";
import { decideNotifications } from "#app/modules/notifications/decide-notifications.server.ts";
import { makeOrder, makeScans, makeShipment, makeShop, testKeys } from "#tests/support/factories.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { openPostOffice, type PostOffice } from "./post-office.ts";

let office: PostOffice;
beforeAll(async () => void (office = await openPostOffice()));
afterAll(() => office.close());

/** What is decided about a parcel whose first readable scan is one that the merchant explained so long after its arrival. */
async function decidedAfter(age: number): Promise<unknown[]> {
  const { db, clock } = office;
  const { shopId } = await makeShop(db, clock, { settings: { messages: { live: true } } });
  const at = new Date(clock.now().getTime() - age);
  const made = await db.forShop(shopId, async (tx) => {
    const { orderId } = await makeOrder(tx, clock, { shopId });
    const shipment = await makeShipment(tx, clock, { shopId, orderId, status: "in_transit" });
    const explained = { status: "in_transit", occurredAt: at, code: "ZX", unknownCode: true, rule: "mapped:ZX" };
    await makeScans(tx, { shopId, shipmentId: shipment.shipmentId }, [explained]);
    return { orderId, ...shipment };
  });
  await decideNotifications({ db, clock, keys: testKeys }, { shopId, orderId: made.orderId });
  const rows = await db.forShop(shopId, (tx) => tx.notification.findMany({ where: { shopId } }));
  return rows.map(({ kind, decision }) => [kind, (decision as { action: string; rule?: string }).rule ?? "send"]);
}

test("explaining a code tells shoppers what has just happened, and nothing that has lain here for days", async () => {
  expect(await decidedAfter(2 * HOUR)).toEqual([["shipped", "send"]]);
  expect(await decidedAfter(2 * DAY)).toEqual([["shipped", "event_too_old"]]);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideNotifications } from "#app/modules/notifications/decide-notifications.server.ts";
import { openPostOffice, type PostOffice, queueMessage, readRow } from "./post-office.ts";

let office: PostOffice;

beforeAll(async () => {
  office = await openPostOffice();
});

afterAll(() => office.close());

describe("deciding", () => {
  test("writes the ledger, due at once, and nothing more when asked again", async () => {
    const { shopId, orderId } = await queueMessage(office);
    await decideNotifications(office, { shopId, orderId });
    const rows = await office.db.forShop(shopId, (tx) => tx.notification.findMany({ where: { shopId } }));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ...{ kind: "shipped", state: "queued", recipient: "avery@example.com", dueAt: office.clock.now() },
    });
  });

  test("records why a message was not sent, and never sends it later", async () => {
    const { shopId, orderId, notificationId } = await queueMessage(office, { live: false });
    const suppressed = { state: "suppressed", decision: { rule: "not_live" }, dueAt: null };
    expect(await readRow(office, shopId, notificationId)).toMatchObject(suppressed);
    await office.db.forShop(shopId, (tx) =>
      tx.shop.update({ where: { id: shopId }, data: { settings: { messages: { live: true } } } }),
    );
    expect(await decideNotifications(office, { shopId, orderId })).toEqual({ toSend: 0, suppressed: 0 });
  });

  test("two workers at once decide once", async () => {
    const { shopId, orderId } = await queueMessage(office);
    await Promise.all([1, 2, 3].map(() => decideNotifications(office, { shopId, orderId })));
    expect(await office.db.forShop(shopId, (tx) => tx.notification.count({ where: { shopId } }))).toBe(1);
  });
});

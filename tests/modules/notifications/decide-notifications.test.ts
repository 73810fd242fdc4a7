import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideNotifications } from "#app/modules/notifications/decide-notifications.server.ts";
import { eventRulesSchema, messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { publishDraft, saveDraft } from "#app/modules/notifications/rule-sets.server.ts";
import { sweepMessageReviews } from "#app/modules/notifications/sweep-message-reviews.server.ts";
import { makeOrder, makeShop } from "#tests/support/factories.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { createTestQueue, waitingJobs } from "#tests/support/test-queue.ts";
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

  test.each([
    ["one product has the tag", ["camping", "Fragile"], { state: "suppressed", decision: { rule: "rule_says_no" } }],
    ["no product has the tag", ["camping"], { state: "queued" }],
  ])("goes by the products of the order: %s", async (_name, productTags, expected) => {
    const when = [{ field: "product_tag" as const, is: "any_of" as const, values: ["fragile"] }];
    const rules = [{ id: "r1", name: "Fragile", when, then: { channels: [] } }];
    const shipped = eventRulesSchema.parse({ on: true, channels: ["email"], rules });
    const { shopId, notificationId } = await queueMessage(office, {
      async prepare(tx, { shopId, orderId }) {
        await tx.orderLine.updateMany({ where: { shopId, orderId }, data: { productTags } });
        const draft = { shopId, rules: messageRulesSchema.parse({ events: { shipped } }) };
        await saveDraft(tx, office.clock, draft);
        await publishDraft(tx, office.clock, { shopId, actorId: null, kinds: [] });
      },
    });
    expect(await readRow(office, shopId, notificationId)).toMatchObject(expected);
  });

  test("two workers at once decide once", async () => {
    const { shopId, orderId } = await queueMessage(office);
    await Promise.all([1, 2, 3].map(() => decideNotifications(office, { shopId, orderId })));
    expect(await office.db.forShop(shopId, (tx) => tx.notification.count({ where: { shopId } }))).toBe(1);
  });
});

describe("looking again when time alone may have decided", () => {
  /** Orders of a shop that are to be looked at, each so many minutes from now. */
  async function plan(minutes: readonly number[], status = "installed") {
    const { db, clock } = office;
    const { shopId } = await makeShop(db, clock, { status });
    return db.forShop(shopId, async (tx) => {
      const planned: { shopId: string; orderId: string }[] = [];
      for (const minute of minutes) {
        const { orderId } = await makeOrder(tx, clock, { shopId });
        const reviewAt = new Date(clock.now().getTime() + minute * MINUTE);
        await tx.messageReview.create({ data: { shopId, orderId, reviewAt } });
        planned.push({ shopId, orderId });
      }
      return planned;
    });
  }

  test("claims what is due, of installed shops, once while its lease lasts", async () => {
    const queue = createTestQueue(office.database);
    const sweep = () => sweepMessageReviews({ ...office, queue });
    const [first, second] = await plan([-5, 0, 10]);
    await plan([-5], "uninstalled");
    expect(await sweep()).toBe(2);
    expect(await sweep()).toBe(0);
    const jobs = await waitingJobs(office.database, "notifications.decide");
    expect(new Set(jobs)).toEqual(new Set([first, second]));
    // The third is due by now; the decisions about the first two were lost with their worker.
    office.clock.advance(15 * MINUTE);
    expect(await sweep()).toBe(3);
    // What was decided is not looked at again until the engine asks for it.
    const [decided] = await plan([0]);
    await decideNotifications(office, decided ?? { shopId: "", orderId: "" });
    expect(await sweep()).toBe(0);
    await queue.stop({ graceful: false, timeoutMs: 1_000 });
  });
});

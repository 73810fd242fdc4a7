import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { decideNotifications } from "#app/modules/notifications/decide-notifications.server.ts";
import type { SendDeps } from "#app/modules/notifications/lease-notification.server.ts";
import type { Mail, MailOutcome, MailSender } from "#app/modules/notifications/mail-sender.ts";
import { sendNotification } from "#app/modules/notifications/send-notification.server.ts";
import { wakeForgottenNotifications } from "#app/modules/notifications/wake-notifications.server.ts";
import type { TestDatabase } from "#tests/support/database.ts";
import { HOUR, MINUTE, type TestClock } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { Killed, openPostOffice, Postbox, type PostOffice, queueMessage, readRow, sendDeps } from "./post-office.ts";

let office: PostOffice;
let database: TestDatabase;
let db: Database;
let queue: Queue;
let clock: TestClock;

beforeAll(async () => {
  office = await openPostOffice();
  ({ database, db, queue, clock } = office);
});

afterAll(() => office.close());

const depsWith = (mail: MailSender) => sendDeps(office, mail);
const queuedMessage = (options?: { live?: boolean }) => queueMessage(office, options);
const rowOf = (shopId: string, id: string) => readRow(office, shopId, id);

describe("deciding", () => {
  test("writes the ledger and one job, and nothing more when asked again", async () => {
    const { shopId, shipmentId, notificationId } = await queuedMessage();
    await decideNotifications({ db, clock, queue }, { shopId, shipmentId });
    const rows = await db.forShop(shopId, (tx) => tx.notification.findMany({ where: { shopId } }));
    expect(rows.map(({ kind, state, recipient }) => ({ kind, state, recipient }))).toEqual([
      { kind: "shipped", state: "queued", recipient: "avery@example.com" },
    ]);
    const jobs = await waitingJobs(database, "notifications.send");
    expect(jobs.filter((job) => (job as { shopId: string }).shopId === shopId)).toEqual([{ shopId, notificationId }]);
  });

  test("records why a message was not sent, and never sends it later", async () => {
    const { shopId, shipmentId, notificationId } = await queuedMessage({ live: false });
    expect(await rowOf(shopId, notificationId)).toMatchObject({ state: "suppressed", decision: { rule: "not_live" } });
    await db.forShop(shopId, (tx) =>
      tx.shop.update({ where: { id: shopId }, data: { settings: { messages: { live: true } } } }),
    );
    expect(await decideNotifications({ db, clock, queue }, { shopId, shipmentId })).toEqual({
      toSend: 0,
      suppressed: 0,
    });
  });

  test("two workers at once decide once", async () => {
    const { shopId, shipmentId } = await queuedMessage();
    await Promise.all([1, 2, 3].map(() => decideNotifications({ db, clock, queue }, { shopId, shipmentId })));
    expect(await db.forShop(shopId, (tx) => tx.notification.count({ where: { shopId } }))).toBe(1);
  });
});

describe("sending", () => {
  test("sends the mail in the shop's name and keeps the provider's id", async () => {
    const target = await queuedMessage();
    const box = new Postbox();
    expect(await sendNotification(depsWith(box), target)).toBe("sent");
    const mail = JSON.parse(box.taken.get(target.notificationId) ?? "{}") as Mail;
    expect(mail).toMatchObject({ from: '"Northpeak" <post@doorstep.example>', to: "avery@example.com" });
    expect(mail.subject).toBe("Your order #1042 is on its way");
    expect(mail.text).toContain("/apps/doorstep/track/");
    expect(await rowOf(target.shopId, target.notificationId)).toMatchObject({
      state: "sent",
      attempts: 1,
      providerId: `re_${target.notificationId}`,
      leaseToken: null,
    });
  });

  test("a second job for a sent message does nothing", async () => {
    const target = await queuedMessage();
    const box = new Postbox();
    await sendNotification(depsWith(box), target);
    expect(await sendNotification(depsWith(box), target)).toBe("not_ours");
    expect(box.calls).toBe(1);
  });

  test("ten workers with the same job send one mail", async () => {
    const target = await queuedMessage();
    const box = new Postbox();
    const results = await Promise.all(Array.from({ length: 10 }, () => sendNotification(depsWith(box), target)));
    expect(results.filter((result) => result === "sent")).toHaveLength(1);
    expect(box.calls).toBe(1);
  });

  test("what is no longer true is dropped", async () => {
    const target = await queuedMessage();
    await db.forShop(target.shopId, (tx) =>
      tx.shipment.update({
        where: { shopId_id: { shopId: target.shopId, id: target.shipmentId } },
        data: { status: "delivered" },
      }),
    );
    const box = new Postbox();
    expect(await sendNotification(depsWith(box), target)).toBe("dropped");
    expect(box.calls).toBe(0);
    expect(await rowOf(target.shopId, target.notificationId)).toMatchObject({
      state: "dropped",
      error: "replaced_by_newer",
    });
  });

  test("nothing leaves after an uninstall", async () => {
    const target = await queuedMessage();
    await db.forShop(target.shopId, (tx) =>
      tx.shop.update({ where: { id: target.shopId }, data: { status: "uninstalled" } }),
    );
    const box = new Postbox();
    expect(await sendNotification(depsWith(box), target)).toBe("dropped");
    expect(box.calls).toBe(0);
  });

  test.each<[string, MailOutcome, string, string]>([
    ["asked to slow down, it waits", { kind: "rate_limited", retryAfterSeconds: 3 }, "postponed", "queued"],
    ["a closed channel keeps it waiting", { kind: "channel_closed", reason: "daily_quota" }, "postponed", "queued"],
    ["an answer that stays out keeps it waiting", { kind: "unknown", reason: "timeout" }, "postponed", "queued"],
    ["a refused mail has failed", { kind: "rejected", reason: "validation_error" }, "failed", "failed"],
  ])("%s", async (_name, outcome, result, state) => {
    const target = await queuedMessage();
    const box = new Postbox();
    box.answer = () => outcome;
    expect(await sendNotification(depsWith(box), target)).toBe(result);
    expect((await rowOf(target.shopId, target.notificationId)).state).toBe(state);
  });

  test("after a day without an answer it is parked, because the key no longer protects", async () => {
    const target = await queuedMessage();
    const box = new Postbox();
    box.answer = () => ({ kind: "unknown", reason: "timeout" });
    await sendNotification(depsWith(box), target);
    clock.advance(24 * HOUR);
    expect(await sendNotification(depsWith(box), target)).toBe("parked");
    expect(box.calls).toBe(1);
    expect((await rowOf(target.shopId, target.notificationId)).state).toBe("unknown");
    clock.advance(-24 * HOUR);
  });
});

describe("a worker that dies", () => {
  type Crash = (box: Postbox) => SendDeps;
  const beforeCall: Crash = (box) => {
    box.answer = () => {
      throw new Killed();
    };
    return depsWith(box);
  };
  const afterCall: Crash = (box) => {
    box.answer = (mail, key) => {
      box.take(mail, key);
      throw new Killed();
    };
    return depsWith(box);
  };
  const whileRendering: Crash = (box) => ({ ...depsWith(box), renderMail: () => Promise.reject(new Killed()) });

  test.each<[string, Crash]>([
    ["while rendering", whileRendering],
    ["after recording the attempt, before the call", beforeCall],
    ["after the provider took the mail, before recording it", afterCall],
  ])("%s loses nothing and doubles nothing", async (_name, crash) => {
    const target = await queuedMessage();
    const box = new Postbox();
    await expect(sendNotification(crash(box), target)).rejects.toThrow(Killed);
    box.answer = undefined;
    clock.advance(20 * MINUTE);
    await wakeForgottenNotifications({ db, clock, queue });
    expect(await sendNotification(depsWith(box), target)).toBe("sent");
    expect([...box.taken.keys()]).toEqual([target.notificationId]);
    expect((await rowOf(target.shopId, target.notificationId)).state).toBe("sent");
  });

  test("and wakes up later cannot overwrite what another has recorded", async () => {
    const target = await queuedMessage();
    const box = new Postbox();
    let second: string | undefined;
    const slow: MailSender = {
      provider: "resend",
      send: async (mail, key) => {
        box.take(mail, key);
        clock.advance(2 * MINUTE);
        second = await sendNotification(depsWith(box), target);
        return { kind: "rejected", reason: "what the sleeper believes" };
      },
    };
    expect(await sendNotification(depsWith(slow), target)).toBe("not_ours");
    expect(second).toBe("sent");
    expect(await rowOf(target.shopId, target.notificationId)).toMatchObject({ state: "sent", attempts: 2 });
  });

  test("the sweep wakes exactly the forgotten ones", async () => {
    const target = await queuedMessage();
    const jobsOfTarget = async () =>
      (await waitingJobs(database, "notifications.send")).filter(
        (job) => (job as { notificationId: string }).notificationId === target.notificationId,
      );
    await wakeForgottenNotifications({ db, clock, queue });
    expect(await jobsOfTarget()).toHaveLength(1);
    clock.advance(16 * MINUTE);
    await wakeForgottenNotifications({ db, clock, queue });
    expect(await jobsOfTarget()).toHaveLength(2);
  });
});

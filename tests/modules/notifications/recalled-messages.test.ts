import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { UnsealError } from "#app/lib/crypto.server.ts";
import { NotFoundError } from "#app/lib/errors.ts";
import type { MailOutcome } from "#app/modules/notifications/mail-sender.ts";
import { readFailure } from "#app/modules/notifications/resend-sender.server.ts";
import { sendNotification } from "#app/modules/notifications/send-notification.server.ts";
import { wakeForgottenNotifications } from "#app/modules/notifications/wake-notifications.server.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { openPostOffice, Postbox, type PostOffice, queueMessage, readRow, sendDeps } from "./post-office.ts";

let office: PostOffice;
let box: Postbox;
let target: Awaited<ReturnType<typeof queueMessage>>;

beforeAll(async () => {
  office = await openPostOffice();
});

afterAll(() => office.close());

beforeEach(async () => {
  office.clock.set("2026-11-20T12:00:00Z");
  box = new Postbox();
  target = await queueMessage(office);
});

const send = () => sendNotification(sendDeps(office, box), target);
const row = () => readRow(office, target.shopId, target.notificationId);
const change = (sql: "uninstall" | "deliver" | "pause" | "redact") =>
  office.db.forShop(target.shopId, async (tx) => {
    const { shopId, shipmentId, notificationId } = target;
    if (sql === "uninstall") await tx.shop.update({ where: { id: shopId }, data: { status: "uninstalled" } });
    if (sql === "pause") await tx.shop.update({ where: { id: shopId }, data: { settings: {} } });
    if (sql === "deliver") await tx.shipment.updateMany({ where: { id: shipmentId }, data: { status: "delivered" } });
    if (sql === "redact") {
      const gone = { recipient: null, renderedSealed: null, contentHash: null };
      await tx.notification.updateMany({ where: { id: notificationId }, data: gone });
    }
  });

async function attempted(outcome: MailOutcome): Promise<void> {
  box.answer = () => outcome;
  expect(await send()).toBe("postponed");
  box.answer = undefined;
}

const slowDown: MailOutcome = { kind: "rate_limited", retryAfterSeconds: 60 };
const closed: MailOutcome = { kind: "channel_closed", reason: "daily_quota_exceeded: come back tomorrow" };
const silence: MailOutcome = { kind: "unknown", reason: "no answer in time" };

describe("a message that the provider surely did not take", () => {
  test.each([
    ["slowed down", slowDown, "deliver", "replaced_by_newer"],
    ["slowed down", slowDown, "pause", "paused"],
    ["slowed down", slowDown, "uninstall", "uninstalled"],
    ["shut out", closed, "deliver", "replaced_by_newer"],
  ] as const)("%s, is recalled when it is no longer true (%#)", async (_name, outcome, event, reason) => {
    await attempted(outcome);
    await change(event);
    expect(await send()).toBe("dropped");
    expect(await row()).toMatchObject({ state: "dropped", error: reason });
    expect(box.taken.size).toBe(0);
  });

  test("is sent however long the channel was closed, as long as it is news", async () => {
    for (let hour = 0; hour < 30; hour += 1) {
      await attempted(closed);
      office.clock.advance(HOUR);
    }
    expect(await send()).toBe("sent");
    expect(box.taken.size).toBe(1);
  });

  test("is dropped when it is old news", async () => {
    await attempted(closed);
    office.clock.advance(7 * DAY + 1);
    expect(await send()).toBe("dropped");
    expect((await row()).error).toBe("event_too_old");
  });
});

describe("a message that the provider may have taken", () => {
  test("is repeated with the same bytes although the parcel has moved on", async () => {
    await attempted(silence);
    await attempted(slowDown);
    await change("deliver");
    expect(await send()).toBe("sent");
    expect(await row()).toMatchObject({ state: "sent", attempts: 3 });
  });

  test("is not repeated for a shop that has left", async () => {
    await attempted(silence);
    await change("uninstall");
    expect(await send()).toBe("dropped");
  });

  test("is not written anew for a person who was redacted", async () => {
    await attempted(silence);
    await change("redact");
    expect(await send()).toBe("dropped");
    expect(await row()).toMatchObject({ error: "no_recipient", renderedSealed: null });
  });
});

describe("a message that can never be made", () => {
  test.each([
    ["no parcel", () => Promise.reject(new NotFoundError("no parcel")), "not_found"],
    ["a lost key", () => Promise.reject(new UnsealError("cannot open")), "unseal"],
  ])("(%s) fails once and is not woken again", async (_name, renderMail, error) => {
    const deps = { ...sendDeps(office, box), renderMail };
    expect(await sendNotification(deps, target)).toBe("failed");
    expect(await row()).toMatchObject({ state: "failed", error, leaseToken: null });
    office.clock.advance(20 * MINUTE);
    await wakeForgottenNotifications(office);
    expect(await sendNotification(deps, target)).toBe("not_ours");
    expect(box.calls).toBe(0);
  });
});

describe("the reason of a failure", () => {
  test.each([
    "Invalid `to` field. The email address avery.l@example.com needs to follow the format",
    'The recipient "Avery" <avery.l@example.com> is suppressed',
    "avery.l@example.com,",
  ])("names nobody: %s", async (message) => {
    const outcome = readFailure({ name: "validation_error", message, statusCode: 422 }, null);
    expect(outcome).toMatchObject({ kind: "rejected", reason: expect.stringContaining("[address]") as string });
    box.answer = () => outcome;
    expect(await send()).toBe("failed");
    const trail = await office.db.forShop(target.shopId, (tx) => tx.activity.findMany());
    expect(trail.map(({ type }) => type)).toEqual(["notification.failed"]);
    expect(JSON.stringify([trail, await row()]).replaceAll("avery@example.com", "")).not.toContain("avery.l");
  });

  test.each([
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }, 1],
    [{ "retry-after": "-5" }, 1],
    [{ "retry-after": "999999" }, 3_600],
    [{ "ratelimit-reset": "2" }, 2],
  ])("%o waits %d seconds", (headers, retryAfterSeconds) => {
    const failure = { name: "rate_limit_exceeded", message: "slow", statusCode: 429 };
    expect(readFailure(failure, headers)).toEqual({ kind: "rate_limited", retryAfterSeconds });
  });
});

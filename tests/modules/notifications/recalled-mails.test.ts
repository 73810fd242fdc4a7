import { beforeEach, describe, expect, test } from "vitest";
import { UnsealError } from "#app/lib/crypto.server.ts";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import type { MailOutcome } from "#app/modules/notifications/mail-sender.ts";
import { readFailure } from "#app/modules/notifications/resend-sender.server.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { Postbox } from "#tests/support/postbox.ts";
import { letLeasesPass } from "#tests/support/plain-messages.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { openPostOffice, postDeps, queueMessage, readRow } from "./post-office.ts";

const office = keepOpen(openPostOffice);
let box: Postbox;
let target: Awaited<ReturnType<typeof queueMessage>>;

beforeEach(async () => {
  await runAsOwner(office.database.ownerUrl, ["DELETE FROM send_pace", "DELETE FROM notification"]);
  office.clock.set("2026-03-02T12:00:00Z");
  box = new Postbox();
  target = await queueMessage(office);
});

const send = () => dispatchMails(postDeps(office, box));
const row = () => readRow(office, target.shopId, target.notificationId);
const laterOn = () => letLeasesPass(office.database, "65 minutes");
const change = (what: "uninstall" | "deliver" | "pause" | "redact") =>
  office.db.forShop(target.shopId, async (tx) => {
    const { shopId, shipmentId, notificationId } = target;
    if (what === "uninstall") await tx.shop.update({ where: { id: shopId }, data: { status: "uninstalled" } });
    const paused = { messages: { live: true, paused: true } };
    if (what === "pause") await tx.shop.update({ where: { id: shopId }, data: { settings: paused } });
    if (what === "deliver") await tx.shipment.updateMany({ where: { id: shipmentId }, data: { status: "delivered" } });
    if (what === "redact") {
      const gone = { recipient: null, renderedSealed: null, contentHash: null };
      await tx.notification.updateMany({ where: { id: notificationId }, data: gone });
    }
  });

async function attempted(outcome: MailOutcome): Promise<void> {
  box.answer = () => outcome;
  expect(await send()).toMatchObject({ sent: 0 });
  box.answer = undefined;
  await laterOn();
}

const slowDown: MailOutcome = { kind: "rate_limited", retryAfterSeconds: 60 };
const closed: MailOutcome = { kind: "channel_closed", reason: "daily_quota_exceeded", retryAfterSeconds: null };
const silence: MailOutcome = { kind: "unknown", reason: "no answer in time" };

describe("a mail", () => {
  test("goes out in the shop's name", async () => {
    expect(await send()).toMatchObject({ sent: 1 });
    const [mail] = box.taken.get(target.notificationId) ?? [];
    expect(mail).toMatchObject({ from: '"Northpeak" <post@doorstep.example>', to: "avery@example.com" });
    expect(mail?.text).toContain("/apps/doorstep/go/");
    expect(await row()).toMatchObject({ state: "sent", subject: mail?.subject, attempts: 1 });
  });
});

describe("a message that the provider surely did not take", () => {
  test.each([
    ["slowed down", slowDown, "deliver", "no_longer_true"],
    ["slowed down", slowDown, "pause", "paused"],
    ["slowed down", slowDown, "uninstall", "uninstalled"],
    ["shut out", closed, "deliver", "no_longer_true"],
  ] as const)("%s, is recalled when it is no longer true (%#)", async (_name, outcome, event, reason) => {
    await attempted(outcome);
    await change(event);
    expect(await send()).toMatchObject({ dropped: 1 });
    expect(await row()).toMatchObject({ state: "dropped", error: reason });
    expect(box.taken.size).toBe(0);
  });

  test("is sent however long the channel was closed, as long as it is news", async () => {
    for (let hour = 0; hour < 5; hour += 1) {
      await attempted(closed);
      office.clock.advance(6 * HOUR);
    }
    expect(await send()).toMatchObject({ sent: 1 });
    expect(box.doubled()).toEqual([]);
  });

  test("is dropped when it is old news", async () => {
    await attempted(closed);
    office.clock.advance(7 * DAY + 1);
    expect(await send()).toMatchObject({ dropped: 1 });
    expect((await row()).error).toBe("event_too_old");
  });
});

describe("a message that the provider may have taken", () => {
  test("is repeated with the same bytes although the parcel has moved on", async () => {
    await attempted(silence);
    await attempted(slowDown);
    await change("deliver");
    expect(await send()).toMatchObject({ sent: 1 });
    expect(await row()).toMatchObject({ state: "sent", attempts: 3 });
    expect(new Set(box.requests.map((request) => JSON.stringify(request))).size).toBe(1);
  });

  test("is not repeated for a shop that has left: whether it was taken stays unknown", async () => {
    await attempted(silence);
    await change("uninstall");
    await send();
    expect(await row()).toMatchObject({ state: "unknown", error: "uninstalled" });
    expect(box.requests).toHaveLength(1);
  });

  test("is not written anew for a person who was redacted", async () => {
    await attempted(silence);
    await change("redact");
    await send();
    expect(await row()).toMatchObject({ state: "dropped", error: "no_recipient", renderedSealed: null });
    expect(box.requests).toHaveLength(1);
  });

  test("is parked when its seal can no longer be opened", async () => {
    await attempted(silence);
    const open = () => {
      throw new UnsealError("cannot open");
    };
    await dispatchMails({ ...postDeps(office, box), open });
    expect(await row()).toMatchObject({ state: "unknown", error: "unseal", leaseToken: null });
    expect(box.requests).toHaveLength(1);
  });
});

describe("the reason of a failure", () => {
  test.each([
    "Invalid `to` field. The email address avery.l@example.com needs to follow the format",
    'The recipient "Avery" <avery.l@example.com> is suppressed',
    "avery.l@example.com,",
  ])("names nobody: %s", async (message) => {
    const outcome = readFailure({ name: "validation_error", message, statusCode: 422 }, null);
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("[address]") as string });
    box.answer = () => outcome;
    expect(await send()).toMatchObject({ failed: 1 });
    const trail = await office.db.forShop(target.shopId, (tx) => tx.activity.findMany());
    expect(trail.map(({ type }) => type)).toEqual(["notification.failed"]);
    expect(JSON.stringify([trail, await row()]).replaceAll("avery@example.com", "")).not.toContain("avery.l");
  });

  test.each([
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }, 1],
    [{ "retry-after": "-5" }, 1],
    [{ "retry-after": "999999" }, 3_600],
    [{ "ratelimit-remaining": "0", "ratelimit-reset": "2" }, 2],
  ])("%o waits %d seconds", (headers, retryAfterSeconds) => {
    const failure = { name: "rate_limit_exceeded", message: "slow", statusCode: 429 };
    expect(readFailure(failure, headers)).toEqual({ kind: "rate_limited", retryAfterSeconds });
  });
});

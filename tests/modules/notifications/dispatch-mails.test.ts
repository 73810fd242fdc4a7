import type { Recheck } from "#app/modules/notifications/recheck-message.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { NotFoundError } from "#app/lib/errors.ts";
import type { LedgerRow } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import type { RenderAnswer } from "#app/modules/notifications/message-content.ts";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import type { MailOutcome } from "#app/modules/notifications/mail-sender.ts";
import { readHeldChannels } from "#app/modules/notifications/read-sending-state.server.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { Postbox } from "#tests/support/postbox.ts";
import { letLeasesPass, queueMessages, statesOf } from "#tests/support/plain-messages.ts";
import { mailDeps, openSendOffice } from "#tests/support/send-office.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";

const office = keepOpen(openSendOffice);
let box: Postbox;

beforeEach(async () => {
  await runAsOwner(office.database.ownerUrl, ["DELETE FROM send_pace", "DELETE FROM notification"]);
  box = new Postbox();
});

const dispatch = (changed: Partial<ReturnType<typeof mailDeps>> = {}) =>
  dispatchMails({ ...mailDeps(office, box), ...changed });
const rowsOf = (shopId: string) =>
  office.db.forShop(shopId, (tx) => tx.notification.findMany({ where: { shopId }, orderBy: { id: "asc" } }));

describe("what is due", () => {
  test("goes out in requests of one shop each, and every mail keeps its own id", async () => {
    const many = await queueMessages(office, { count: 150 });
    const one = await queueMessages(office, { count: 1 });
    expect(await dispatch()).toMatchObject({ sent: 151 });
    expect(box.requests.map(({ mails }) => mails.length).sort((a, b) => a - b)).toEqual([1, 50, 100]);
    for (const { mails } of box.requests) expect(new Set(mails.map(({ tags }) => tags["shop"])).size).toBe(1);
    const rows = [...(await rowsOf(many.shopId)), ...(await rowsOf(one.shopId))];
    expect(rows.every(({ id, providerId }) => providerId === `re_${id}`)).toBe(true);
    expect(rows.every(({ state, attempts, leaseToken }) => state === "sent" && attempts === 1 && !leaseToken)).toBe(
      true,
    );
  });

  test("goes urgent first, then oldest first; what is not due stays", async () => {
    const { shopId } = await queueMessages(office, { count: 2, urgency: 5 });
    const hour = (by: number) => new Date(office.clock.now().getTime() + by * 3_600_000);
    const older = await queueMessages(office, { count: 1, shopId, urgency: 5, dueAt: hour(-2) });
    const urgent = await queueMessages(office, { count: 1, shopId, urgency: 0, dueAt: hour(-1) });
    await queueMessages(office, { count: 3, shopId, urgency: 0, dueAt: hour(1) });
    await dispatch();
    const order = box.requests.flatMap(({ mails }) => mails.map(({ tags }) => tags["notification"]));
    expect(order.slice(0, 2)).toEqual([...urgent.ids, ...older.ids]);
    expect(await statesOf(office, shopId)).toEqual({ queued: 3, sent: 4 });
  });

  test("ten runs at once send each mail once", async () => {
    const { shopId } = await queueMessages(office, { count: 40 });
    await Promise.all(Array.from({ length: 10 }, () => dispatch()));
    expect([box.taken.size, box.doubled()]).toEqual([40, []]);
    expect(await statesOf(office, shopId)).toEqual({ sent: 40 });
  });

  test("keeps the number of its template, and says of none that it is the product's own", async () => {
    const { shopId } = await queueMessages(office, { count: 3 });
    const numbers = [7, null, 0];
    const { render } = mailDeps(office, box);
    const numbered = (answer: RenderAnswer) =>
      "stored" in answer ? { stored: { ...answer.stored, templateNumber: numbers.pop() ?? null } } : answer;
    await dispatch({
      render: async (...wish) => new Map([...(await render(...wish))].map(([id, answer]) => [id, numbered(answer)])),
    });
    const kept = (await rowsOf(shopId)).map(({ templateNumber }) => templateNumber);
    expect(kept.sort()).toEqual([0, 7, null]);
  });

  test("nothing leaves for a shop that has left, although it is claimed", async () => {
    const { shopId } = await queueMessages(office, { count: 3 });
    await office.db.forShop(shopId, (tx) => tx.shop.update({ where: { id: shopId }, data: { status: "uninstalled" } }));
    expect(await dispatch()).toMatchObject({ dropped: 3, sent: 0 });
    expect(box.requests).toEqual([]);
  });

  test("nothing leaves for a shop that leaves while its mails are made", async () => {
    const { shopId } = await queueMessages(office, { count: 3 });
    const deps = mailDeps(office, box);
    await dispatch({
      render: async (tx, batch) => {
        await runAsOwner(office.database.ownerUrl, [`UPDATE shop SET status = 'uninstalled' WHERE id = '${shopId}'`]);
        return deps.render(tx, batch);
      },
    });
    expect(box.requests).toEqual([]);
    await letLeasesPass(office.database, "2 minutes");
    expect(await dispatch()).toMatchObject({ dropped: 3, sent: 0 });
  });
});

describe("asked again before it leaves", () => {
  test("what is untrue is dropped with its rule, what is early waits with its reason, the rest goes", async () => {
    const { shopId, ids } = await queueMessages(office, { count: 3 });
    const [untrue = "", early = ""] = ids;
    const dueAt = new Date(office.clock.now().getTime() + 3_600_000);
    const recheck = () =>
      Promise.resolve(
        new Map<string, Recheck>([
          [untrue, { action: "drop", rule: "replaced_by_newer" }],
          [early, { action: "wait", dueAt, reason: "quiet_hours" }],
        ]),
      );
    expect(await dispatch({ recheck })).toMatchObject({ dropped: 1, waiting: 1, sent: 1 });
    expect((await rowsOf(shopId)).slice(0, 2)).toMatchObject([
      { state: "dropped", error: "replaced_by_newer" },
      { state: "queued", dueAt, decision: { wait: "quiet_hours" }, attempts: 0 },
    ]);
  });

  test("one that cannot be dealt with holds up no other, and comes back", async () => {
    const { shopId, ids } = await queueMessages(office, { count: 5 });
    const broken = ids[2];
    const recheck = (_tx: unknown, { rows }: { rows: readonly LedgerRow[] }) =>
      rows.some(({ id }) => id === broken) ? Promise.reject(new Error("bad luck")) : Promise.resolve(new Map());
    expect(await dispatch({ recheck })).toMatchObject({ sent: 4 });
    await letLeasesPass(office.database, "2 minutes");
    expect(await dispatch()).toMatchObject({ sent: 1 });
    expect(await statesOf(office, shopId)).toEqual({ sent: 5 });
  });

  test("one that can never be made has failed, and does not come back", async () => {
    const { shopId, ids } = await queueMessages(office, { count: 3 });
    const { render } = mailDeps(office, box);
    const failing: typeof render = async (tx, batch) =>
      new Map([...(await render(tx, batch)), [ids[0] ?? "", { fault: new NotFoundError("no parcel") }]]);
    expect(await dispatch({ render: failing })).toMatchObject({ sent: 2, failed: 1 });
    expect((await rowsOf(shopId))[0]).toMatchObject({ state: "failed", error: "not_found", leaseToken: null });
  });
});

describe("an answer", () => {
  const answering = (outcome: MailOutcome) => {
    box.answer = () => {
      box.answer = undefined;
      return outcome;
    };
    return dispatch();
  };

  test("that refuses one mail fails that mail and no other", async () => {
    const { shopId } = await queueMessages(office, { count: 2 });
    const results = [
      { kind: "rejected", reason: "validation_error: no such address" },
      { kind: "accepted", providerId: "re_1" },
    ] as const;
    expect(await answering({ kind: "answered", results })).toMatchObject({ sent: 1, failed: 1 });
    expect(await rowsOf(shopId)).toMatchObject([
      { state: "failed", error: "validation_error: no such address" },
      { state: "sent", providerId: "re_1" },
    ]);
  });

  test("that refuses a whole request sends each of its mails alone", async () => {
    await queueMessages(office, { count: 3 });
    expect(await answering({ kind: "refused", reason: "validation_error" })).toMatchObject({ sent: 3 });
    expect(box.requests.map(({ mails }) => mails.length)).toEqual([3, 1, 1, 1]);
  });

  test("that refuses a mail which is alone has failed it", async () => {
    const { shopId } = await queueMessages(office, { count: 1 });
    expect(await answering({ kind: "refused", reason: "validation_error" })).toMatchObject({ failed: 1 });
    expect(await statesOf(office, shopId)).toEqual({ failed: 1 });
  });

  test("to slow down holds every shop's mail for so long, and recalls what was not taken", async () => {
    const { shopId } = await queueMessages(office, { count: 2 });
    box.pace = { perSecond: 1_000, holdSeconds: 60 };
    expect(await answering({ kind: "rate_limited", retryAfterSeconds: 60 })).toMatchObject({ sent: 0, waiting: 2 });
    await queueMessages(office, { count: 1 });
    expect(await dispatch()).toMatchObject({ sent: 0 });
    expect(box.requests).toHaveLength(1);
    expect((await rowsOf(shopId))[0]).toMatchObject({ state: "queued", firstAttemptAt: null, renderedSealed: null });
    await letLeasesPass(office.database, "61 seconds");
    box.pace = { perSecond: 1_000, holdSeconds: 0 };
    expect(await dispatch()).toMatchObject({ sent: 3 });
  });

  test("that closes the channel pauses it for ten minutes, and says why", async () => {
    const { shopId } = await queueMessages(office, { count: 2 });
    await answering({ kind: "channel_closed", reason: "daily_quota_exceeded", retryAfterSeconds: null });
    for (let again = 0; again < 5; again += 1) await dispatch();
    expect(box.requests).toHaveLength(1);
    const held = () => office.db.forShop(shopId, (tx) => readHeldChannels(tx, shopId, "resend"));
    expect(await held()).toMatchObject([{ channel: "email", reason: "daily_quota_exceeded" }]);
    await letLeasesPass(office.database, "11 minutes");
    expect(await dispatch()).toMatchObject({ sent: 2 });
    expect(await held()).toEqual([]);
  });
});

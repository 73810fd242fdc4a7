import { beforeEach, describe, expect, test } from "vitest";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import { clockIsRight } from "#app/modules/notifications/check-clock.server.ts";
import { recordMessageEvents } from "#app/modules/notifications/provider-events/record-message-events.server.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { Postbox } from "#tests/support/postbox.ts";
import { letLeasesPass, queueMessages, statesOf } from "#tests/support/plain-messages.ts";
import { mailDeps, openSendOffice } from "#tests/support/send-office.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";
import { HOUR, TestClock } from "#tests/support/test-clock.ts";
import { silentLog } from "#tests/support/test-queue.ts";

const office = keepOpen(openSendOffice);
let box: Postbox;

beforeEach(async () => {
  await runAsOwner(office.database.ownerUrl, ["DELETE FROM send_pace", "DELETE FROM notification"]);
  box = new Postbox();
});

const dispatch = () => dispatchMails(mailDeps(office, box));
const pass = (interval: string) => letLeasesPass(office.database, interval);

/** The provider's webhook about a message whose sending was left without an answer. */
function providerTells(shopId: string, notificationId: string): Promise<boolean> {
  const now = office.clock.now();
  const events = [{ id: `evt_${notificationId}`, type: "sent" as const, at: now }];
  return office.db.forShop(shopId, (tx) =>
    recordMessageEvents(tx, { ...{ shopId, notificationId, now, events }, providerId: "re_hook" }),
  );
}

/** So many mails in one request whose answer is lost; with `taken`, the provider has them. */
async function unanswered(count: number, taken: boolean): Promise<{ shopId: string; ids: string[] }> {
  const made = await queueMessages(office, { count });
  box.answer = (mails, key) => {
    if (taken) box.take(mails, key);
    return { kind: "unknown", reason: "connection reset" };
  };
  expect(await dispatch()).toMatchObject({ sent: 0, unanswered: count });
  box.answer = undefined;
  return made;
}

describe("a request without an answer", () => {
  test.each([true, false])("is repeated whole, to the byte, under its key (taken: %s)", async (taken) => {
    const { shopId } = await unanswered(7, taken);
    expect(await statesOf(office, shopId)).toEqual({ sending: 7 });
    expect(await dispatch()).toMatchObject({ sent: 0 });
    await pass("2 minutes");
    expect(await dispatch()).toMatchObject({ sent: 7 });
    const [first, second] = box.requests;
    expect(second).toEqual(first);
    expect([box.taken.size, box.doubled()]).toEqual([7, []]);
  });

  test("keeps its bytes when one of its messages is known to be sent meanwhile", async () => {
    const { shopId, ids } = await unanswered(3, true);
    const [first = ""] = ids;
    await providerTells(shopId, first);
    expect(await statesOf(office, shopId)).toEqual({ sending: 2, sent: 1 });
    await pass("2 minutes");
    expect(await dispatch()).toMatchObject({ sent: 2 });
    expect(box.requests.map(({ mails }) => mails.length)).toEqual([3, 3]);
    expect(box.doubled()).toEqual([]);
  });

  test("three of them in a row make it dark: one probe at a time, the rest can be recalled", async () => {
    box.maxMails = 5;
    box.answer = () => ({ kind: "unknown", reason: "connection refused" });
    const { shopId } = await queueMessages(office, { count: 60 });
    for (let run = 0; run < 6; run += 1) {
      await dispatch();
      await pass("61 seconds");
    }
    expect((await statesOf(office, shopId))["queued"]).toBeGreaterThanOrEqual(20);
    box.answer = undefined;
    for (let run = 0; run < 3; run += 1) {
      await dispatch();
      await pass("61 seconds");
    }
    expect([box.taken.size, box.doubled()]).toEqual([60, []]);
    expect(await statesOf(office, shopId)).toEqual({ sent: 60 });
  });
});

describe("after a day, when the key protects no longer", () => {
  test("what the provider has is sent, without another call", async () => {
    const { shopId } = await unanswered(2, true);
    await pass("24 hours");
    expect(await dispatch()).toMatchObject({ sent: 2 });
    expect(box.requests).toHaveLength(1);
    expect(await statesOf(office, shopId)).toEqual({ sent: 2 });
  });

  test("what it surely does not have goes out as if for the first time", async () => {
    await unanswered(2, false);
    await pass("24 hours");
    expect(await dispatch()).toMatchObject({ sent: 2 });
    expect([box.requests.length, box.doubled()]).toEqual([2, []]);
    expect(box.requests[0]?.key).not.toBe(box.requests[1]?.key);
  });

  test("what nobody can tell is parked, until the provider's own event tells", async () => {
    const { shopId, ids } = await unanswered(1, true);
    box.taken.clear();
    box.absent = { kind: "undecided" };
    await pass("24 hours");
    expect(await dispatch()).toMatchObject({ unknown: 1 });
    await pass("24 hours");
    await dispatch();
    expect(box.requests).toHaveLength(1);
    await providerTells(shopId, ids[0] ?? "");
    expect(await statesOf(office, shopId)).toEqual({ sent: 1 });
  });

  test("a look-up that is not answered is asked again later", async () => {
    const { shopId } = await unanswered(1, false);
    box.absent = { kind: "no_answer", reason: "dark" };
    await pass("24 hours");
    await dispatch();
    expect(await statesOf(office, shopId)).toEqual({ sending: 1 });
    box.absent = { kind: "not_found" };
    await pass("1 hour");
    expect(await dispatch()).toMatchObject({ sent: 1 });
  });
});

describe("a worker that sleeps through its lease", () => {
  test("cannot overwrite what another has recorded since", async () => {
    const { shopId } = await queueMessages(office, { count: 3 });
    let late = true;
    box.answer = async (mails, key) => {
      if (!late) return undefined;
      late = false;
      box.take(mails, key);
      await pass("2 minutes");
      expect(await dispatch()).toMatchObject({ sent: 3 });
      return { kind: "refused", reason: "what the sleeper believes" };
    };
    expect(await dispatch()).toMatchObject({ sent: 0 });
    expect(await statesOf(office, shopId)).toEqual({ sent: 3 });
    expect(box.doubled()).toEqual([]);
  });

  test("before its attempt is recorded sends nothing", async () => {
    await queueMessages(office, { count: 3 });
    const deps = mailDeps(office, box);
    let late = true;
    const render: typeof deps.render = async (tx, batch) => {
      if (late) {
        late = false;
        await pass("2 minutes");
        await dispatch();
      }
      return deps.render(tx, batch);
    };
    await dispatchMails({ ...deps, render });
    expect(box.requests).toHaveLength(1);
    expect([box.taken.size, box.doubled()]).toEqual([3, []]);
  });

  test("between its attempt and its call does not call any more", async () => {
    const { shopId } = await queueMessages(office, { count: 1 });
    const clock = new TestClock("2026-03-02T12:00:00Z");
    const deps = mailDeps({ ...office, clock }, box);
    // The machine sleeps while the process waits for its turn: only the clock on the wall has gone on.
    const once: typeof deps.db.once = async (statement, ...values) => {
      if (statement.join("").includes("reserve_send")) clock.advance(HOUR);
      return deps.db.once(statement, ...values);
    };
    const db = Object.assign(Object.create(deps.db) as typeof deps.db, {
      once,
      forShop: deps.db.forShop.bind(deps.db),
    });
    await dispatchMails({ ...deps, db });
    expect(box.requests).toEqual([]);
    expect(await statesOf(office, shopId)).toEqual({ sending: 1 });
    await pass("2 minutes");
    expect(await dispatch()).toMatchObject({ sent: 1 });
  });
});

describe("clocks that leap", () => {
  test("by two hours, this way and that, send exactly once, and nothing early", async () => {
    const real = new TestClock(new Date().toISOString());
    const due = await queueMessages({ ...office, clock: real }, { count: 20 });
    const inAnHour = new Date(real.now().getTime() + HOUR);
    const later = await queueMessages({ ...office, clock: real }, { count: 5, dueAt: inAnHour, shopId: due.shopId });
    const clocks = [0, 2 * HOUR, -2 * HOUR, 90_000].map((leap) => {
      const clock = new TestClock(real.now().toISOString());
      clock.advance(leap);
      return clock;
    });
    let call = 0;
    box.answer = (mails, key) => {
      for (const clock of clocks) clock.advance((call % 2 === 0 ? 2 : -2) * HOUR);
      call += 1;
      return call % 2 === 0 ? undefined : (box.take(mails, key), { kind: "unknown", reason: "reset" });
    };
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(clocks.map((clock) => dispatchMails(mailDeps({ ...office, clock }, box))));
      await pass("62 seconds");
    }
    expect([box.taken.size, box.doubled()]).toEqual([20, []]);
    expect(later.ids.some((id) => box.taken.has(id))).toBe(false);
    expect(await statesOf(office, due.shopId)).toEqual({ queued: 5, sent: 20 });
  });

  test.each([
    ["90 seconds", 90_000, true],
    ["two hours", 2 * HOUR, false],
    ["minus two hours", -2 * HOUR, false],
  ])("a worker whose clock is off by %s may send: %s", async (_name, leap, may) => {
    const clock = new TestClock(new Date().toISOString());
    clock.advance(leap as number);
    expect(await clockIsRight({ db: office.db, clock, log: silentLog })).toBe(may);
  });

  test("the database's own, set back, holds nobody up for longer than it was set back", async () => {
    const { shopId } = await unanswered(2, true);
    // As if all of this had been written two hours from now.
    await pass("-2 hours");
    expect(await dispatch()).toMatchObject({ sent: 2 });
    expect([await statesOf(office, shopId), box.doubled()]).toEqual([{ sent: 2 }, []]);
  });
});

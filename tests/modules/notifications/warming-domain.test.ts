import { beforeEach, describe, expect, test } from "vitest";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import { chooseWarmUp } from "#app/modules/notifications/domains/choose-warm-up.server.ts";
import { takeDomainState } from "#app/modules/notifications/domains/take-domain-state.server.ts";
import { readHeldChannels, readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { letLeasesPass, queueMessages, statesOf } from "#tests/support/plain-messages.ts";
import { Postbox } from "#tests/support/postbox.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";
import { mailDeps, openSendOffice } from "#tests/support/send-office.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";

const office = keepOpen(openSendOffice);
let box: Postbox;

beforeEach(async () => {
  await runAsOwner(office.database.ownerUrl, ["DELETE FROM send_pace", "DELETE FROM notification"]);
  office.clock.set("2026-03-02T12:00:00Z");
  box = new Postbox();
});

/** The product's own sender takes so many mails of a shop a day. */
const dispatch = (trialPerDay = 0) =>
  dispatchMails({
    ...mailDeps(office, box),
    trialSender: { address: "post@mail.doorstep.example", mailsPerDay: trialPerDay },
  });

interface DomainWish {
  overflow?: boolean;
  established?: boolean;
  status?: string;
  problem?: string;
}

async function shopWithDomain(domain: DomainWish = {}) {
  const fromAddress = "post@ship.example.com";
  const { shopId } = await makeShop(office.db, office.clock, {
    settings: { messages: { live: true }, sender: { fromAddress } },
  });
  const now = office.clock.now();
  await office.db.forShop(shopId, (tx) =>
    tx.senderDomain.create({
      data: {
        ...{ shopId, id: "dom_1", name: "ship.example.com", region: "us-east-1", status: "verified" },
        ...{ createdAt: now, updatedAt: now, ...domain },
      },
    }),
  );
  return shopId;
}

const sharedOf = () => [...box.taken.values()].flat().filter(({ from }) => from.includes("mail.doorstep")).length;

describe("a domain that never sent mail", () => {
  test("sends its first day's measure, keeps a tenth of it for what cannot wait, and goes on the next day", async () => {
    const shopId = await shopWithDomain();
    await queueMessages(office, { count: 200, shopId, urgency: 5 });
    expect(await dispatch()).toMatchObject({ sent: 135 });
    await queueMessages(office, { count: 20, shopId, urgency: 0 });
    expect(await dispatch()).toMatchObject({ sent: 15 });
    expect(await statesOf(office, shopId)).toEqual({ queued: 70, sent: 150 });
    const [waiting] = await office.db.forShop(shopId, (tx) => tx.notification.findMany({ where: { state: "queued" } }));
    expect(waiting).toMatchObject({ dueAt: new Date("2026-03-03T00:00:00Z"), decision: { wait: "warm_up" } });
    office.clock.advance(DAY);
    expect(await dispatch()).toMatchObject({ sent: 70 });
  });

  test("lets the rest go from the product's own sender where the merchant wants that, as far as it goes", async () => {
    const shopId = await shopWithDomain({ overflow: true });
    await queueMessages(office, { count: 200, shopId, urgency: 5 });
    await dispatch(50);
    expect([box.taken.size, sharedOf()]).toEqual([180, 45]);
    expect(await statesOf(office, shopId)).toEqual({ queued: 20, sent: 180 });
  });

  test.each([
    ["it has sent mail before", { established: true, overflow: false }, 0],
    ["what is more may come from the shared address", { established: false, overflow: true }, 65],
  ])("sends what waits for tomorrow as soon as its owner says that %s", async (_says, choice, shared) => {
    const shopId = await shopWithDomain();
    await queueMessages(office, { count: 200, shopId, urgency: 5 });
    expect(await dispatch(100)).toMatchObject({ sent: 135 });
    const wish = { shopId, actorId: "42", domainId: "dom_1" };
    expect(await chooseWarmUp(office, { ...wish, domainId: "dom_2" }, choice)).toEqual({ kind: "not_found" });
    expect(await chooseWarmUp(office, wish, choice)).toEqual({ kind: "warm_up_saved" });
    await dispatch(100);
    expect([box.taken.size, sharedOf()]).toEqual([200, shared]);
  });

  test("gets places back for mails that did not leave", async () => {
    const shopId = await shopWithDomain();
    await queueMessages(office, { count: 100, shopId });
    box.answer = () => ({ kind: "rate_limited", retryAfterSeconds: 60 });
    await dispatch();
    const days = await office.db.forShop(shopId, (tx) => tx.domainDay.findMany());
    expect(days).toMatchObject([{ on: "2026-03-02", sent: 0 }]);
  });
});

test("a domain that sent before is trusted sooner", async () => {
  const shopId = await shopWithDomain({ established: true });
  await queueMessages(office, { count: 300, shopId });
  expect(await dispatch()).toMatchObject({ sent: 300 });
});

test("a domain that was lost is told with what waits for it, and its mails go out the moment it is verified", async () => {
  const shopId = await shopWithDomain({ status: "failed", problem: "lost" });
  await queueMessages(office, { count: 3, shopId });
  expect(await dispatch()).toMatchObject({ sent: 0, waiting: 3 });
  const sending = () =>
    office.db.forShop(shopId, (tx) =>
      readSendingState(tx, { clock: office.clock, trialSender: { address: "", mailsPerDay: 0 }, mail: box }, shopId),
    );
  const problem = { channel: "email", reason: "sender_lost", detail: null, messages: 3 };
  expect(await sending()).toMatchObject({ live: true, paused: false, problems: [problem] });
  const news = { shopId, domainId: "dom_1", state: "verified" as const, at: office.clock.now() };
  await office.db.forShop(shopId, (tx) => takeDomainState(tx, office.clock, news));
  expect((await sending()).problems).toEqual([]);
  expect(await dispatch()).toMatchObject({ sent: 3 });
});

describe("a shop without a sender of its own", () => {
  test("has so many mails a day with the product's", async () => {
    const { shopId } = await queueMessages(office, { count: 30 });
    expect(await dispatch(20)).toMatchObject({ sent: 18 });
    expect(await statesOf(office, shopId)).toEqual({ queued: 12, sent: 18 });
    office.clock.advance(12 * HOUR);
    expect(await dispatch(20)).toMatchObject({ sent: 12 });
  });

  test("and without that one is passed over, with the reason, until it has one", async () => {
    const { shopId } = await queueMessages(office, { count: 3 });
    expect(await dispatch(0)).toMatchObject({ sent: 0, waiting: 3 });
    const held = () => office.db.forShop(shopId, (tx) => readHeldChannels(tx, shopId, "resend"));
    expect(await held()).toMatchObject([{ channel: "email", reason: "sender_no_domain" }]);
    await letLeasesPass(office.database, "11 minutes");
    expect(await dispatch(20)).toMatchObject({ sent: 3 });
    expect(await held()).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { decideDigest, type DigestDeps } from "#app/modules/notifications/decide-digest.server.ts";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import { messageBook } from "#app/modules/notifications/message-book.ts";
import { messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { publishDraft, saveDraft } from "#app/modules/notifications/rule-sets.server.ts";
import { sweepDigests } from "#app/modules/notifications/sweep-digests.server.ts";
import { PRISMA_FOLDER } from "#prisma/read-migrations.ts";
import { makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { makeForecast } from "#tests/support/foreseen-parcel.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";
import { TRIAL_SENDER } from "#tests/support/plain-messages.ts";
import { Postbox } from "#tests/support/postbox.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { createTestQueue, waitingJobs } from "#tests/support/test-queue.ts";
import { openPostOffice, postDeps, type PostOffice } from "../post-office.ts";

let office: PostOffice;
let shopId: string;
let unshipped: { name: string; since: Date }[] = [];

beforeAll(async () => {
  office = await openPostOffice();
});

afterAll(() => office.close());

/** 7:00 of a winter morning in New York, where the shop is. */
beforeEach(async () => {
  office.clock.set("2026-03-02T12:00:00Z");
  unshipped = [];
  ({ shopId } = await makeShop(office.db, office.clock, { settings: { messages: { live: true } } }));
});

const deps = (): DigestDeps => ({
  ...office,
  trialSender: TRIAL_SENDER,
  unshipped: (_tx, { limit }) => Promise.resolve({ count: unshipped.length, orders: unshipped.slice(0, limit) }),
});

function publish(staff: { addresses?: string[]; dailyDigest?: boolean; digestHour?: number }) {
  const rules = messageRulesSchema.parse({
    staff: { addresses: ["ops@northpeak.example"], dailyDigest: true, ...staff },
  });
  return office.db.forShop(shopId, async (tx) => {
    await saveDraft(tx, office.clock, { shopId, rules });
    await publishDraft(tx, office.clock, { shopId, actorId: null, kinds: messageBook.kinds });
  });
}

function parcel(name: string, { status = "in_transit", troubles = [] as "stalled"[] } = {}) {
  return office.db.forShop(shopId, async (tx) => {
    const { orderId } = await makeOrder(tx, office.clock, { shopId, name });
    const { shipmentId } = await makeShipment(tx, office.clock, {
      shopId,
      orderId,
      status,
      trackingNumber: `1Z${name}`,
    });
    const now = office.clock.now();
    if (troubles.length > 0) await makeForecast(tx, { shopId, shipmentId, now, troubles });
    return shipmentId;
  });
}

const rows = () => office.db.forShop(shopId, (tx) => tx.notification.findMany({ orderBy: { id: "asc" } }));
const marks = () => office.db.forShop(shopId, (tx) => tx.syncMark.findMany());

async function send(postbox = new Postbox()) {
  await dispatchMails(postDeps(office, postbox));
  return [...postbox.taken.values()].flat();
}

test("a day has one digest, to everybody, however often it is asked and at once", async () => {
  await publish({ addresses: ["ops@northpeak.example", "Care@northpeak.example"] });
  await parcel("#1001", { status: "exception" });
  expect(await decideDigest(deps(), shopId)).toEqual({ kind: "not_due" });
  office.clock.advance(HOUR);
  const outcomes = await Promise.all([decideDigest(deps(), shopId), decideDigest(deps(), shopId)]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["not_due", "queued"]);
  const postbox = new Postbox();
  const mails = await send(postbox);
  expect(mails.map(({ to }) => to).sort()).toEqual(["Care@northpeak.example", "ops@northpeak.example"]);
  expect(postbox.doubled()).toEqual([]);
  expect(mails[0]).toMatchObject({
    ...{ from: '"Doorstep" <post@doorstep.example>', subject: "1 thing needs attention today: Northpeak" },
    ...{ replyTo: null, tags: { kind: "staff_digest" } },
  });
  expect(mails[0]?.text).toContain("The carrier reports a problem: 1\n- #1001 · 1Z#1001, Needs attention, since Mar 2");
  // The merchant moves the hour after the mail has gone: the day has had its digest.
  await publish({ digestHour: 9 });
  office.clock.advance(HOUR);
  expect(await decideDigest(deps(), shopId)).toEqual({ kind: "not_due" });
  office.clock.advance(DAY);
  expect(await decideDigest(deps(), shopId)).toEqual({ kind: "queued", messages: 1 });
});

test("nothing to tell makes no mail, and the log says so", async () => {
  await publish({});
  await parcel("#1001");
  office.clock.advance(HOUR);
  expect(await decideDigest(deps(), shopId)).toEqual({ kind: "nothing" });
  expect(await rows()).toMatchObject([
    { purpose: "digest", state: "suppressed", recipient: null, decision: { rule: "nothing_to_tell" } },
  ]);
  expect(await send()).toEqual([]);
});

test("everything that needs somebody is there, each parcel once, the most pressing first", async () => {
  await publish({});
  const [id] = [await parcel("#1001", { status: "exception", troubles: ["stalled"] }), await parcel("#1002")];
  await parcel("#1003", { troubles: ["stalled"] });
  await parcel("#1004", { status: "available_for_pickup" });
  unshipped = [{ name: "#1005", since: office.clock.now() }];
  await office.db.forShop(shopId, async (tx) => {
    const at = office.clock.now();
    const key = { shopId, id: "acc_1", carrier: "ups", label: "UPS main", status: "auth_failed" };
    const sealed = { credentialsSealed: "x", hookTokenHash: "x", hookTokenSealed: "x", createdAt: at, updatedAt: at };
    await tx.carrierAccount.create({ data: { ...key, ...sealed } });
  });
  office.clock.advance(3 * DAY + 2 * HOUR);
  const at = office.clock.now();
  await office.db.forShop(shopId, (tx) =>
    tx.notification.createMany({
      data: (["bounced", "delivered"] as const).map((delivery) => ({
        ...{ shopId, id: `ntf_${delivery}`, businessKey: delivery, kind: "shipped", channel: "email", state: "sent" },
        ...{ delivery, recipient: "avery@example.com", decidedAt: at, updatedAt: at, decision: {} },
        refusedAt: delivery === "bounced" ? at : null,
      })),
    }),
  );
  expect(await decideDigest(deps(), shopId)).toEqual({ kind: "queued", messages: 1 });
  const written = (await rows()).find(({ purpose }) => purpose === "digest");
  expect(written).toMatchObject({
    ...{ businessKey: expect.stringMatching(/^staff_digest:2026-03-05:\w{16}$/) as string, occurrence: "2026-03-05" },
    decision: { evidence: { day: "2026-03-05", things: 6 } },
  });
  const [mail] = await send();
  const places = ["UPS main", "1Z#1004", "1Z#1001", "#1005", "1Z#1003", "avery@example.com"].map((text) =>
    mail?.text.indexOf(text),
  );
  expect(places).toEqual([...places].sort((left, right) => Number(left) - Number(right)));
  expect(places).not.toContain(-1);
  expect(mail?.text).not.toContain("#1002");
  expect(mail?.html).toContain(`/apps/doorstep/app/shipments/${id}`);
  expect(Buffer.byteLength(mail?.html ?? "")).toBeLessThan(90_000);
});

test("it goes out where the shop's own sender is closed, and says so; the next day it is dropped", async () => {
  const settings = { messages: { live: true }, sender: { fromAddress: "post@lost.example" } };
  ({ shopId } = await makeShop(office.db, office.clock, { settings }));
  await publish({});
  office.clock.advance(HOUR);
  await decideDigest(deps(), shopId);
  const [mail] = await send();
  expect(mail?.text).toContain("Mails wait: their sender is not ready");
  office.clock.advance(DAY);
  await decideDigest(deps(), shopId);
  office.clock.advance(21 * HOUR);
  expect(await send()).toEqual([]);
  expect((await rows()).map(({ state, error }) => [state, error])).toEqual([
    ["sent", null],
    ["dropped", "day_is_over"],
  ]);
});

test("only shops that are due are claimed, and only while somebody wants it", async () => {
  const queue = createTestQueue(office.database);
  const sweep = () => sweepDigests({ ...office, queue });
  await publish({});
  expect(await marks()).toMatchObject([{ name: "notifications.digest", dueAt: new Date("2026-03-02T13:00:00Z") }]);
  office.clock.set("2026-03-02T12:59:00Z");
  expect(await sweep()).toBe(0);
  office.clock.advance(MINUTE);
  expect(await sweep()).toBe(1);
  expect(await sweep()).toBe(0);
  expect(await waitingJobs(office.database, "notifications.digest")).toEqual([{ shopId }]);
  await queue.stop({ graceful: false, timeoutMs: 1_000 });
  await publish({ dailyDigest: false });
  expect(await marks()).toEqual([]);
  expect(await decideDigest(deps(), shopId)).toEqual({ kind: "off" });
  await publish({ addresses: [] });
  expect(await marks()).toEqual([]);
});

test("who wanted it before there was a mark for it has it after the upgrade, without publishing again", async () => {
  const script = path.join(PRISMA_FOLDER, "migrations/20261122152500_digest_marks/migration.sql");
  const upgrade = () => runAsOwner(office.database.ownerUrl, [readFileSync(script, "utf8")]);
  await publish({});
  await parcel("#1001", { status: "exception" });
  const [planned] = await marks();
  await upgrade();
  expect(await marks()).toEqual([planned]);
  const wanted = shopId;
  ({ shopId } = await makeShop(office.db, office.clock));
  await publish({ addresses: [] });
  await office.db.forShop(wanted, (tx) => tx.syncMark.deleteMany());
  await upgrade();
  expect(await marks()).toEqual([]);
  shopId = wanted;
  expect(await marks()).toMatchObject([{ name: "notifications.digest", dueAt: office.clock.now() }]);
  office.clock.advance(HOUR);
  expect(await decideDigest(deps(), shopId)).toEqual({ kind: "queued", messages: 1 });
});

test("a crowd of copies goes as one list; the first few and the urgent at once", async () => {
  const at = office.clock.now();
  const order = await office.db.forShop(shopId, (tx) => makeOrder(tx, office.clock, { shopId, name: "#1042" }));
  const copies = (kind: string, count: number, to: string) =>
    office.db.forShop(shopId, (tx) =>
      tx.notification.createMany({
        data: Array.from({ length: count }, (_, index) => ({
          ...{
            shopId,
            id: `ntf_${kind}_${to}_${index}`,
            businessKey: `${kind}:${to}:${index}`,
            kind,
            channel: "email",
          },
          ...{ audience: "staff", orderId: order.orderId, recipient: to, state: "queued", dueAt: at, decidedAt: at },
          ...{ updatedAt: at, decision: { action: "send", evidence: { statusThen: "delivered" } } },
        })),
      }),
    );
  await copies("delivered", 4, "ops@northpeak.example");
  await copies("delivered", 8, "care@northpeak.example");
  await copies("lost_or_damaged", 7, "care@northpeak.example");
  const postbox = new Postbox();
  const plain = { ...postDeps(office, postbox), recheck: () => Promise.resolve(new Map<string, never>()) };
  const counted = async () => {
    await dispatchMails(plain);
    const all = [...postbox.taken.values()].flat();
    return ["ops@northpeak.example", "care@northpeak.example"].map((to) => all.filter((mail) => mail.to === to).length);
  };
  expect(await counted()).toEqual([4, 12]);
  office.clock.advance(5 * MINUTE);
  await copies("shipped", 3, "ops@northpeak.example");
  expect(await counted()).toEqual([5, 12]);
  office.clock.advance(11 * MINUTE);
  expect(await counted()).toEqual([6, 13]);
  expect(postbox.doubled()).toEqual([]);
  const lists = (await rows())
    .filter(({ kind }) => kind === "staff_copies")
    .sort((left, right) => (String(left.recipient) < String(right.recipient) ? -1 : 1));
  expect(lists.map(({ recipient, subject }) => [recipient, subject])).toEqual([
    ["care@northpeak.example", "3 notices in one mail: Northpeak"],
    ["ops@northpeak.example", "2 notices in one mail: Northpeak"],
  ]);
  const gathered = (await rows()).filter(({ error }) => error === "gathered");
  expect(gathered.map(({ state, decision }) => [state, (decision as { evidence: object }).evidence])).toEqual(
    [...Array<unknown>(5).keys()].map((index) => {
      const gatheredInto = lists[index < 3 ? 0 : 1]?.id;
      return ["dropped", { statusThen: "delivered", gatheredInto }];
    }),
  );
  expect(postbox.taken.get(lists[0]?.id ?? "")?.[0]?.text).toContain("- #1042, Delivered, Mar 2");
  office.clock.advance(15 * MINUTE);
  expect(await counted()).toEqual([6, 13]);
});

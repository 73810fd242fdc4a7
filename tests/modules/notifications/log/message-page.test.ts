import { beforeEach, describe, expect, it } from "vitest";
import { systemTimer } from "#app/lib/timer.ts";
import { addressHash, addressKeyOf, blockAddress, blocksOf } from "#app/modules/notifications/address-blocks.server.ts";
import { setPersonBlocked } from "#app/modules/notifications/log/block-person.server.ts";
import { liftBlock } from "#app/modules/notifications/log/lift-block.server.ts";
import { setMute } from "#app/modules/notifications/log/mutes.server.ts";
import { previewDocument } from "#app/modules/notifications/log/preview-document.ts";
import { readMessage } from "#app/modules/notifications/read-message.server.ts";
import { type RepeatWish, repeatMessage } from "#app/modules/notifications/log/repeat-message.server.ts";
import { recordMessageEvents } from "#app/modules/notifications/provider-events/record-message-events.server.ts";
import { createResendAsk } from "#app/modules/notifications/ask-resend.server.ts";
import { createResendSuppressions } from "#app/modules/notifications/resend-suppressions.server.ts";
import type { SuppressionList } from "#app/modules/notifications/suppression-list.ts";
import { MAIL, setUpResend } from "#tests/sandbox-tests/resend/resend-sdk.ts";
import { RESEND_ACCOUNT } from "#tests/sandbox/resend/account.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { makeMessage } from "#tests/support/mail-events.ts";

const edge = keepOpen(openEdge);
let shopId: string;
let orderId: string;
let shipmentId: string;
let personKey: string;
let id: string;

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
  await edge.services.db.forShop(shopId, async (tx) => {
    ({ orderId } = await makeOrder(tx, edge.clock, { shopId, customerId: "gid://shopify/Customer/7" }));
    await tx.order.updateMany({ data: { tags: ["vip", "gift"] } });
    ({ shipmentId } = await makeShipment(tx, edge.clock, { shopId, orderId }));
    personKey = addressHash(await addressKeyOf(tx, edge.services.keys, shopId), "email", "avery@example.com");
    const mail = { from: "a@b.example", to: "avery@example.com", subject: "Hello", html: "<p>Hi</p>", text: "Hi" };
    const renderedSealed = edge.services.keys.seal(JSON.stringify(mail), { shopId, field: "notification.rendered" });
    const decision = { action: "send", rule: null, wait: null, evidence: { status: "in_transit" } };
    const about = { shopId, orderId, shipmentId, personKey, renderedSealed, decision, occurrence: "2026-11-20" };
    id = await makeMessage(tx, edge.clock, about);
  });
});

const inShop = <Result>(work: Parameters<typeof edge.services.db.forShop<Result>>[1]) =>
  edge.services.db.forShop(shopId, work);
const read = (message = id) => inShop((tx) => readMessage(tx, edge.services.keys, { shopId, id: message }));
const repeat = (wish: Partial<RepeatWish> = {}) => {
  const whole = { shopId, actorId: "1", id, reason: "She called", recipient: "", requestId: "request-1", ...wish };
  return inShop((tx) => repeatMessage(tx, edge.services, whole));
};
const ledger = () =>
  edge.rows<Record<string, unknown>>("SELECT * FROM notification WHERE purpose = 'manual' ORDER BY id");

describe("one message", () => {
  it("shows what was sent, why, to whom, and what became of it", async () => {
    const at = edge.clock.now();
    const events = [{ id: "e1", type: "delivered" as const, at, detail: { kind: "x" } }];
    await inShop((tx) => recordMessageEvents(tx, { shopId, notificationId: id, now: at, events }));
    expect(await read()).toMatchObject({
      entry: { id, kind: "shipped", state: "sent", delivery: "delivered", recipient: "avery@example.com" },
      orderName: "#1042",
      why: { rule: null, evidence: { status: "in_transit" }, rulesNumber: 0 },
      body: { subject: "Hello", preview: previewDocument("<p>Hi</p>"), text: "Hi", from: "a@b.example" },
      timeline: [{ type: "delivered", detail: { kind: "x" } }],
      blocked: null,
      mutes: [
        { type: "parcel", id: shipmentId, muted: false },
        { type: "order", id: orderId, muted: false },
        { type: "customer", id: "gid://shopify/Customer/7", muted: false },
        { type: "tag", id: "vip", muted: false },
        { type: "tag", id: "gift", muted: false },
      ],
    });
  });

  it("is readable without its body: not rendered yet, removed, or sealed under a lost key", async () => {
    for (const sealed of [null, "gone.a.b.c"]) {
      await edge.rows("UPDATE notification SET rendered_sealed = $1", [sealed]);
      expect(await read()).toMatchObject({ entry: { id }, body: null });
    }
  });

  it("of another shop is not found", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    const seen = await edge.services.db.forShop(other.shopId, (tx) =>
      readMessage(tx, edge.services.keys, { shopId: other.shopId, id }),
    );
    expect(seen).toBeNull();
  });
});

describe("sending again by hand", () => {
  it("makes a message of its own, with the reason, once however often it is asked", async () => {
    const first = await repeat();
    expect(await repeat()).toEqual(first);
    expect(await ledger()).toMatchObject([
      {
        ...{ kind: "shipped", channel: "email", state: "queued", purpose: "manual", note: "She called" },
        ...{ recipient: "avery@example.com", person_key: personKey, order_id: orderId, shipment_id: shipmentId },
        ...{ occurrence: "2026-11-20", business_key: `manual:${id}:request-1`, rendered_sealed: null },
        due_at: edge.clock.now(),
      },
    ]);
    expect(await edge.rows("SELECT actor, actor_id FROM activity WHERE type = 'notification.repeated'")).toEqual([
      { actor: "staff", actor_id: "1" },
    ]);
    await repeat({ requestId: "request-2" });
    expect(await ledger()).toHaveLength(2);
  });

  it("may go to another address, which then is another person", async () => {
    expect(await repeat({ recipient: "bo@example.com" })).toMatchObject({ kind: "queued" });
    const [row] = await ledger();
    expect(row).toMatchObject({ recipient: "bo@example.com" });
    expect(row?.["person_key"]).not.toBe(personKey);
  });

  it("is refused without a reason, to what is no address, to nobody, and to whom nothing may be sent", async () => {
    expect(await repeat({ reason: "  " })).toEqual({ kind: "no_reason" });
    expect(await repeat({ recipient: "bo@@example" })).toEqual({ kind: "bad_address" });
    expect(await repeat({ id: "ntf_none" })).toEqual({ kind: "not_found" });
    await inShop((tx) => setPersonBlocked(tx, edge.clock, { shopId, actorId: "1", id }, true));
    expect(await repeat()).toEqual({ kind: "blocked" });
    expect(await repeat({ recipient: "AVERY@example.com " })).toEqual({ kind: "blocked" });
    await edge.rows("UPDATE notification SET recipient = NULL");
    expect(await repeat()).toEqual({ kind: "no_recipient" });
    expect(await ledger()).toEqual([]);
  });
});

describe("blocking and muting", () => {
  const block = (blocked: boolean) =>
    inShop((tx) => setPersonBlocked(tx, edge.clock, { shopId, actorId: "1", id }, blocked));
  const state = () => inShop(async (tx) => (await blocksOf(tx, shopId, { emailHash: personKey })).email);

  it("stops everything to an address, and lets it go on without lifting what the shopper asked for", async () => {
    await inShop((tx) =>
      tx.addressBlock.create({
        data: {
          ...{ shopId, medium: "email", addressHash: personKey, scope: "marketing", at: edge.clock.now() },
          ...{ reason: "unsubscribed", source: "shopper" },
        },
      }),
    );
    expect(await block(true)).toBe(true);
    expect([await state(), (await read())?.blocked]).toEqual([{ all: "manual", marketing: "manual" }, "manual"]);
    await block(false);
    expect(await state()).toEqual({ all: null, marketing: "unsubscribed" });
  });

  it("needs somebody", async () => {
    await edge.rows("UPDATE notification SET person_key = NULL");
    expect(await block(true)).toBe(false);
  });

  it("silences a tag until it is lifted, and writes each change down once", async () => {
    const mute = (muted: boolean) =>
      inShop((tx) => setMute(tx, edge.clock, { shopId, actorId: "1", type: "tag", id: "vip", muted }));
    await mute(true);
    await mute(true);
    expect((await read())?.mutes.filter(({ muted }) => muted)).toEqual([{ type: "tag", id: "vip", muted: true }]);
    await mute(false);
    expect((await read())?.mutes.some(({ muted }) => muted)).toBe(false);
    expect(await edge.rows("SELECT 1 FROM activity WHERE type = 'messages.muted'")).toHaveLength(2);
  });
});

describe("lifting a block", () => {
  const ADDRESS = "avery@example.com";
  const listAt = (baseUrl: string, apiKey: string = RESEND_ACCOUNT.apiKey) =>
    createResendSuppressions(createResendAsk({ apiKey, baseUrl, db: edge.services.db, timer: systemTimer }));
  const lift = (suppressions: SuppressionList | null) =>
    liftBlock({ db: edge.services.db, clock: edge.clock, suppressions }, { shopId, actorId: "1", id });
  const block = (reason: "suppressed" | "manual") =>
    inShop((tx) =>
      blockAddress(tx, {
        ...{ shopId, medium: "email", hash: personKey, address: ADDRESS, scope: "all", reason },
        ...{ source: "resend", at: edge.clock.now() },
      }),
    );
  const isBlocked = async () =>
    (await inShop((tx) => blocksOf(tx, shopId, { emailHash: personKey }))).email.all !== null;

  it("takes the address off the mail service's list, so that mails arrive again", async () => {
    const { sandbox, sender, baseUrl, clock } = await setUpResend();
    sandbox.suppressions.add(ADDRESS, "bounce");
    const fate = async () => {
      await sender.emails.send({ ...MAIL, to: "Avery@Example.com" });
      clock.advance(2_000);
      return sandbox.mails.all().map((mail) => sandbox.mails.lastEvent(mail));
    };
    expect(await fate()).toEqual(["suppressed"]);
    await block("suppressed");
    expect(await lift(listAt(baseUrl))).toEqual({ kind: "unblocked" });
    expect([await isBlocked(), sandbox.suppressions.all()]).toEqual([false, []]);
    expect(await fate()).toEqual(["suppressed", "delivered"]);
    expect(await edge.rows("SELECT actor_id FROM activity WHERE type = 'address.unblocked'")).toHaveLength(1);
  });

  it("of an address that is on no list, or not blocked at all, is as good", async () => {
    const { baseUrl, sandbox } = await setUpResend();
    await block("manual");
    expect(await lift(listAt(baseUrl))).toEqual({ kind: "unblocked" });
    const asked = sandbox.requests().length;
    expect(await lift(listAt(baseUrl))).toEqual({ kind: "unblocked" });
    expect(sandbox.requests()).toHaveLength(asked);
  });

  it("says so where the list may not be changed", async () => {
    const { baseUrl, sandbox } = await setUpResend();
    sandbox.suppressions.add(ADDRESS, "complaint");
    for (const list of [listAt(baseUrl, RESEND_ACCOUNT.sendingKey), null]) {
      await block("suppressed");
      expect(await lift(list)).toEqual({ kind: "still_listed" });
      expect([await isBlocked(), sandbox.suppressions.all().length]).toEqual([false, 1]);
    }
  });

  it("changes nothing while the mail service does not answer", async () => {
    await block("suppressed");
    expect(await lift(listAt("http://127.0.0.1:1"))).toEqual({ kind: "list_silent" });
    expect(await isBlocked()).toBe(true);
  });

  it("needs a message and somebody behind it", async () => {
    await edge.rows("UPDATE notification SET person_key = NULL");
    expect(await lift(null)).toEqual({ kind: "no_recipient" });
    await edge.rows("DELETE FROM notification");
    expect(await lift(null)).toEqual({ kind: "not_found" });
  });
});

describe("a mail in a frame", () => {
  it("is guarded before its own first byte", () => {
    const document = previewDocument('<!DOCTYPE html PUBLIC "-//W3C//DTD"><html><head></head><body>x</body></html>');
    expect(document).toMatch(/^<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
    expect(document).toContain('<base target="_blank"><html>');
    expect(document.match(/<!doctype/gi)).toHaveLength(1);
  });
});

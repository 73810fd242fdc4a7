import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemTimer } from "#app/lib/timer.ts";
import { checkSenderDomains } from "#app/modules/notifications/check-domains.server.ts";
import { noteAnswer, readPace } from "#app/modules/notifications/dispatch/send-pace.server.ts";
import { NO_HINT } from "#app/modules/notifications/mail-sender.ts";
import type { DomainProvider } from "#app/modules/notifications/domain-provider.ts";
import { listSenderDomains } from "#app/modules/notifications/list-sender-domains.server.ts";
import {
  addSenderDomain,
  type DomainDeps,
  recheckSenderDomain,
  removeSenderDomain,
} from "#app/modules/notifications/domains/manage-sender-domains.server.ts";
import { createResendAsk } from "#app/modules/notifications/ask-resend.server.ts";
import { createResendDomains } from "#app/modules/notifications/resend-domains.server.ts";
import { senderReady } from "#app/modules/notifications/domains/sender-ready.server.ts";
import { takeDomainEvent } from "#app/modules/notifications/domains/take-domain-event.server.ts";
import { resendEvent } from "#app/modules/notifications/provider-events/resend-event.ts";
import { memoryLog } from "#tests/modules/shops/edge-services.ts";
import { RESEND_ACCOUNT } from "#tests/sandbox/resend/account.ts";
import { setUpResend } from "#tests/sandbox-tests/resend/resend-sdk.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openDatabase } from "#tests/support/open-database.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";
import { HOUR, MINUTE } from "#tests/support/test-clock.ts";

const NAME = "ship.northpeak.example";
const TRIAL = { address: "post@mail.doorstep.example", mailsPerDay: 100 };

const store = keepOpen(openDatabase);
let resend: Awaited<ReturnType<typeof setUpResend>>;
let deps: DomainDeps & { log: ReturnType<typeof memoryLog>["log"] };
let shopId: string;

// One name belongs to one shop: the next test wants it, too.
afterEach(() => store.db.forShop(shopId, (tx) => tx.shop.delete({ where: { id: shopId } })));

beforeEach(async () => {
  resend = await setUpResend();
  deps = { db: store.db, clock: resend.clock, domains: domainsAt(resend.baseUrl), log: memoryLog().log };
  ({ shopId } = await makeShop(store.db, resend.clock));
});

const domainsAt = (baseUrl: string) =>
  createResendDomains(createResendAsk({ apiKey: RESEND_ACCOUNT.apiKey, baseUrl, db: store.db, timer: systemTimer }));
const add = (typed = NAME, shop = shopId, provider = deps.domains) =>
  addSenderDomain({ ...deps, domains: provider }, { shopId: shop, actorId: "1", typed, region: "eu-west-1" });
const list = (shop = shopId) => store.db.forShop(shop, (tx) => listSenderDomains(tx, shop, "2026-11-22"));
const idOf = async () => (await list())[0]?.id ?? "";
const check = async () => recheckSenderDomain(deps, { shopId, domainId: await idOf() });
const look = async () => {
  await check();
  resend.clock.advance(2_000);
  await resend.sandbox.tick();
  return recheckSenderDomain(deps, { shopId, domainId: await idOf() });
};
const choose = (fromAddress: string) =>
  store.db.forShop(shopId, (tx) =>
    tx.shop.update({ where: { id: shopId }, data: { settings: { sender: { fromAddress } } } }),
  );
const ready = (trial = TRIAL) => store.db.forShop(shopId, (tx) => senderReady(tx, shopId, trial));
const verify = async () => {
  await add();
  resend.sandbox.domains.setRecords(NAME);
  await look();
};

describe("a domain to send from", () => {
  it("is added with the records to set, and verified when they are found", async () => {
    expect(await add(" HTTPS://Ship.Northpeak.example/ ")).toEqual({ kind: "added" });
    const [fresh] = await list();
    expect(fresh).toMatchObject({ name: NAME, region: "eu-west-1", state: "not_started", problem: null });
    expect(fresh?.records.map(({ record, type }) => `${record} ${type}`)).toEqual(["SPF MX", "SPF TXT", "DKIM TXT"]);
    await look();
    expect((await list())[0]?.records.map(({ status }) => status)).toEqual(["pending", "pending", "pending"]);
    await look();
    expect((await list())[0]?.state).toBe("pending");
    resend.sandbox.domains.setRecords(NAME);
    await look();
    const [done] = await list();
    expect(done).toMatchObject({ state: "verified", warmUp: { day: 1, limit: 150, started: false } });
    const { data } = await resend.sender.emails.send({
      ...{ from: `Northpeak <orders@${NAME}>`, to: "ada@shopper.example", subject: "x", text: "x" },
    });
    expect(data?.id).toBeTruthy();
  });

  it("is looked after by itself: soon while it is pending, seldom when it is verified", async () => {
    await verify();
    expect(await checkSenderDomains(deps)).toBe(0);
    resend.clock.advance(7 * HOUR);
    resend.sandbox.domains.lose(NAME);
    expect(await checkSenderDomains(deps)).toBe(1);
    expect(await list()).toMatchObject([{ state: "failed", problem: "lost" }]);
    resend.clock.advance(3 * MINUTE);
    await resend.sandbox.tick();
    expect(await checkSenderDomains(deps)).toBe(1);
  });

  it("waits for its place among the requests of all, and asks nothing where there is none", async () => {
    await add();
    const asked = resend.sandbox.requests().length;
    const closed = { answered: true, pace: NO_HINT, closed: { reason: "quota", forMs: 60_000 } };
    await noteAnswer({ db: store.db, timer: systemTimer }, "resend", closed);
    expect(await check()).toMatchObject({ kind: "no_answer" });
    expect(resend.sandbox.requests()).toHaveLength(asked);
    await runAsOwner(store.database.ownerUrl, ["DELETE FROM send_pace"]);
    expect(await check()).toEqual({ kind: "checked" });
    expect(resend.sandbox.requests()).toHaveLength(asked + 2);
  });

  it("that takes the last request there is holds the mails back, too", async () => {
    const narrow = await setUpResend({ rateLimit: { requests: 1, perMs: 60_000 } });
    expect(await domainsAt(narrow.baseUrl).read("nobody's")).toEqual({ kind: "not_found" });
    expect((await readPace(store, "resend")).waitMs).toBeGreaterThan(10_000);
    await runAsOwner(store.database.ownerUrl, ["DELETE FROM send_pace"]);
  });

  it("belongs to one shop: another that wants it is refused", async () => {
    await add();
    const other = await makeShop(store.db, resend.clock);
    expect(await add(NAME, other.shopId)).toEqual({ kind: "taken" });
    expect(await list(other.shopId)).toEqual([]);
  });

  it("of the account itself, or of nobody we know, is refused", async () => {
    expect(await add("mail.gmail.com")).toEqual({ kind: "invalid_name" });
    for (const typed of ["", "localhost", "127.0.0.1", "a b.example", "example.com:8080/x", "-a.example"]) {
      const { kind } = await add(typed);
      expect([typed, kind]).toEqual([typed, typed.startsWith("example.com") ? "added" : "invalid_name"]);
    }
  });

  it("that the provider took while our process died is found again, not made twice", async () => {
    const dying: DomainProvider = {
      ...(deps.domains as DomainProvider),
      create: async (name, region) => {
        await deps.domains?.create(name, region);
        return { kind: "no_answer", message: "gone" };
      },
    };
    expect(await add(NAME, shopId, dying)).toMatchObject({ kind: "no_answer" });
    expect(await add()).toEqual({ kind: "added" });
    expect(await list()).toMatchObject([{ name: NAME, state: "not_started" }]);
    expect(resend.sandbox.domains.all().filter(({ name }) => name === NAME)).toHaveLength(1);
  });

  it("is taken away here and there, and its address is no longer sent from", async () => {
    await verify();
    await choose(`orders@${NAME}`);
    expect(await removeSenderDomain(deps, { shopId, actorId: "1", domainId: await idOf() })).toEqual({
      kind: "removed",
    });
    expect(await list()).toEqual([]);
    expect(resend.sandbox.domains.all().some(({ name }) => name === NAME)).toBe(false);
    expect(await ready()).toMatchObject({ ready: true, via: "trial" });
  });

  it("cannot be added without a key, and says so", async () => {
    expect(await add(NAME, shopId, null)).toEqual({ kind: "no_key" });
  });

  it("of another shop is not found", async () => {
    await add();
    const other = await makeShop(store.db, resend.clock);
    const key = { shopId: other.shopId, domainId: await idOf() };
    expect(await recheckSenderDomain(deps, key)).toEqual({ kind: "not_found" });
    expect(await removeSenderDomain(deps, { ...key, actorId: "1" })).toEqual({ kind: "not_found" });
    expect(await list()).toHaveLength(1);
  });
});

describe("news about a domain", () => {
  const event = (status: string, minutes: number) =>
    resendEvent.parse({
      type: "domain.updated",
      created_at: new Date(resend.clock.now().getTime() + minutes * MINUTE).toISOString(),
      data: { id: resend.sandbox.domains.all().find(({ name }) => name === NAME)?.id, status },
    });
  const take = (status: string, minutes: number) =>
    store.db.forShop(shopId, (tx) => takeDomainEvent(tx, resend.clock, { shopId, event: event(status, minutes) }));

  it("that is older than the last look changes nothing", async () => {
    await verify();
    expect(await take("failed", -5)).toEqual({ kind: "ignored", reason: "older_than_known" });
    expect(await list()).toMatchObject([{ state: "verified", problem: null }]);
  });

  it("closes it when it is lost, with the reason, until it is verified again", async () => {
    await verify();
    await choose(`orders@${NAME}`);
    expect(await ready()).toMatchObject({ ready: true, via: "domain", address: `orders@${NAME}` });
    await take("failed", 1);
    expect(await ready()).toEqual({ ready: false, reason: "lost" });
    await take("pending", 2);
    expect(await ready()).toEqual({ ready: false, reason: "lost" });
    await take("verified", 3);
    expect(await ready()).toMatchObject({ ready: true, via: "domain" });
  });

  it("in any order ends in the newest state", async () => {
    await verify();
    await take("verified", 9);
    await take("failed", 4);
    expect(await list()).toMatchObject([{ state: "verified" }]);
  });
});

describe("the gate before messages go out", () => {
  it("is closed without a domain where there is no trial sender, and says what is missing", async () => {
    const none = { ...TRIAL, mailsPerDay: 0 };
    expect(await ready()).toEqual({ ready: true, via: "trial", ...TRIAL });
    expect(await ready(none)).toEqual({ ready: false, reason: "no_domain" });
    await add();
    await choose(`orders@${NAME}`);
    expect(await ready(none)).toEqual({ ready: false, reason: "not_verified" });
    await choose("");
    resend.sandbox.domains.setRecords(NAME);
    await look();
    expect(await ready(none)).toEqual({ ready: false, reason: "no_address" });
  });

  it("never opens on another shop's domain", async () => {
    await verify();
    const other = await makeShop(store.db, resend.clock, { settings: { sender: { fromAddress: `orders@${NAME}` } } });
    const answer = await store.db.forShop(other.shopId, (tx) => senderReady(tx, other.shopId, TRIAL));
    expect(answer).toEqual({ ready: false, reason: "no_domain" });
  });
});

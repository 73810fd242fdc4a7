import { beforeEach, describe, expect, test } from "vitest";
import type { ShopTx } from "#app/lib/db.server.ts";
import { answerRulesForm } from "#app/modules/notifications/answer-rules-form.server.ts";
import { answerPreviewForm } from "#app/modules/notifications/answer-template-form.server.ts";
import { KINDS } from "#app/modules/notifications/kinds/kinds.ts";
import { type MessageRules, messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { continueRehearsal } from "#app/modules/notifications/rehearsal/run-rehearsal.server.ts";
import { startRehearsal } from "#app/modules/notifications/rehearsal/start-rehearsal.server.ts";
import { readTemplate, saveTemplate } from "#app/modules/notifications/template-store.server.ts";
import { readEventsPage } from "#app/modules/notifications/read-events-page.server.ts";
import {
  discardDraft,
  publishDraft,
  readDraft,
  readPublished,
  saveDraft,
} from "#app/modules/notifications/rule-sets.server.ts";
import { rulesLookAtTags } from "#app/modules/notifications/rules-look-at-tags.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { keepOpen } from "#tests/support/keep-open.ts";

const TRIAL = { address: "post@mail.doorstep.example", mailsPerDay: 50 };

const edge = keepOpen(openEdge);
let shopId: string;

beforeEach(async () => {
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
});

function answer(fields: Record<string, string>, trialSender = TRIAL) {
  const { db, clock } = edge.services;
  return answerRulesForm({ db, clock, trialSender }, { shopId, actorId: "42", fields });
}

function read(trial = TRIAL) {
  return edge.services.db.forShop(shopId, (tx) => readEventsPage(tx, { shopId, trial }));
}

/** Rehearses the draft, or the published rules, to the end. */
async function rehearse() {
  const { db, clock, queue, rehearsal, keys } = edge.services;
  const wish = { shopId, of: "draft" as const, days: 7, actorId: null };
  const dryRunId = await db.forShop(shopId, (tx) => startRehearsal(tx, { clock, queue }, wish));
  while (await continueRehearsal({ db, clock, keys, ...rehearsal }, { shopId, dryRunId }));
}

async function template(kind: string) {
  const key = { shopId, kind, channel: "email" as const };
  return { key, ...(await edge.services.db.forShop(shopId, (tx) => readTemplate(tx, key))) };
}

/** What the editor's page asks for as soon as it is open, and with every letter that is typed. */
async function preview(kind: string, changes: object = {}) {
  const { document } = await template(kind);
  const fields = { channel: "email", document: JSON.stringify({ ...document, ...changes }) };
  return answerPreviewForm({ ...edge.services.rendering, db: edge.services.db }, { shopId, kind, fields });
}

async function change(kind: string, subject: string) {
  const { key, document, number } = await template(kind);
  const { db, clock } = edge.services;
  const changed = { document: { ...document, subject: { en: subject } }, basedOn: number, by: null };
  await db.forShop(shopId, (tx) => saveTemplate(tx, clock, key, changed));
}

/** "preview open", "preview stale", "preview done" */
async function stateOf(name: string) {
  const step = (await read()).goLive.steps.find((one) => one.name === name);
  return step?.done ? "done" : step?.stale ? "stale" : "open";
}

test("a shop goes live when every step is done, with what it had drafted", async () => {
  await answer({ intent: "toggle", key: "held_customs", on: "true" });
  expect((await read()).goLive.steps.map(({ name, done }) => `${name} ${done}`)).toEqual([
    "sender true",
    "event true",
    "preview false",
    "rehearsal false",
  ]);
  expect(await answer({ intent: "go_live" })).toEqual({ kind: "not_ready" });
  await preview("shipped");
  await rehearse();
  expect(await answer({ intent: "go_live" }, { ...TRIAL, mailsPerDay: 0 })).toEqual({ kind: "not_ready" });
  expect(await answer({ intent: "go_live" })).toEqual({ kind: "live" });
  const page = await read();
  expect(page).toMatchObject({ draft: false, goLive: { live: true, paused: false } });
  expect(page.goLive.liveSince).toBe(edge.clock.now().toISOString());
  expect(page.events.find(({ key }) => key === "held_customs")?.rules.on).toBe(true);
});

test("a rule that looks at products is kept, goes out with the draft, and has tags fetched from then on", async () => {
  const looks = () => edge.services.db.forShop(shopId, (tx) => rulesLookAtTags(tx, shopId));
  const write = (on: boolean) => {
    const when = [{ field: "product_tag", is: "any_of", values: ["fragile"] }];
    const rules = [{ id: "r1", name: "Fragile", on, when, then: { channels: ["sms"] } }];
    const value = JSON.stringify({ on: true, channels: ["email"], rules });
    return answer({ intent: "event", key: "shipped", value });
  };
  expect(await write(true)).toEqual({ kind: "saved" });
  expect(await looks()).toBe(false);
  expect(await answer({ intent: "publish" })).toEqual({ kind: "published" });
  expect(await looks()).toBe(true);
  await write(false);
  await answer({ intent: "publish" });
  expect(await looks()).toBe(false);
});

test("a preview counts when it shows what goes out, of an event that is on, until that is changed", async () => {
  const [first] = (await read()).goLive.steps.filter(({ name }) => name === "preview");
  expect(first?.kind).toBe("shipped");
  expect(await preview("shipped", { subject: { en: "Not saved" } })).toMatchObject({ kind: "preview" });
  await preview("held_customs");
  expect(await stateOf("preview")).toBe("open");
  await preview("shipped");
  expect(await stateOf("preview")).toBe("done");
  await change("shipped", "Changed");
  expect(await stateOf("preview")).toBe("stale");
  await preview("shipped");
  expect(await stateOf("preview")).toBe("done");
  await answer({ intent: "toggle", key: "shipped", on: "false" });
  expect(await stateOf("preview")).toBe("open");
  await answer({ intent: "toggle", key: "held_customs", on: "true" });
  expect(await stateOf("preview")).toBe("done");
});

test("a rehearsal counts for the rules that it played, until they are changed", async () => {
  await rehearse();
  expect(await stateOf("rehearsal")).toBe("done");
  await answer({ intent: "toggle", key: "held_customs", on: "true" });
  expect(await stateOf("rehearsal")).toBe("stale");
  await rehearse();
  expect(await stateOf("rehearsal")).toBe("done");
  // Publishing stamps when the event was switched on: the rules are the same.
  await answer({ intent: "publish" });
  expect(await stateOf("rehearsal")).toBe("done");
  await answer({ intent: "toggle", key: "held_customs", on: "false" });
  expect(await stateOf("rehearsal")).toBe("done");
});

test("all is paused and resumed with one word each", async () => {
  expect(await answer({ intent: "pause" })).toEqual({ kind: "paused" });
  expect((await read()).goLive.paused).toBe(true);
  expect(await answer({ intent: "resume" })).toEqual({ kind: "resumed" });
  expect((await read()).goLive.paused).toBe(false);
});

test("two people who change two events at once keep both changes", async () => {
  await Promise.all([
    answer({ intent: "toggle", key: "held_customs", on: "true" }),
    answer({ intent: "toggle", key: "shipped", on: "false" }),
  ]);
  const { changes } = await read();
  expect(changes.map(({ event, after }) => `${event} ${after}`)).toEqual(["shipped false", "held_customs true"]);
});

test("a draft is published or thrown away", async () => {
  expect(await answer({ intent: "publish" })).toEqual({ kind: "nothing_to_publish" });
  await answer({ intent: "toggle", key: "shipped", on: "false" });
  expect(await answer({ intent: "discard" })).toEqual({ kind: "discarded" });
  expect(await read()).toMatchObject({ draft: false, changes: [] });
  await answer({ intent: "toggle", key: "shipped", on: "false" });
  expect(await answer({ intent: "publish" })).toEqual({ kind: "published" });
  expect((await read()).publishedAt).toBe(edge.clock.now().toISOString());
});

test.each([
  ["no JSON", { intent: "event", key: "shipped", value: "{" }, "refused"],
  ["an unknown event", { intent: "toggle", key: "gone", on: "true" }, "refused"],
  ["no such intent", { intent: "shout" }, "unknown"],
])("hostile forms change nothing: %s", async (_name, fields, kind) => {
  expect(await answer(fields)).toMatchObject({ kind });
  expect(await read()).toMatchObject({ draft: false });
});

describe("sets of rules", () => {
  const kinds = Object.values(KINDS);
  const bundling = (bundleMinutes: number) => messageRulesSchema.parse({ bundleMinutes });
  const forShop = <T>(work: (tx: ShopTx) => Promise<T>) => edge.services.db.forShop(shopId, work);
  const save = (rules: MessageRules) => forShop((tx) => saveDraft(tx, edge.clock, { shopId, rules }));
  const publish = (actorId: string | null = "42") =>
    forShop((tx) => publishDraft(tx, edge.clock, { shopId, actorId, kinds }));
  const states = () =>
    forShop(async (tx) => {
      const rows = await tx.ruleSet.findMany({ orderBy: { number: "asc" } });
      return rows.map(({ number, state, publishedBy }) => [number, state, publishedBy]);
    });

  test("a shop without one has the product's own", async () => {
    expect(await forShop((tx) => readPublished(tx, shopId))).toEqual({
      ...{ number: 0, rules: messageRulesSchema.parse({}), publishedAt: null },
    });
    expect(await forShop((tx) => readDraft(tx, shopId))).toBeNull();
    expect(await publish()).toBeNull();
  });

  test("there is one draft and one that is in force; the others are kept", async () => {
    expect([await save(bundling(5)), await save(bundling(10))]).toEqual([1, 1]);
    expect(await publish()).toBe(1);
    expect(await save(bundling(20))).toBe(2);
    expect((await forShop((tx) => readPublished(tx, shopId))).rules.bundleMinutes).toBe(10);
    expect(await publish(null)).toBe(2);
    await save(bundling(40));
    expect(await states()).toEqual([
      [1, "retired", "42"],
      [2, "published", null],
      [3, "draft", null],
    ]);
    await forShop((tx) => discardDraft(tx, shopId));
    expect(await forShop((tx) => readPublished(tx, shopId))).toMatchObject({ number: 2, rules: { bundleMinutes: 20 } });
    expect(
      await edge.rows(`SELECT actor, data FROM activity WHERE shop_id = '${shopId}' ORDER BY data->>'number'`),
    ).toEqual([
      { actor: "staff", data: { number: 1, before: 0 } },
      { actor: "system", data: { number: 2, before: 1 } },
    ]);
  });

  test("two who save and publish at once leave one draft at most, and one in force", async () => {
    await save(bundling(5));
    await Promise.all([save(bundling(6)), publish(), save(bundling(7)), publish()]);
    const left = (await states()).map(([, state]) => state);
    expect(left.filter((state) => state === "published")).toHaveLength(1);
    expect(left.filter((state) => state === "draft").length).toBeLessThanOrEqual(1);
  });

  test("an event that is switched on tells nothing of what happened before", async () => {
    await save(
      messageRulesSchema.parse({ events: { held_customs: { on: true, channels: ["email"], onSince: null } } }),
    );
    await publish();
    const { events } = (await forShop((tx) => readPublished(tx, shopId))).rules;
    expect(events["held_customs"]?.onSince).toBe(edge.clock.now().toISOString());
    expect(events["shipped"]).toBeUndefined();
  });

  test("rules that are not valid are not kept", async () => {
    await expect(save({ ...bundling(5), bundleMinutes: -1 })).rejects.toThrow("bundleMinutes");
    expect(await states()).toEqual([]);
  });
});

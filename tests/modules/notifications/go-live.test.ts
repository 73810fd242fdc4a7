import { beforeEach, expect, test } from "vitest";
import { answerRulesForm } from "#app/modules/notifications/answer-rules-form.server.ts";
import { readEventsPage } from "#app/modules/notifications/read-events-page.server.ts";
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

function rehearse() {
  const at = edge.clock.now();
  return edge.services.db.forShop(shopId, (tx) =>
    tx.dryRun.create({ data: { shopId, id: "dry_1", state: "done", asked: {}, createdAt: at, finishedAt: at } }),
  );
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
  expect(await answer({ intent: "preview_seen" })).toEqual({ kind: "seen" });
  await rehearse();
  expect(await answer({ intent: "go_live" }, { ...TRIAL, mailsPerDay: 0 })).toEqual({ kind: "not_ready" });
  expect(await answer({ intent: "go_live" })).toEqual({ kind: "live" });
  const page = await read();
  expect(page).toMatchObject({ draft: false, goLive: { live: true, paused: false } });
  expect(page.goLive.liveSince).toBe(edge.clock.now().toISOString());
  expect(page.events.find(({ key }) => key === "held_customs")?.rules.on).toBe(true);
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

import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, expect, test } from "vitest";
import { LiquidPool, type PoolAnswer } from "#app/modules/notifications/templates/liquid-pool.server.ts";
import { LIQUID_LIMITS } from "#app/modules/notifications/templates/liquid-limits.ts";
import { scopeOf } from "#app/modules/notifications/templates/message-scope.ts";
import { demoMessageFacts } from "#tests/support/demo-message.ts";
import { LIQUID_ATTACKS } from "#tests/support/liquid-attacks.ts";

const pool = new LiquidPool({ threads: 1 });
afterAll(() => pool.close());

const scope = scopeOf(demoMessageFacts());
const world = { locale: "en", currency: "USD", now: "2026-11-24T10:00:00Z", zone: "UTC" } as const;
const ask = (source: string): Promise<PoolAnswer> =>
  pool.render({ ...world, scope, slots: [{ name: "text", source }] });

test.each(Object.entries(LIQUID_ATTACKS))(
  "%s gets nowhere, and the next message is rendered",
  async (_name, source) => {
    const answer = await ask(source);
    const text = "killed" in answer ? undefined : answer.texts["text"];
    const stopped = "killed" in answer || answer.problems.some(({ severity }) => severity === "error");
    // Either it was ended, or it has printed something short in which nothing of ours can be found.
    expect(stopped || (text ?? "").length <= LIQUID_LIMITS.output).toBe(true);
    expect(text ?? "").not.toMatch(/function|native code|root:|NODE_|doorstep|<script>/);
    expect(await ask("Hello {{ customer.first_name }}")).toMatchObject({ texts: { text: "Hello Avery" } });
  },
);

test("the process goes on with its work while attacks run", async () => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await Promise.all(Object.values(LIQUID_ATTACKS).map(ask));
  delay.disable();
  // Rendered in this thread, the slowest of them alone would hold it for longer; machines that build pause for some, too.
  expect(delay.max / 1_000_000).toBeLessThan(1_000);
});

test("what cannot be stopped by counting is stopped by ending its thread", async () => {
  // Each of the ten is ended by the language's own clock; together they would take ten times as long.
  const source = LIQUID_ATTACKS["three loops in one another"] ?? "";
  const slots = Array.from({ length: 10 }, (_, index) => ({ name: `slot-${index}`, source }));
  const attack = pool.render({ ...world, scope, slots });
  const answers = await Promise.all([attack, ask("{{ order.name }}"), ask("{{ order.name }}")]);
  expect(answers).toEqual([
    { killed: "time" },
    { texts: { text: "#1042" }, problems: [] },
    { texts: { text: "#1042" }, problems: [] },
  ]);
});

test("one message is one trip, however many texts it has", async () => {
  const slots = Array.from({ length: 60 }, (_, index) => ({
    name: `slot-${index}`,
    source: `{{ order.name }} ${index}`,
  }));
  const answer = await pool.render({ ...world, scope, slots });
  expect("killed" in answer ? {} : answer.texts).toMatchObject({ "slot-0": "#1042 0", "slot-59": "#1042 59" });
});

test("a closed pool says so", async () => {
  const closing = new LiquidPool();
  const waiting = closing.render({ ...world, scope, slots: [{ name: "a", source: "{{ order.name }}" }] });
  await closing.close();
  await expect(waiting).rejects.toMatchObject({ code: "render_thread" });
});

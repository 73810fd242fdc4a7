import { describe, expect, it } from "vitest";
import { CallBudget } from "#app/modules/shops/call-budget.ts";
import { readAdminAnswer } from "#app/modules/shops/read-admin-answer.ts";
import { HOUR, TestClock } from "#tests/support/test-clock.ts";

const read = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  readAdminAnswer({ status, headers, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) });
const withCode = (code: string, data: unknown = null) => ({ data, errors: [{ message: "m", extensions: { code } }] });

describe("an answer of the Admin API", () => {
  it.each<[string, number, unknown, object]>([
    ["data", 200, { data: { shop: null } }, { kind: "ok", data: { shop: null } }],
    [
      "a missing scope beside data",
      200,
      withCode("ACCESS_DENIED", { a: 1 }),
      { kind: "refused", message: "ACCESS_DENIED m", missingScope: true },
    ],
    ["a fault of theirs", 200, withCode("INTERNAL_SERVER_ERROR"), { kind: "unavailable" }],
    ["a timeout of theirs", 200, withCode("TIMEOUT", { a: 1 }), { kind: "unavailable" }],
    ["a spent budget without its figures", 200, withCode("THROTTLED"), { kind: "throttled", retryAfterSeconds: 2 }],
    ["errors as one text", 200, { errors: "Not Found" }, { kind: "refused", message: "Not Found" }],
    ["errors without a word", 200, { errors: [{}] }, { kind: "refused", message: "" }],
    ["no data and no error", 200, { data: null }, { kind: "unavailable" }],
    ["a page of HTML", 200, "<html>", { kind: "unavailable", message: "unreadable answer" }],
    ["nothing", 200, "", { kind: "unavailable" }],
    ["a list", 200, [], { kind: "unavailable" }],
    ["a frozen shop", 402, {}, { kind: "unavailable" }],
    ["a locked shop", 423, {}, { kind: "unavailable" }],
    ["a gateway", 502, "<html>", { kind: "unavailable", message: "status 502" }],
    ["a forbidden shop", 403, {}, { kind: "refused" }],
    ["a redirect", 301, "", { kind: "refused" }],
    ["a refused token", 401, {}, { kind: "token_refused" }],
  ])("%s (%d) is understood", (_name, status, body, result) => {
    expect(read(status, body).result).toMatchObject(result);
  });

  it.each([
    [{ "retry-after": "2.0" }, 2],
    [{ "retry-after": "0" }, 1],
    [{ "retry-after": "86400" }, 120],
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }, 2],
    [{}, 2],
  ])("with status 429 and %o waits %d seconds", (headers, retryAfterSeconds) => {
    expect(read(429, "", headers).result).toEqual({ kind: "throttled", retryAfterSeconds });
  });

  it("says how long a spent budget takes to come back, and quotes no more than a line", () => {
    const throttleStatus = { maximumAvailable: 2_000, currentlyAvailable: 20, restoreRate: 100 };
    const extensions = { cost: { requestedQueryCost: 470, throttleStatus } };
    const spent = read(200, { ...withCode("THROTTLED"), extensions });
    expect(spent).toEqual({ result: { kind: "throttled", retryAfterSeconds: 5 }, throttle: throttleStatus });
    const long = read(200, { errors: [{ message: "x".repeat(9_000) }] }).result;
    expect(long.kind === "refused" && long.message.length).toBe(300);
  });
});

describe("the budget", () => {
  const bucket = { maximumAvailable: 2_000, currentlyAvailable: 300, restoreRate: 100 };

  it("keeps background work back until four tenths are there", () => {
    const clock = new TestClock("2026-11-20T12:00:00Z");
    const budget = new CallBudget();
    expect(budget.waitSeconds("shop", clock.now())).toBe(0);
    budget.observe("shop", bucket, clock.now());
    expect(budget.waitSeconds("shop", clock.now())).toBe(5);
    clock.advance(4_999);
    expect(budget.waitSeconds("shop", clock.now())).toBe(1);
    clock.advance(1);
    expect(budget.waitSeconds("shop", clock.now())).toBe(0);
    expect(budget.waitSeconds("another", clock.now())).toBe(0);
  });

  it("does not wait for hours when the clock is set back", () => {
    const clock = new TestClock("2026-11-20T12:00:00Z");
    const budget = new CallBudget();
    budget.observe("shop", bucket, clock.now());
    clock.advance(-2 * HOUR);
    expect(budget.waitSeconds("shop", clock.now())).toBe(5);
  });

  it("lets a bucket that never fills through, and forgets the shop seen longest ago", () => {
    const { now } = { now: new Date(0) };
    const budget = new CallBudget();
    budget.observe("stuck", { ...bucket, restoreRate: 0 }, now);
    expect(budget.waitSeconds("stuck", now)).toBe(0);
    budget.observe("first", bucket, now);
    for (let index = 0; index < 2_000; index += 1) budget.observe(`shop-${index}`, bucket, now);
    expect([budget.waitSeconds("first", now), budget.waitSeconds("shop-0", now)]).toEqual([0, 5]);
  });
});

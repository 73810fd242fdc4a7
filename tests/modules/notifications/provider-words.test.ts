import { describe, expect, test } from "vitest";
import { readFailure } from "#app/modules/notifications/resend-sender.server.ts";
import { expectedText } from "#app/modules/shipments/expected-text.ts";

describe("the expected day", () => {
  const today = "2026-11-20";
  const at = (local: string) => ({ local, offset: null, utc: null });

  test.each<[string, Parameters<typeof expectedText>[0], string | null]>([
    ["a civil date stays that date", { date: "2026-11-27" }, "Friday, November 27"],
    ["midnight is a date, not the evening before", { at: at("2026-11-27T00:00:00") }, "Friday, November 27"],
    [
      "a window within a day is a day",
      { from: at("2026-11-27T10:00:00"), to: at("2026-11-27T14:00:00") },
      "Friday, November 27",
    ],
    ["a past date is not shown", { date: "2026-11-19" }, null],
    ["a window that has passed is not shown", { from: at("2026-11-01T00:00:00"), to: at("2026-11-19T00:00:00") }, null],
    ["nothing known, nothing said", null, null],
  ])("%s", (_name, estimate, text) => {
    expect(expectedText(estimate, "en", today)).toBe(text);
  });

  test("a window that has begun starts today", () => {
    const window = { from: at("2026-11-18T00:00:00"), to: at("2026-11-23T00:00:00") };
    expect(expectedText(window, "en", today)).toMatch(/^Friday, November 20\s–\sMonday, November 23$/);
  });
});

describe("what Resend's answers mean", () => {
  const failure = (name: string, statusCode: number | null) => ({ name, statusCode, message: "m" });

  test.each<[ReturnType<typeof failure>, string]>([
    [failure("rate_limit_exceeded", 429), "rate_limited"],
    [failure("daily_quota_exceeded", 429), "channel_closed"],
    [failure("invalid_api_key", 403), "channel_closed"],
    [failure("validation_error", 422), "refused"],
    [failure("invalid_idempotent_request", 409), "key_taken"],
    [failure("concurrent_idempotent_requests", 409), "unknown"],
    [failure("internal_server_error", 500), "unknown"],
    [failure("application_error", null), "unknown"],
    [failure("something_new", 418), "unknown"],
  ])("%o", (error, kind) => {
    expect(readFailure(error, null).kind).toBe(kind);
  });

  test("it waits as long as it is told", () => {
    const answer = readFailure(failure("rate_limit_exceeded", 429), { "retry-after": "7" });
    expect(answer).toEqual({ kind: "rate_limited", retryAfterSeconds: 7 });
  });
});

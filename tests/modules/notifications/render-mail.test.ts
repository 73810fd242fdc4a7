import { render } from "@react-email/render";
import { createElement } from "react";
import { describe, expect, test } from "vitest";
import { mailTexts } from "#app/emails/mail-texts.ts";
import { TrackingMail, type TrackingMailProps } from "#app/emails/tracking-mail.tsx";
import { LOCALES, type Locale } from "#app/lib/i18n.ts";
import { NOTIFICATION_KINDS } from "#app/modules/notifications/kinds.ts";
import { readFailure } from "#app/modules/notifications/resend-sender.server.ts";
import { expectedText } from "#app/modules/shipments/expected-text.ts";

const HOSTILE = `<script>alert(1)</script>"'{{ 7 | times: 7 }}`;

function props(changes: Partial<TrackingMailProps> & { locale?: Locale }): TrackingMailProps {
  return {
    kind: "shipped",
    texts: mailTexts(changes.locale ?? "en"),
    brand: { name: "Northpeak", logoUrl: "", colour: "#1f5199", onColour: "#ffffff" },
    orderName: "#1042",
    carrierName: "UPS",
    trackingNumber: "1Z999AA10123456784",
    expected: "Friday, November 27",
    parcel: { index: 1, count: 2 },
    items: [{ title: "Trail Shell Jacket", variant: "Pine / M", quantity: 2, imageUrl: null }],
    trackingUrl: "https://northpeak.example/apps/doorstep/track/abc",
    supportContact: "help@northpeak.example",
    ...changes,
  };
}

describe.each(LOCALES)("in %s", (locale) => {
  test.each(NOTIFICATION_KINDS)("%s says what happened, with which carrier, and where to look", async (kind) => {
    const given = props({ kind, locale });
    const html = await render(createElement(TrackingMail, given));
    const text = await render(createElement(TrackingMail, given), { plainText: true });
    expect(html).toContain(`lang="${locale}"`);
    expect(html).toContain(given.texts(`${kind}.heading`));
    expect(text).toContain("1Z999AA10123456784");
    expect(text).toContain("https://northpeak.example/apps/doorstep/track/abc");
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
    expect(`${html}${text}`).not.toMatch(/\b(shipped|delivered|out_for_delivery|label|progress)\.[a-z]+/);
  });
});

test("what a merchant, buyer or carrier wrote stays text", async () => {
  const html = await render(
    createElement(
      TrackingMail,
      props({
        brand: { name: HOSTILE, logoUrl: "", colour: "#1f5199", onColour: "#ffffff" },
        orderName: HOSTILE,
        carrierName: HOSTILE,
        trackingNumber: HOSTILE,
        items: [{ title: HOSTILE, variant: HOSTILE, quantity: 1, imageUrl: null }],
        supportContact: HOSTILE,
      }),
    ),
  );
  expect(html).not.toContain("<script>");
});

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

import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import type { RecipientPlace } from "#app/modules/notifications/decision-book.ts";
import { allowedFrom } from "#app/modules/notifications/quiet-hours.ts";

const NOWHERE: RecipientPlace = {
  ...{ countryCode: null, provinceCode: null, postalCode: null },
  ...{ phoneCountry: null, shopZone: "Europe/Berlin" },
};
const USUAL = { email: null, sms: { from: 9, to: 20 } };
const WIDE = { email: null, sms: { from: 0, to: 24 } };

const text = (at: string, place: Partial<RecipientPlace>, hours: typeof USUAL = USUAL) =>
  allowedFrom("sms", new Date(at), { ...NOWHERE, ...place }, hours)
    .toISOString()
    .slice(0, 16);

const us = (provinceCode: string | null) => ({ countryCode: "US", provinceCode });

describe("a text", () => {
  test.each<[string, Partial<RecipientPlace>, string, string]>([
    ["goes at once by day", { countryCode: "DE" }, "2026-11-20T12:00", "2026-11-20T12:00"],
    ["goes at once when the hours begin", { countryCode: "DE" }, "2026-11-20T08:00", "2026-11-20T08:00"],
    ["waits for the morning", { countryCode: "DE" }, "2026-11-20T03:00", "2026-11-20T08:00"],
    ["waits from the minute the hours end", { countryCode: "DE" }, "2026-11-20T19:00", "2026-11-21T08:00"],
    ["goes in the last minute", { countryCode: "DE" }, "2026-11-20T18:59", "2026-11-20T18:59"],
    [
      "keeps to the delivery address before the phone",
      { countryCode: "JP", phoneCountry: "DE" },
      "2026-11-20T12:00",
      "2026-11-21T00:00",
    ],
    ["keeps to the phone's country without an address", { phoneCountry: "JP" }, "2026-11-20T12:00", "2026-11-21T00:00"],
    [
      "keeps to the shop's clock for a number of the United States",
      { phoneCountry: "US" },
      "2026-11-20T08:30",
      "2026-11-20T08:30",
    ],
    ["keeps to the postal code", { countryCode: "ES", postalCode: "35001" }, "2026-11-20T08:30", "2026-11-20T09:00"],
    ["keeps to the mainland", { countryCode: "ES", postalCode: "28001" }, "2026-11-20T08:30", "2026-11-20T08:30"],
    ["keeps to UTC where nothing is known", { shopZone: "Not/AZone" }, "2026-11-20T08:30", "2026-11-20T09:00"],
  ])("%s", (_name, place, at, expected) => {
    expect(text(`${at}:00Z`, place)).toBe(expected);
  });

  test("keeps to all clocks of a state with two, and of a country without a state", () => {
    // Tennessee: from 9 in Nashville (15:00 UTC) until 20 in Knoxville (01:00 UTC).
    expect(text("2026-11-20T14:30:00Z", us("TN"))).toBe("2026-11-20T15:00");
    expect(text("2026-11-21T00:59:00Z", us("TN"))).toBe("2026-11-21T00:59");
    expect(text("2026-11-21T01:00:00Z", us("TN"))).toBe("2026-11-21T15:00");
    // From 9 on the Aleutians (19:00 UTC) until 20 in New York (01:00 UTC).
    expect(text("2026-11-20T18:00:00Z", us(null))).toBe("2026-11-20T19:00");
    expect(text("2026-11-21T00:30:00Z", us(null))).toBe("2026-11-21T00:30");
    expect(text("2026-11-21T01:00:00Z", us(null))).toBe("2026-11-21T19:00");
  });
});

test("where the clocks have no hour in common, the first one counts, and the hour that was waited for is one", () => {
  const newfoundland = { countryCode: "CA", provinceCode: "NL" };
  const halfAnHour = (at: string) => text(at, newfoundland, { email: null, sms: { from: 9, to: 9.5 } });
  // Nine in St. John's, half an hour before it is nine in Labrador.
  expect(halfAnHour("2026-11-20T12:00:00Z")).toBe("2026-11-20T12:30");
  expect(halfAnHour("2026-11-20T12:30:00Z")).toBe("2026-11-20T12:30");
  expect(halfAnHour("2026-11-20T12:59:00Z")).toBe("2026-11-20T12:59");
  expect(halfAnHour("2026-11-20T13:00:00Z")).toBe("2026-11-21T12:30");
});

describe("the law of the place", () => {
  test.each<[string, Partial<RecipientPlace>, string, string]>([
    ["8 to 21 in the United States", us("NY"), "2026-11-20T12:59", "2026-11-20T13:00"],
    ["until 21 in the United States", us("NY"), "2026-11-21T01:59", "2026-11-21T01:59"],
    ["until 20 in Florida", us("FL"), "2026-11-21T01:00", "2026-11-21T14:00"],
    ["until 20 in Oklahoma", us("OK"), "2026-11-21T02:00", "2026-11-21T14:00"],
    ["until 20 in Washington", us("WA"), "2026-11-21T04:00", "2026-11-21T16:00"],
    ["until 20 in Maryland", us("MD"), "2026-11-21T01:00", "2026-11-21T13:00"],
    ["from 9 in Texas, in El Paso too", us("TX"), "2026-11-20T15:00", "2026-11-20T16:00"],
    ["from noon on a Sunday in Texas", us("TX"), "2026-11-22T16:30", "2026-11-22T19:00"],
    ["8 to 21 where nothing is written down", { countryCode: "DE" }, "2026-11-20T20:00", "2026-11-21T07:00"],
  ])("%s", (_name, place, at, expected) => {
    expect(text(`${at}:00Z`, place, WIDE)).toBe(expected);
  });

  test("a law that is not yet in force binds nobody", () => {
    expect(text("2023-12-31T01:30:00Z", us("MD"), WIDE)).toBe("2023-12-31T01:30");
    expect(text("2024-01-03T01:30:00Z", us("MD"), WIDE)).toBe("2024-01-03T13:00");
  });

  test("hours of the merchant outside of it fall back to the safe ones", () => {
    expect(text("2026-11-20T22:30:00Z", { countryCode: "DE" }, { email: null, sms: { from: 22, to: 24 } })).toBe(
      "2026-11-21T08:00",
    );
  });
});

describe("on the nights when clocks change, texts begin at nine by the new clock", () => {
  test.each<[string, Partial<RecipientPlace>, string, string]>([
    ["Berlin, forward", { countryCode: "DE" }, "2026-03-28T21:00", "Europe/Berlin"],
    ["Berlin, back", { countryCode: "DE" }, "2026-10-24T20:00", "Europe/Berlin"],
    ["New York, forward", us("NY"), "2026-03-08T03:00", "America/New_York"],
    ["New York, back", us("NY"), "2026-11-01T02:00", "America/New_York"],
    ["Sydney, forward", { countryCode: "AU", provinceCode: "ACT" }, "2026-10-03T12:00", "Australia/Sydney"],
    ["Sydney, back", { countryCode: "AU", provinceCode: "ACT" }, "2026-04-04T12:00", "Australia/Sydney"],
    ["Santiago, forward", { phoneCountry: null, shopZone: "America/Santiago" }, "2026-09-06T02:00", "America/Santiago"],
    ["London, back", { countryCode: "GB" }, "2026-10-24T22:00", "Europe/London"],
  ])("%s", (_name, place, at, zone) => {
    const due = allowedFrom("sms", new Date(`${at}:00Z`), { ...NOWHERE, ...place }, USUAL);
    const local = Temporal.Instant.fromEpochMilliseconds(due.getTime()).toZonedDateTimeISO(zone);
    expect(local.toPlainTime().toString()).toBe("09:00:00");
    const waited = due.getTime() - new Date(`${at}:00Z`).getTime();
    expect(waited).toBeLessThan(24 * 3_600_000);
  });
});

describe("a mail", () => {
  const mail = (at: string, email: { from: number; to: number } | null) =>
    allowedFrom("email", new Date(at), { ...NOWHERE, countryCode: "DE" }, { ...USUAL, email })
      .toISOString()
      .slice(0, 16);

  test.each([
    ["goes at any hour where there are none", "2026-11-20T02:00:00Z", null, "2026-11-20T02:00"],
    ["waits for the merchant's hours", "2026-11-20T02:00:00Z", { from: 7.5, to: 22 }, "2026-11-20T06:30"],
    ["may go at night where the merchant wants so", "2026-11-20T02:00:00Z", { from: 22, to: 6 }, "2026-11-20T02:00"],
    ["waits for the night", "2026-11-20T12:00:00Z", { from: 22, to: 6 }, "2026-11-20T21:00"],
    ["goes at any hour of a whole day", "2026-11-20T02:00:00Z", { from: 8, to: 8 }, "2026-11-20T02:00"],
  ])("%s", (_name, at, hours, expected) => {
    expect(mail(at, hours)).toBe(expected);
  });
});

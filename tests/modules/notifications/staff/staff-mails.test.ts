import { describe, expect, test } from "vitest";
import { printMail } from "#app/emails/print-mail.tsx";
import { printText } from "#app/emails/print-text.ts";
import { LOCALES } from "#app/lib/i18n.ts";
import { composeStaffMail, type StaffMailWorld } from "#app/modules/notifications/staff/compose-staff-mail.ts";
import { digestDay, nextDigest } from "#app/modules/notifications/staff/digest-time.ts";
import {
  STAFF_SECTIONS,
  type StaffMail,
  staffMailOf,
  type StaffSectionName,
} from "#app/modules/notifications/staff/staff-mail.ts";

const section = (name: StaffSectionName, { count = 1, fresh = 0, lines = 1 } = {}) => ({
  ...{ name, count, fresh },
  lines: Array.from({ length: lines }, (_, index) => ({
    ...{ title: `#10${index}`, detail: "1ZR42", state: "status.exception", since: "2026-03-01T23:30:00.000Z" },
    path: `/app/shipments/shp_${index}`,
  })),
});

const world: StaffMailWorld = {
  ...{ kind: "staff_digest", locale: "en", shopName: "Northpeak", colour: "#1f6f54", zone: "America/New_York" },
  linkTo: (path: string) => `https://admin.example/x${path}`,
};

const textOf = (mail: StaffMail, changes: Partial<StaffMailWorld> = {}) =>
  printText(composeStaffMail(mail, { ...world, ...changes }, 5));

describe("a mail to staff", () => {
  test.each([
    ["one thing", [section("exception")], "1 thing needs somebody today: Northpeak"],
    ["several of one kind", [section("stalled", { count: 4 })], "4 things need somebody today: Northpeak"],
    ["several kinds", [section("closed"), section("delayed", { count: 2 })], "3 things need somebody today: Northpeak"],
  ])("says how much it is about: %s", (_name, sections, subject) => {
    expect(composeStaffMail({ sections }, world, 5).subject).toBe(subject);
  });

  test("names the worst with their pages, and how many more there are", () => {
    const text = textOf({ sections: [section("suspected_lost", { count: 9, fresh: 2, lines: 7 })] });
    expect(text).toContain("Probably lost: 9 (2 new)");
    expect(text).toContain(
      "- #104 · 1ZR42, Needs attention, since Mar 1\n  https://admin.example/x/app/shipments/shp_4",
    );
    expect(text).not.toContain("#105");
    expect(text).toContain("- and 4 more\n  https://admin.example/x/app/shipments?risk=suspected_lost");
    expect(text).toContain("https://admin.example/x/app/settings/messages");
  });

  test.each([
    ["all of them", 3, 3],
    ["none of them", 3, 0],
  ])("does not call out the new ones where it is %s", (_name, count, fresh) => {
    expect(textOf({ sections: [section("delayed", { count, fresh })] })).toContain("has passed: 3\n");
  });

  test("what happened has its day, in the shop's zone; what lasts says since when", () => {
    expect(textOf({ sections: [section("messages")] })).toContain("Needs attention, Mar 1\n");
    expect(textOf({ sections: [section("returned")] }, { zone: "Asia/Tokyo" })).toContain("since Mar 2\n");
  });

  test.each(LOCALES)("speaks the staff's language: %s", (locale) => {
    const mail = { sections: STAFF_SECTIONS.map((name) => section(name, { count: 8, fresh: 3 })) };
    const text = textOf(mail, { locale });
    expect(text).not.toMatch(/staff\.|status\./);
    if (locale !== "en") expect(text).not.toContain("needs somebody");
    const html = printMail(composeStaffMail(mail, { ...world, locale }, 5));
    expect(html).toContain(`lang="${locale}"`);
    expect(html).toContain("https://admin.example/x/app/shipments/shp_0");
  });

  test("is read from the ledger as it was written, and from nothing else", () => {
    const staffMail = { sections: [section("exception")] };
    expect(staffMailOf({ decision: { action: "send", staffMail } })).toEqual(staffMail);
    expect(staffMailOf({ decision: { action: "send" } })).toBeNull();
    expect(staffMailOf({ decision: { staffMail: { sections: [] } } })).toBeNull();
  });
});

describe("the hour of the digest", () => {
  const newYork = { zone: "America/New_York", hour: 8 };

  test.each([
    ["before its hour", newYork, "2026-03-02T12:59:59Z", null, "2026-03-02T13:00:00.000Z"],
    ["at its hour", newYork, "2026-03-02T13:00:00Z", "2026-03-02", "2026-03-03T13:00:00.000Z"],
    ["in the evening", newYork, "2026-03-02T23:00:00Z", "2026-03-02", "2026-03-03T13:00:00.000Z"],
    ["too late for the day", newYork, "2026-03-03T02:00:00Z", null, "2026-03-03T13:00:00.000Z"],
    ["into summer time", newYork, "2026-03-07T13:00:00Z", "2026-03-07", "2026-03-08T12:00:00.000Z"],
    ["into winter time", newYork, "2026-10-31T12:00:00Z", "2026-10-31", "2026-11-01T13:00:00.000Z"],
    [
      "an hour that does not exist",
      { ...newYork, hour: 2 },
      "2026-03-08T07:00:00Z",
      "2026-03-08",
      "2026-03-09T06:00:00.000Z",
    ],
    [
      "an hour that comes twice",
      { ...newYork, hour: 1 },
      "2026-11-01T06:00:00Z",
      "2026-11-01",
      "2026-11-02T06:00:00.000Z",
    ],
    [
      "another day than in UTC",
      { zone: "Asia/Tokyo", hour: 8 },
      "2026-03-01T23:00:00Z",
      "2026-03-02",
      "2026-03-02T23:00:00.000Z",
    ],
    [
      "half an hour beside the others",
      { zone: "Asia/Kolkata", hour: 0 },
      "2026-03-01T18:30:00Z",
      "2026-03-02",
      "2026-03-02T18:30:00.000Z",
    ],
    ["no zone", { zone: null, hour: 8 }, "2026-03-02T08:00:00Z", "2026-03-02", "2026-03-03T08:00:00.000Z"],
    ["a zone of nowhere", { zone: "Mars/Base", hour: 8 }, "2026-03-02T07:00:00Z", null, "2026-03-02T08:00:00.000Z"],
  ])("%s", (_name, time, now, ...[day, next]) => {
    expect(digestDay(time, new Date(now))).toBe(day);
    expect(nextDigest(time, new Date(now)).toISOString()).toBe(next);
  });
});

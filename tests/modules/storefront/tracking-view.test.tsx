import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { LOCALES } from "#app/lib/i18n.ts";
import { SHIPMENT_STATUSES } from "#app/modules/carriers/status.ts";
import { expectedText, latestToday } from "#app/modules/shipments/expected-text.ts";
import { ParcelCard } from "#app/modules/storefront/parcel-card.tsx";
import { storefrontTexts } from "#app/modules/storefront/storefront-texts.ts";
import {
  isTroubled,
  redactView,
  stepOf,
  type TrackingView,
  type ViewParcel,
} from "#app/modules/storefront/tracking-view.ts";

const NOW = new Date("2026-11-20T12:00:00Z");
const event = {
  ...{ date: "2026-11-19", time: "17:05", zone: "carrier" as const, status: "in_transit" as const },
  ...{ description: "SIGNED BY LINDQVIST", location: "AUSTIN, TX, 78704, US" },
};
const parcel: ViewParcel = {
  ...{ index: 1, count: 1, status: "in_transit", step: 2, troubled: false, carrierName: "UPS", stale: false },
  ...{
    trackingNumber: "1Z999",
    carrierUrl: null,
    shopUrl: "https://x.test/?zip=78704",
    expected: "Tuesday",
    deliveredLocal: null,
    lastCheckAt: NOW,
  },
  events: [event],
  items: [{ title: "Secret Gift", variant: null, quantity: 1, imageUrl: null }],
};
const view: TrackingView = {
  ...{ tier: "customer", orderName: "#1042", cancelled: false, destination: "Austin, TX, US", parcels: [parcel] },
  unshipped: [{ title: "Hidden Socks", variant: null, quantity: 1, imageUrl: null }],
  messages: [{ subject: "Your parcel left", sentAt: NOW }],
};
const draw = (given: Partial<ViewParcel>, locale: (typeof LOCALES)[number] = "en") =>
  renderToStaticMarkup(<ParcelCard now={NOW} parcel={{ ...parcel, ...given }} texts={storefrontTexts(locale)} />);

describe("what a tier may see", () => {
  test("who knows a number alone sees status and dates, and no word that names anybody or anything", () => {
    const cut = redactView({ ...view, tier: "number" });
    expect(JSON.stringify(cut)).not.toMatch(/1042|Austin|AUSTIN|78704|LINDQVIST|Secret|Hidden|left/);
    expect(cut.parcels[0]).toMatchObject({ status: "in_transit", expected: "Tuesday", trackingNumber: "1Z999" });
    expect(cut.parcels[0]?.events).toMatchObject([{ date: "2026-11-19", time: "17:05", description: null }]);
  });

  test("who has proven the order sees it, without the messages", () => {
    expect(redactView({ ...view, tier: "order" })).toEqual({ ...view, tier: "order", messages: [] });
  });

  test("the signed-in buyer sees everything", () => {
    expect(redactView(view)).toEqual(view);
  });
});

describe("the parcel's card", () => {
  test.each(LOCALES)("%s has words for every status and every step", (locale) => {
    for (const status of SHIPMENT_STATUSES) {
      const html = draw(
        { status, step: stepOf(status), troubled: isTroubled(status), carrierUrl: "https://x.test/" },
        locale,
      );
      expect(html).not.toMatch(/(?:status|step|page)\.[a-z_]+|\{\w+\}/);
      expect(html.match(/aria-current="step"/g)).toHaveLength(1);
    }
  });

  test.each([
    ["en", "2026-12-31T23:30:00", /December 31, 2026 at 11:30/],
    ["de", "2026-12-31T23:30:00", /31\. Dezember 2026 um 23:30/],
    ["ja", "2026-12-31T23:30:00", /2026年12月31日 23:30/],
    ["ja", "2026-12-31", /2026年12月31日</],
    ["fr", "2026-01-01", /1 janvier 2026</],
  ] as const)("%s shows the delivery %s on the carrier's own day", (locale, deliveredLocal, expected) => {
    expect(draw({ status: "delivered", step: 4, deliveredLocal }, locale)).toMatch(expected);
  });

  test("a delivery's time takes the place of what was expected, and nobody asks any more", () => {
    const html = draw({ status: "delivered", deliveredLocal: "2026-11-19" });
    expect(html).not.toContain("Tuesday");
    expect(html).not.toMatch(/ago|this minute/);
  });

  test("a scan without a time says so, and one without words is told by its status", () => {
    const html = draw({ events: [{ ...event, date: null, time: null, description: null, location: null }] });
    expect(html).toContain(storefrontTexts("en")("page.no_time"));
    expect(html).toContain(storefrontTexts("en")("status.in_transit"));
  });

  test("older scans are folded away, and no more than a hundred are ever drawn", () => {
    const events = Array.from({ length: 150 }, (_, index) => ({ ...event, description: `scan ${index};` }));
    const html = draw({ events });
    const [open = "", folded = ""] = html.split("<details>");
    expect(open.match(/scan \d+;/g)).toEqual(["scan 0;", "scan 1;", "scan 2;"]);
    expect(folded.match(/scan \d+;/g)).toHaveLength(97);
    expect(draw({ events: events.slice(0, 3) })).not.toContain("<details>");
  });

  test.each([
    [0, "this minute"],
    [59, "59 minutes ago"],
    [60, "1 hour ago"],
    [47 * 60 + 29, "47 hours ago"],
    [48 * 60, "2 days ago"],
    [-5, "this minute"],
  ])("checked %s minutes ago reads %s", (minutes, words) => {
    expect(draw({ lastCheckAt: new Date(NOW.getTime() - minutes * 60_000) })).toContain(words);
  });

  test("a carrier that could not be asked is admitted, instead of an old time", () => {
    const html = draw({ stale: true });
    expect(html).toContain(storefrontTexts("en")("page.not_checked"));
    expect(html).not.toContain("this minute");
  });
});

describe("the expected arrival", () => {
  const time = (local: string, offset: string | null = null) => ({ local, offset, utc: null });

  test.each([
    ["en", { date: "2026-11-24" }, "Tuesday, November 24"],
    ["ja", { date: "2026-11-24" }, "11月24日火曜日"],
    ["de", { at: time("2026-11-24T23:59:00", "-08:00") }, "Dienstag, 24. November"],
    ["en", { from: time("2026-11-24T09:00:00"), to: time("2026-11-24T12:00:00") }, "Tuesday, November 24"],
    ["en", { from: time("2026-11-18"), to: time("2026-11-20") }, "Friday, November 20"],
    ["en", { date: "2026-11-19" }, null],
    ["en", { from: time("2026-11-10"), to: time("2026-11-19") }, null],
    ["en", null, null],
  ] as const)("%s, %j: %s", (locale, estimate, expected) => {
    expect(expectedText(estimate, locale, "2026-11-20")).toBe(expected);
  });

  test.each(LOCALES)("%s names both ends of a window that begins this year and ends in the next", (locale) => {
    const words = expectedText({ from: time("2026-12-30"), to: time("2027-01-02") }, locale, "2026-11-20");
    expect(words).toMatch(/30/);
    expect(words?.replace(/30|202\d/g, "")).toMatch(/2/);
  });

  test("a day is over only when it is over everywhere", () => {
    expect(latestToday(new Date("2026-11-21T11:59:59Z"))).toBe("2026-11-20");
    expect(latestToday(new Date("2026-11-21T12:00:00Z"))).toBe("2026-11-21");
    expect(latestToday(new Date("2027-01-01T00:00:00Z"))).toBe("2026-12-31");
  });
});

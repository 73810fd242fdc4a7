import { describe, expect, test } from "vitest";
import { DEPLOYED_APP_URL, appUrl } from "../../extensions/order-status/src/app-url.ts";
import { formatScan, formatTime } from "../../extensions/order-status/src/format-scan.ts";
import { parseAnswer } from "../../extensions/order-status/src/parse-answer.ts";
import { makeTranslate, tableFor } from "../../extensions/order-status/src/translate.ts";
import { answer, FULFILLMENT_ID, shipment } from "./order-status-answers.ts";

describe("parseAnswer", () => {
  test("reads whatever keeps the contract", () => {
    const [first] = parseAnswer(answer([shipment()]), FULFILLMENT_ID) ?? [];
    expect(first).toMatchObject({ status: "out_for_delivery", estimatedDelivery: "today by 18:00" });
    expect(first?.lastEvent?.location).toBe("LYON, FR");
  });

  test.each([null, 7, "x", [], {}, { fulfillment: null, shipments: [] }, { fulfillment: { id: FULFILLMENT_ID } }])(
    "refuses %j",
    (body) => expect(parseAnswer(body, FULFILLMENT_ID)).toBeNull(),
  );

  test("shows at most fifty parcels", () => {
    const body = { fulfillment: { id: FULFILLMENT_ID }, shipments: Array.from({ length: 51 }, () => shipment()) };
    expect(parseAnswer(body, FULFILLMENT_ID)).toHaveLength(50);
  });
});

describe("formatTime", () => {
  test("a local time stays the clock on the wall, whatever its offset", () => {
    expect(formatTime("2026-11-20T08:12:00+01:00", "en-GB")).toBe("20 Nov 2026, 08:12");
    expect(formatTime("2026-11-20T08:12:00-10:00", "en-GB")).toBe("20 Nov 2026, 08:12");
    expect(formatTime("2026-11-20T08:12", "en-GB")).toBe("20 Nov 2026, 08:12");
  });

  test("a date stays a date", () => expect(formatTime("2026-11-20", "en-GB")).toBe("20 Nov 2026"));

  test("an instant is moved to the reader's zone", () => {
    const zoned = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
    expect(formatTime("2026-11-20T08:12:00Z", "en-GB")).toBe(zoned.format(new Date("2026-11-20T08:12:00Z")));
  });

  test.each(["yesterday", "2026-13-45", "20.11.2026", ""])("%j is not a time", (text) =>
    expect(formatTime(text, "en")).toBeNull(),
  );

  test("what the carrier did not say is left out of the line", () => {
    expect(formatScan({ at: null, description: null, location: "LYON" }, "en")).toBe("LYON");
  });
});

describe("makeTranslate", () => {
  test.each([
    ["pt-BR", "rastreamento"],
    ["pt-PT", "seguimento"],
    ["pt", "seguimento"],
  ])("%s has its own Portuguese", (language, noun) => expect(tableFor(language).details).toContain(noun));

  test("an unknown language gets English", () => expect(tableFor("xx-YY").signIn).toBe("Sign in"));

  test("fills replacements, also without a host", () => {
    expect(makeTranslate(undefined, "nl")("parcel", { number: 1, total: 2 })).toBe("Pakket 1 van 2");
  });

  test("a key that comes back untranslated counts as missing", () => {
    expect(makeTranslate({ translate: (key) => key }, "fr")("retry")).toBe("Réessayer");
  });
});

test("outside `shopify app dev` the bundle speaks to the deployed app", () => expect(appUrl()).toBe(DEPLOYED_APP_URL));

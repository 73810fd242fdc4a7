import { SegmentedMessage } from "sms-segments-calculator";
import { describe, expect, it } from "vitest";
import { segmentedText, segmentsOf } from "#app/modules/notifications/sms/count-segments.ts";
import { priceTexts, type PriceTable, type TextGroup } from "#app/modules/notifications/sms/price-texts.ts";
import { countSegments, encodeSmartly } from "#tests/sandbox/twilio/count-segments.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";

describe("counting the parts of a text", () => {
  // Measured with Twilio's own calculator.
  it.each([
    ["€".repeat(80), 1, "GSM-7"],
    ["€".repeat(81), 2, "GSM-7"],
    ["é".repeat(160), 1, "GSM-7"],
    ["ê".repeat(70), 1, "UCS-2"],
    ["ê".repeat(71), 2, "UCS-2"],
    ["🙂".repeat(35), 1, "UCS-2"],
    ["🙂".repeat(36), 2, "UCS-2"],
    ["“".repeat(160), 1, "GSM-7"],
    ["", 0, "GSM-7"],
  ])("%s", (body, segments, encoding) => {
    expect(segmentsOf(body)).toMatchObject({ segments, encoding });
  });

  it("names the characters that make a text expensive, and how much room is left", () => {
    expect(segmentsOf("Bientôt là 🙂 🙂")).toMatchObject({ costly: ["ô", "🙂"], units: 16, room: 70 });
    expect(segmentsOf("x".repeat(161))).toMatchObject({ segments: 2, units: 161, room: 306 });
  });

  it("knows the characters that smart encoding leaves alone", () => {
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
    const plain = ascii.filter((character) => character !== "`").join("\n");
    expect(new SegmentedMessage(plain, "auto", true).graphemes.join("")).toBe(plain);
    expect(segmentedText(`${plain}“…”`)).toBe(`${plain}"..."`);
    expect(segmentedText("`")).toBe("'");
  });

  it("equals what the provider counts, for 300 random texts", () => {
    const random = seededRandom(42);
    // Whole characters: how a torn-off joiner is counted is nobody's promise.
    const alphabets = [
      [..."abc XYZ 019", ..."é è à ü ñ Ç"],
      [..."€[]{}|^~\\", "\n", "\r\n"],
      [..."“”‘’—–\u00a0…", ..."ê ô ő š"],
      [..."日本語のテスト", "🙂", "👨‍👩‍👧", "🇩🇪", "👍🏽", "e\u0301"],
    ];
    for (let index = 0; index < 300; index += 1) {
      const length = Math.floor(random() * 400);
      const characters = alphabets.slice(0, 1 + Math.floor(random() * alphabets.length)).flat();
      const body = Array.from({ length }, () => characters[Math.floor(random() * characters.length)] ?? "").join("");
      const ours = segmentsOf(body.slice(0, 1_600));
      const theirs = countSegments(body.slice(0, 1_600), true);
      const count = body === "" ? 0 : theirs.count;
      expect({ body, segments: ours.segments, encoding: ours.encoding }).toEqual({
        body,
        segments: count,
        encoding: theirs.encoding,
      });
      expect(segmentedText(body.slice(0, 1_600))).toBe(encodeSmartly(body.slice(0, 1_600)));
    }
  });
});

describe("what many texts cost", () => {
  const group = { kind: "shipped", channel: "sms", locale: "en", countryCode: "US", count: 10, first: 0 } as const;
  const prices: PriceTable = {
    ...{ basis: "accepted", asOf: "2025-11", currency: "USD" },
    priceOf: (country) => ({ US: 12_300, DE: 110_500 })[country] ?? null,
    whatsappOf: (country) => ({ DE: 60_000 })[country] ?? null,
    isListed: (country) => country !== "KE",
  };
  const sizes = ({ first, kind }: { first: boolean; kind: string }) => (first ? 2 : kind === "delivered" ? 3 : 1);
  const cost = (...groups: Partial<TextGroup>[]) =>
    priceTexts(
      groups.map((changes) => ({ ...group, ...changes })),
      sizes,
      prices,
    );

  it("is their parts at the price of each country, event by event, the dearest first", () => {
    const { total, byKind, unpriced } = cost(
      { first: 4 },
      { countryCode: "DE", count: 2 },
      { kind: "delivered", count: 3, countryCode: "DE" },
    );
    expect(byKind).toEqual([
      { kind: "delivered", texts: 3, segments: 9, micros: 9 * 110_500, unpriced: 0 },
      { kind: "shipped", texts: 12, segments: 16, micros: 14 * 12_300 + 2 * 110_500, unpriced: 0 },
    ]);
    expect(total).toEqual({ texts: 15, segments: 25, micros: 14 * 12_300 + 11 * 110_500 });
    expect(unpriced).toEqual([]);
  });

  it("is one price for each WhatsApp message, however long, where the merchant has said what one costs", () => {
    const whatsapp = { channel: "whatsapp", kind: "delivered", first: 2 } as const;
    const { total, unpriced } = cost({ ...whatsapp, countryCode: "DE", count: 5 }, { ...whatsapp, count: 2 });
    expect(total).toEqual({ texts: 5, segments: 5, micros: 5 * 60_000 });
    expect(unpriced).toEqual([{ reason: "whatsapp", countryCode: null, texts: 2 }]);
  });

  it("is not nothing where nobody knows it: those texts stand apart, with the reason", () => {
    const { total, byKind, unpriced } = cost(
      { countryCode: "KE", count: 2 },
      { countryCode: "KE", count: 1, kind: "delivered" },
      { countryCode: "FR", count: 5 },
      { countryCode: null, count: 1 },
      { channel: "whatsapp", count: 7 },
    );
    expect(total).toEqual({ texts: 0, segments: 0, micros: 0 });
    expect(byKind.map(({ kind, unpriced: count }) => [kind, count])).toEqual([
      ["delivered", 1],
      ["shipped", 15],
    ]);
    expect(unpriced).toEqual([
      { reason: "whatsapp", countryCode: null, texts: 7 },
      { reason: "not_accepted", countryCode: "FR", texts: 5 },
      { reason: "no_price", countryCode: "KE", texts: 3 },
      { reason: "no_price", countryCode: null, texts: 1 },
    ]);
  });
});

import { describe, expect, test } from "vitest";
import { type Catalogue, createTranslator, type Locale, LOCALES, pickLocale } from "#app/lib/i18n.ts";

describe("the language", () => {
  test.each<[(string | null | undefined)[], Locale]>([
    [["pt-BR"], "pt"],
    [["zh_CN", "ja_JP"], "ja"],
    [["zh-Hans,sv;q=0.9, FR-ca;q=0.8"], "fr"],
    [[null, undefined, "", "nl"], "nl"],
    [["constructor", "deutsch"], "en"],
    [["*"], "en"],
    [[], "en"],
    [[`${"x,".repeat(500)}de`], "en"],
  ])("of %j is %s", (wanted, locale) => {
    expect(pickLocale(...wanted)).toBe(locale);
  });
});

describe("a text", () => {
  const all = (rest: Catalogue) =>
    Object.fromEntries(LOCALES.map((locale) => [locale, rest])) as Record<Locale, Catalogue>;
  const catalogues = {
    ...all({}),
    en: {
      hello: "Hello",
      only: "Only in English: {count, plural, one {# parcel} other {# parcels}}",
      tag: "<b>{x}</b>",
    },
    de: { hello: "Hallo" },
  };

  test("comes in the language, else in English, else as its key", () => {
    const german = createTranslator<string>(catalogues, "de");
    expect(german("hello")).toBe("Hallo");
    expect(german("only", { count: 1 })).toBe("Only in English: 1 parcel");
    expect(german("only", { count: 12_345 })).toBe("Only in English: 12.345 parcels");
    expect(german("nobody.has.this")).toBe("nobody.has.this");
    expect(german.locale).toBe("de");
  });

  test("never reads a value as markup or as a message", () => {
    const english = createTranslator<string>(catalogues, "en");
    expect(english("tag", { x: "<i>{y}</i>" })).toBe("<b><i>{y}</i></b>");
  });
});

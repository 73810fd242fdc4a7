import { Liquid } from "liquidjs";
import segments from "sms-segments-calculator";
import { describe, expect, test } from "vitest";
import { LOCALES } from "#app/lib/i18n.ts";
import type { KindTexts } from "#app/modules/notifications/kinds/kind.ts";
import { KINDS } from "#app/modules/notifications/kinds/kinds.ts";
import type { ParcelFacts } from "#app/modules/notifications/templates/message-facts.ts";
import { longFacts } from "./sample-facts.ts";

const SLOTS = ["subject", "preheader", "heading", "body", "next", "sms"] as const;
const liquid = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });

/** Every branch of the texts: what a parcel can be like when a message speaks of it. */
const SITUATIONS: Partial<ParcelFacts>[] = [
  {},
  { step: 0, status: "pre_transit" },
  { expected: "", expected_short: "", reason: "", last_place: "", expected_on: null },
  ...["address_problem", "refused", "nobody_home", "damaged", "lost", "customs_hold"].map((sub_status) => ({
    sub_status,
  })),
  { status: "available_for_pickup" },
  { next_update: "We write again on Tuesday." },
];

const texts = Object.values(KINDS).flatMap((kind) =>
  LOCALES.flatMap((locale) => {
    const { main, split } = kind.texts[locale];
    const both: [string, KindTexts][] = [["main", main]];
    if (split) both.push(["split", { ...main, ...split }]);
    return both.map(([form, text]) => ({ key: kind.key, locale, form, text }));
  }),
);

const render = (text: string, locale: (typeof LOCALES)[number], changes: Partial<ParcelFacts>) =>
  liquid.parseAndRenderSync(text, longFacts(locale, changes)) as string;

describe.each(texts)("$key in $locale ($form)", ({ locale, text }) => {
  test("fills every slot, in every situation, from known variables", () => {
    for (const slot of SLOTS) {
      for (const changes of SITUATIONS) {
        const rendered = render(text[slot], locale, changes).trim();
        if (slot !== "next") expect(rendered, slot).not.toBe("");
        expect(rendered, slot).not.toMatch(/\s[.,]|\bundefined\b|\bnull\b|\n{3}/);
      }
    }
  });

  test("speaks calmly", () => {
    const all = SLOTS.map((slot) => render(text[slot], locale, {})).join(" ");
    expect(all).not.toMatch(/[!！]|\p{Extended_Pictographic}/u);
  });

  test("names the shop and stays within two parts as an SMS", () => {
    for (const changes of SITUATIONS) {
      const sms = render(text.sms, locale, changes);
      expect(sms).toContain("Nordic Outdoor & Living");
      expect(sms).toContain("https://");
      const { segmentsCount, encodingName } = new segments.SegmentedMessage(sms);
      expect(segmentsCount, sms).toBeLessThanOrEqual(2);
      // A single letter outside of the phone alphabet halves what fits into a part.
      expect(encodingName, sms).toBe(locale === "ja" ? "UCS-2" : "GSM-7");
    }
  });
});

test("subjects are one line that a phone shows", () => {
  const long = texts.filter(({ text, locale }) => render(text.subject, locale, {}).length > 90);
  expect(long.map(({ key, locale, form }) => `${key} ${locale} ${form}`)).toEqual([]);
});

import { describe, expect, test } from "vitest";
import type { Locale } from "#app/lib/i18n.ts";
import { scopeOf } from "#app/modules/notifications/templates/message-scope.ts";
import { SlotRenderer } from "#app/modules/notifications/templates/render-slots.ts";
import { demoMessageFacts } from "#tests/support/demo-message.ts";

const renderer = new SlotRenderer();

function render(source: string, { locale = "en", currency = "USD", check = false } = {}) {
  const language = locale as Locale;
  return renderer.render({
    ...{ locale: language, currency, now: "2026-11-24T10:00:00Z", zone: "America/New_York", check },
    scope: scopeOf(demoMessageFacts({ locale: language })),
    slots: [{ name: "text", source }],
  });
}

describe("what a template can say", () => {
  test.each<[string, string, string?, string?]>([
    ["{{ order.name }} for {{ customer.first_name }}", "#1042 for Avery"],
    ["{{ nothing | default: 'friend' }}", "friend"],
    ["{{ 14800 | money }}", "$148.00"],
    ["{{ 14800 | money }}", "148,00 €", "de", "EUR"],
    ["{{ 14800 | money }}", "￥14,800", "ja", "JPY"],
    ["{{ 14800 | money }}", "KWD 14.800", "en", "KWD"],
    ["{{ order.total_price | money }}", "$206.00"],
    ["{{ '2026-11-27' | date: format: 'date' }}", "November 27, 2026"],
    ["{{ '2026-11-27' | date: '%A, %d.%m.%Y' }}", "Friday, 27.11.2026"],
    ["{{ '2026-11-27' | date: '%A' }}", "Freitag", "de"],
    ["{{ 'now' | date: '%Y-%m-%d %H:%M' }}", "2026-11-24 05:00"],
    ["{{ '2026-11-24T02:00:00Z' | date: '%d' }}", "23"],
    ["{{ 'gibberish' | date: '%d' }}", "gibberish"],
    ["{{ 'label.carrier' | t }}", "Paketdienst", "de"],
    ["{{ 'support' | t: contact: 'a@b.example' }}", "Questions? Reply to this mail or write to a@b.example."],
    ["{{ 'no.such.key' | t }}", "no.such.key"],
    ["{{ '<b>&amp;</b>' | escape }}", "<b>&amp;</b>"],
    [
      "{% for line in line_items %}{{ line.quantity }} {{ line.title }};{% endfor %}",
      "1 Trail Shell Jacket;2 Merino Beanie;",
    ],
    ["{{ fulfillment.tracking_numbers | join: ' ' }} {{ name }} {{ order_name }}", "1Z999AA10123456784 #1042 #1042"],
    [
      "{% for l in fulfillment.fulfillment_line_items %}{{ l.line_item.title }}{% break %}{% endfor %}",
      "Trail Shell Jacket",
    ],
    ["No Liquid at all", "No Liquid at all"],
  ])("%s → %s", (source, text, locale, currency) => {
    const answer = render(source, { ...(locale ? { locale } : {}), ...(currency ? { currency } : {}) });
    expect({ text: answer.texts["text"]?.replace(/\u00a0/g, " "), problems: answer.problems }).toEqual({
      text,
      problems: [],
    });
  });
});

describe("what is wrong is said with its place", () => {
  test.each([
    ["{{ order.name | shout }}", { code: "unknown_filter", word: "shout", line: 1, column: 1 }],
    ["Hello\n\n  {{ order.name | raw }}", { code: "unknown_filter", word: "raw", line: 3, column: 3 }],
    ["{% if order.name %}open", { code: "syntax", line: 1, column: 1 }],
    ["a\n{% nonsense %}", { code: "syntax", word: "nonsense", line: 2, column: 1 }],
    ["{{ order.name", { code: "syntax", line: 1, column: 1 }],
    ["{% include 'a' %}", { code: "syntax", word: "include", line: 1, column: 1 }],
    ["{% for i in (1..999999999) %}{% endfor %}", { code: "too_large", line: 1 }],
  ])("%s", (source, problem) => {
    const { texts, problems } = render(source);
    expect(texts).toEqual({});
    expect(problems).toMatchObject([{ slot: "text", severity: "error", ...problem }]);
  });

  test.each<[string, string[]]>([
    ["{{ order.nmae }}", ["unknown_variable order.nmae"]],
    ["{{ odrer.name }}\n{{ parcel.carrier }}", ["unknown_variable odrer.name"]],
    ["Hi {{ customer.first_name }}", ["maybe_empty customer.first_name"]],
    ["Hi {{ customer.first_name | default: 'there' }}", []],
    ["{% if parcel.reason != blank %}{{ parcel.reason }}{% endif %}", []],
    ["{% for item in parcel.items %}{{ item.title }}{% endfor %}{{ parcel.items.size }}", []],
    ["{{ line_items[0].title }}{{ line_items.first.title }}{{ parcels.last.status_text }}", []],
    ["{% assign greeting = 'Hi' %}{{ greeting }}", []],
  ])("%s", (source, found) => {
    const { problems } = render(source, { check: true });
    expect(problems.map(({ code, word }) => `${code} ${word}`)).toEqual(found);
    expect(problems.every(({ severity }) => severity === "warning")).toBe(true);
  });

  test("a text that fails leaves the others alone", () => {
    const answer = renderer.render({
      ...{ locale: "en", currency: "USD", now: "2026-11-24T10:00:00Z", zone: "UTC", scope: {} },
      slots: [
        { name: "bad", source: "{% if %}" },
        { name: "good", source: "{{ 1 | plus: 1 }}" },
      ],
    });
    expect(answer.texts).toEqual({ good: "2" });
  });
});

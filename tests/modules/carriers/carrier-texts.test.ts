import { describe, expect, test } from "vitest";
import { adminTexts } from "#app/components/admin-texts.server.ts";
import { LOCALES } from "#app/lib/i18n.ts";
import { hasRegion } from "#app/modules/carriers/carrier-regions.ts";
import { CARRIERS } from "#app/modules/carriers/registry.server.ts";

/** A new carrier fails here until the settings can speak of it. */
describe.each(Object.values(CARRIERS).map((carrier) => [carrier.id, carrier] as const))("%s", (id, carrier) => {
  const wanted = [`carriers.help.${id}`, ...carrier.credentialFields.map(({ name }) => `carriers.field.${name}`)];

  test.each(LOCALES)("says in %s where its credentials are found and what they are called", (locale) => {
    const { catalogue } = adminTexts(locale);
    expect(wanted.filter((key) => !catalogue[key])).toEqual([]);
  });

  test("stands in a region of the list, unless it is a service for many carriers", () => {
    expect(carrier.kind === "aggregator" || hasRegion(id)).toBe(true);
  });
});

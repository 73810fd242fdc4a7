import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { blockSchemaProblems, type BlockSchemaContext } from "./block-schema.ts";
import type { Check } from "./check.ts";
import { themeExtensions } from "./find-extensions.ts";
import { flattenMessages } from "./flatten-messages.ts";
import { listFiles, readText } from "./list-files.ts";

/** The `{% schema %}` of every app block, which theme check does not look into. */
export const checkBlockSchemas: Check = {
  name: "app-block schemas",
  async run() {
    const problems: string[] = [];
    for (const folder of await themeExtensions()) {
      const context = await readContext(folder);
      for (const block of await listFiles(`${folder}/blocks`, /\.liquid$/)) {
        problems.push(...blockSchemaProblems(await readText(block), context).map((text) => `${block}: ${text}`));
      }
    }
    return problems;
  },
};

async function readContext(folder: string): Promise<BlockSchemaContext> {
  const assets = await listFiles(`${folder}/assets`, /./);
  const locales = await listFiles(`${folder}/locales`, /\.schema\.json$/);
  const translations = await Promise.all(
    locales.map(
      async (file) => [path.basename(file), flattenMessages(JSON.parse(await readText(file))).texts] as const,
    ),
  );
  return {
    settingTypes: settingTypes(),
    assets: new Set(assets.map((file) => path.basename(file))),
    translations: new Map(translations),
  };
}

const settingSchema = z.looseObject({
  properties: z.looseObject({ type: z.looseObject({ enum: z.array(z.string()).min(10) }) }),
});

/** The types that theme check's own data names, so that the list grows with the pinned version. */
export function settingTypes(): ReadonlySet<string> {
  const themeCheck = createRequire(createRequire(import.meta.url).resolve("@shopify/theme-check-node"));
  const updater = themeCheck.resolve("@shopify/theme-check-docs-updater/package.json");
  const text = readFileSync(path.join(path.dirname(updater), "data/setting.json"), "utf8");
  return new Set(settingSchema.parse(JSON.parse(text)).properties.type.enum);
}

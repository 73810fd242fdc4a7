import path from "node:path";
import { fileURLToPath } from "node:url";
import { check, Severity } from "@shopify/theme-check-node";
import { type Check, ROOT } from "./check.ts";
import { themeExtensions } from "./find-extensions.ts";

/** Shopify's theme check over each theme app extension, in this process and without network. */
export const checkTheme: Check = {
  name: "theme check",
  async run() {
    const folders = await themeExtensions();
    const problems = await Promise.all(folders.map((folder) => themeProblems(path.join(ROOT, folder))));
    return problems.flat();
  },
};

/** Errors and warnings of one extension's folder, by the rules of .theme-check.yml. */
export async function themeProblems(folder: string): Promise<string[]> {
  const offenses = await check(folder, path.join(ROOT, ".theme-check.yml"));
  return offenses
    .filter(({ severity }) => severity !== Severity.INFO)
    .map(({ check: rule, message, uri, start }) => {
      return `${path.relative(ROOT, fileURLToPath(uri))}:${start.line + 1} ${rule}: ${message}`;
    });
}

import path from "node:path";
import { check, Severity } from "@shopify/theme-check-node";
import { type Check, ROOT } from "./check.ts";
import { themeExtensions } from "./find-extensions.ts";

/** Shopify's theme check over each theme app extension, in this process and without network. */
export const checkTheme: Check = {
  name: "theme check",
  async run() {
    const problems: string[] = [];
    for (const folder of await themeExtensions()) {
      const offenses = await check(path.join(ROOT, folder), path.join(ROOT, ".theme-check.yml"));
      for (const { check: rule, message, severity, uri, start } of offenses) {
        if (severity === Severity.INFO) continue;
        problems.push(`${path.relative(ROOT, new URL(uri).pathname)}:${start.line + 1} ${rule}: ${message}`);
      }
    }
    return problems;
  },
};

import type { Check } from "./check.ts";
import { runTool, toolProblems } from "./run-tool.ts";

/** Prettier's format; `npm run format` mends it. */
export const checkFormat: Check = {
  name: "format",
  async run() {
    const args = ["--check", "--log-level=warn", "--cache", "--cache-location=.cache/prettier", "."];
    return toolProblems(await runTool("node_modules/prettier/bin/prettier.cjs", args));
  },
};

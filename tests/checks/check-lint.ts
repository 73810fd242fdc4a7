import type { Check } from "./check.ts";
import { runTool, toolProblems } from "./run-tool.ts";

/** ESLint with the house rules of eslint.config.js. Warnings do not exist here. */
export const checkLint: Check = {
  name: "lint",
  async run() {
    const args = ["--max-warnings=0", "--no-error-on-unmatched-pattern", "."];
    return toolProblems(await runTool("node_modules/eslint/bin/eslint.js", args));
  },
};

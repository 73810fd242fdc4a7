import type { Check } from "./check.ts";
import { runTool, toolProblems } from "./run-tool.ts";

/** Files, exports and dependencies that nobody uses, and dependencies that are used but not declared. */
export const checkDeadCode: Check = {
  name: "dead code",
  async run() {
    return toolProblems(await runTool("node_modules/knip/bin/knip.js", ["--no-progress", "--no-config-hints"]));
  },
};

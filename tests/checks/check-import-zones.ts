import { existsSync } from "node:fs";
import path from "node:path";
import { type Check, ROOT } from "./check.ts";
import { runTool, toolProblems } from "./run-tool.ts";

/** Who may import whom, and no cycles: the table in .dependency-cruiser.cjs. */
export const checkImportZones: Check = {
  name: "import zones",
  async run() {
    const folders = ["app", "extensions", "prisma", "tests"].filter((name) => existsSync(path.join(ROOT, name)));
    const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "err", ...folders];
    return toolProblems(await runTool("node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", args));
  },
};

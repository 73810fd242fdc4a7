import path from "node:path";
import type { Check } from "./check.ts";
import { listFiles } from "./list-files.ts";
import { runTool, toolProblems } from "./run-tool.ts";

/** TypeScript over the project, and over each extension that brings a tsconfig of its own (Preact instead of React). */
export const checkTypes: Check = {
  name: "types",
  async run() {
    const projects = ["tsconfig.json", ...(await listFiles("extensions", /\/tsconfig\.json$/))];
    const problems: string[] = [];
    for (const project of projects) {
      const result = await runTool("node_modules/typescript/bin/tsc", ["--noEmit", "-p", path.normalize(project)]);
      problems.push(...toolProblems(result));
    }
    return problems;
  },
};

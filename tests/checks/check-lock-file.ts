import { z } from "zod";
import type { Check } from "./check.ts";
import { readText } from "./list-files.ts";

const names = z.record(z.string(), z.string()).default({});
const lockEntry = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  dependencies: names,
  optionalDependencies: names,
});
const lockFile = z.looseObject({ packages: z.record(z.string(), lockEntry) });
export type LockFile = z.infer<typeof lockFile>;

/**
 * The lock file installs from any registry and on every platform. npm writes an incomplete lock without a word when a
 * registry lacks a platform package; npm 10 accepts it, npm 11 and 12 refuse `npm ci`.
 */
export const checkLockFile: Check = {
  name: "lock file",
  async run() {
    return lockProblems(lockFile.parse(JSON.parse(await readText("package-lock.json"))));
  },
};

export function lockProblems({ packages }: LockFile): string[] {
  return Object.entries(packages).flatMap(([location, entry]) => {
    const wanted = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });
    const problems = wanted
      .filter((name) => !resolves(packages, location, name))
      .map((name) => `package-lock.json lacks ${name}, which ${location || "the project"} depends on`);
    if (entry.resolved?.includes("://")) problems.push(`package-lock.json names a registry for ${location}`);
    if (location !== "" && !entry.link && !entry.inBundle && !(entry.version && entry.integrity)) {
      problems.push(`package-lock.json has no version and integrity for ${location}`);
    }
    return problems;
  });
}

/** Looks a dependency up as Node does: beside the package, then one folder up after the other. */
function resolves(packages: LockFile["packages"], location: string, name: string): boolean {
  for (let base = location; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))) {
    if (`${base === "" ? "" : `${base}/`}node_modules/${name}` in packages) return true;
    if (base === "") return false;
  }
}

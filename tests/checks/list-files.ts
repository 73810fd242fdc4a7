import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { ROOT } from "./check.ts";

const SKIPPED = new Set([
  "node_modules",
  ".git",
  ".cache",
  ".data",
  ".shopify",
  "build",
  "dist",
  "coverage",
  "generated",
]);

/**
 * Files of the project below `folder` (relative, `""` = everything) whose path matches, sorted, with forward slashes.
 * A folder that does not exist holds no files. What tools and builds write is left out.
 */
export async function listFiles(folder: string, matching: RegExp): Promise<string[]> {
  const found = await walk(folder);
  return found.filter((file) => matching.test(file)).sort();
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(ROOT, folder), { withFileTypes: true }).catch(() => []);
  const nested = entries.map((entry) => {
    const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(file);
    return entry.isFile() ? [file] : [];
  });
  return (await Promise.all(nested)).flat();
}

/** Text of a file of the project. */
export function readText(file: string): Promise<string> {
  return readFile(path.join(ROOT, file), "utf8");
}

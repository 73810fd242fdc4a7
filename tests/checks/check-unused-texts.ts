import type { Check } from "./check.ts";
import { listFiles, readText } from "./list-files.ts";

const CATALOGUE = "app/components/locales/en.json";

/** No text of the admin is translated eight times and shown nowhere. */
export const checkUnusedTexts: Check = {
  name: "unused texts",
  async run() {
    const files = await listFiles("app", /\.tsx?$/);
    const source = (await Promise.all(files.map(readText))).join("\n");
    const keys = Object.keys(JSON.parse(await readText(CATALOGUE)) as object);
    return unusedKeys(keys, source).map((key) => `${CATALOGUE}: nothing uses ${key}`);
  },
};

const LITERAL = /"([\w-]+(?:\.[\w-]+)+)"/g;
const PUT_TOGETHER = /`([\w-]+\.[^`\s]*\$\{[^`]*)`/g;
const NAMED = /textOf\(\s*"([\w.-]+)"/g;

/** Keys that stand nowhere whole, fit no template literal, and are not under a prefix that `textOf` is asked for. */
export function unusedKeys(keys: readonly string[], source: string): string[] {
  const all = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
  const literals = new Set(all(LITERAL));
  const prefixes = all(NAMED).map((prefix) => `${prefix}.`);
  const templates = all(PUT_TOGETHER).map(toPattern);
  return keys.filter(
    (key) =>
      !literals.has(key) &&
      !prefixes.some((prefix) => key.startsWith(prefix)) &&
      !templates.some((template) => template.test(key)),
  );
}

function toPattern(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^.]+(?:\\.[^.]+)?")}$`);
}

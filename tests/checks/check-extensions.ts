import type { Check } from "./check.ts";
import { findExtensions, type FoundExtension } from "./find-extensions.ts";
import { listFiles, readText } from "./list-files.ts";

const OLDEST_API = "2026-07";
const FULL_PAGE = new Set(["customer-account.page.render", "customer-account.order.page.render"]);

/**
 * What Shopify CLI accepts offline and refuses, or breaks on, at deploy: React components ended with API 2025-07, one
 * such extension locks updates of the whole app, and a full-page target lives alone.
 */
export const checkExtensions: Check = {
  name: "extension guard",
  async run() {
    const extensions = (await findExtensions()).filter(({ toml }) => toml.extensions.length > 0);
    const problems = await Promise.all(
      extensions.map(async (extension) => [...tomlProblems(extension), ...(await sourceProblems(extension.folder))]),
    );
    return problems.flat();
  },
};

export function tomlProblems({ folder, toml }: FoundExtension): string[] {
  const file = `${folder}/shopify.extension.toml`;
  const problems: string[] = [];
  for (const { type, handle, uid, targeting } of toml.extensions) {
    if (!handle || !uid) problems.push(`${file}: handle and uid are needed to update an extension in place`);
    if (type !== "ui_extension") continue;
    // Versions are YYYY-MM, so their order is the order of their texts.
    if (!/^\d{4}-\d{2}$/.test(toml.api_version ?? "") || (toml.api_version ?? "") < OLDEST_API) {
      problems.push(`${file}: api_version ${toml.api_version ?? "(none)"} is older than ${OLDEST_API}`);
    }
    if (targeting.length === 0) problems.push(`${file}: no target`);
    if (targeting.length > 1 && targeting.some(({ target }) => FULL_PAGE.has(target))) {
      problems.push(`${file}: a full-page target cannot share an extension`);
    }
  }
  return problems;
}

export async function sourceProblems(folder: string): Promise<string[]> {
  const files = await listFiles(folder, /(\.[jt]sx?|package\.json)$/);
  const found = await Promise.all(
    files.map(async (file) => reactUse(await readText(file)).map((name) => `${file}: uses ${name}`)),
  );
  return found.flat();
}

/** React packages that a source or package file names; extensions speak Preact. */
export function reactUse(text: string): string[] {
  const names = ["@shopify/ui-extensions-react", "react", "react-dom", "@shopify/polaris"];
  return names.filter((name) => new RegExp(`["']${name}(/[^"']*)?["']`).test(text));
}

import path from "node:path";
import { listFiles, readText } from "./list-files.ts";
import { type ExtensionToml, parseExtensionToml } from "./read-toml.ts";

export interface FoundExtension {
  /** "extensions/order-status" */
  folder: string;
  toml: ExtensionToml;
}

/** Every extension of the project with its parsed toml. */
export async function findExtensions(): Promise<FoundExtension[]> {
  const files = await listFiles("extensions", /\/shopify\.extension\.toml$/);
  return Promise.all(
    files.map(async (file) => ({ folder: path.dirname(file), toml: parseExtensionToml(await readText(file)) })),
  );
}

/** Folders of the theme app extensions. */
export async function themeExtensions(): Promise<string[]> {
  return (await findExtensions()).filter(({ toml }) => toml.type === "theme").map(({ folder }) => folder);
}

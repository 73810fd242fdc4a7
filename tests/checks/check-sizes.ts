import { stat } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { type Check, ROOT } from "./check.ts";
import { findExtensions, type FoundExtension } from "./find-extensions.ts";
import { listFiles, readText } from "./list-files.ts";

/** Bytes. The first three are our own promise; the rest are Shopify's limits. */
const LIMITS = {
  blockScript: 10_000,
  blockStyles: 10_000,
  bundle: 64_000,
  liquid: 500_000,
  locale: 15_000,
  theme: 10_000_000,
};

/** What shoppers have to download, and what Shopify refuses at deploy. */
export const checkSizes: Check = {
  name: "size budgets",
  async run(say) {
    const problems: string[] = [];
    const sizes: string[] = [];
    for (const extension of await findExtensions()) {
      const measured = extension.toml.type === "theme" ? await themeSizes(extension) : await bundleSizes(extension);
      for (const { what, bytes, limit } of measured) {
        if (bytes > limit) problems.push(`${what}: ${bytes} bytes, allowed are ${limit}`);
        if (/bundle|compressed/.test(what)) sizes.push(`${what} ${bytes} of ${limit} bytes`);
      }
    }
    if (sizes.length > 0) say(sizes.join("; "));
    return problems;
  },
};

interface Size {
  what: string;
  bytes: number;
  limit: number;
}

async function themeSizes({ folder }: FoundExtension): Promise<Size[]> {
  const files = await listFiles(folder, /./);
  const sizes = await Promise.all(
    files.map(async (file) => ({ file, bytes: (await stat(path.join(ROOT, file))).size })),
  );
  const sum = (pattern: RegExp) =>
    sizes.filter(({ file }) => pattern.test(file)).reduce((total, { bytes }) => total + bytes, 0);
  const assets = files.filter((file) => /\/assets\/.*\.(js|css)$/.test(file));
  const compressed = assets.map(async (file) => ({
    what: `${file} compressed`,
    bytes: gzipSync(await readText(file)).length,
    limit: file.endsWith(".js") ? LIMITS.blockScript : LIMITS.blockStyles,
  }));
  return [
    ...(await Promise.all(compressed)),
    ...sizes
      .filter(({ file }) => /\/locales\//.test(file))
      .map(({ file, bytes }) => ({ what: file, bytes, limit: LIMITS.locale })),
    { what: `${folder}: Liquid`, bytes: sum(/\.liquid$/), limit: LIMITS.liquid },
    { what: folder, bytes: sum(/./), limit: LIMITS.theme },
  ];
}

/** Bundles each target as Shopify CLI does: one minified file with everything in it. */
async function bundleSizes({ folder, toml }: FoundExtension): Promise<Size[]> {
  const modules = toml.extensions.flatMap(({ targeting }) => targeting.flatMap(({ module }) => module ?? []));
  return Promise.all(
    modules.map(async (module) => ({
      what: `${folder}/${path.normalize(module)} bundle`,
      bytes: await bundleBytes(path.join(ROOT, folder, module)),
      limit: LIMITS.bundle,
    })),
  );
}

/** Size of the minified bundle of one entry file, in bytes. */
export async function bundleBytes(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    conditions: ["browser", "module"],
    logLevel: "silent",
  });
  return outputFiles.reduce((total, file) => total + file.contents.byteLength, 0);
}

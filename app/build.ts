import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import { generateClientIfStale } from "#prisma/generate-client.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "build", ".stamp");

/** Enough to find the mistake; the bundler lists every file it has seen behind it. */
const MAX_REPORT = 6_000;

/** A fingerprint of everything that goes into the build. */
function fingerprint(): string {
  const files = globSync(["app/**/*", "package-lock.json", "vite.config.ts", "prisma/schema.prisma"], {
    cwd: root,
    withFileTypes: true,
    exclude: (entry) => entry.name === "generated",
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256").update(process.version);
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest("hex");
}

/** Builds the browser's files and the three server bundles (pages, web host, worker), unless nothing has changed. */
export async function buildIfStale(): Promise<"built" | "fresh"> {
  generateClientIfStale();
  const wanted = fingerprint();
  if (readStamp() === wanted) return "fresh";
  rmSync(join(root, "build"), { recursive: true, force: true });
  const remix = spawnSync(process.execPath, [join(root, "node_modules/@remix-run/dev/dist/cli.js"), "vite:build"], {
    cwd: root,
    env: { ...environment(), NODE_ENV: "production" },
    encoding: "utf8",
  });
  if (remix.status !== 0)
    throw new Error(`the build failed:\n${`${remix.stdout}\n${remix.stderr}`.slice(0, MAX_REPORT)}`);
  await bundle({
    entryPoints: {
      server: join(root, "app/server.ts"),
      worker: join(root, "app/worker.server.ts"),
      // Where merchants' templates run: a thread of its own, found beside whoever starts it.
      "liquid-thread": join(root, "app/modules/notifications/templates/liquid-thread.ts"),
    },
    outdir: join(root, "build"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    packages: "external",
    jsx: "automatic",
    sourcemap: true,
    logLevel: "warning",
  });
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(stamp, wanted);
  return "built";
}

function readStamp(): string | undefined {
  try {
    return readFileSync(stamp, "utf8");
  } catch {
    return undefined;
  }
}

/** The build inherits the environment as it is; nothing in it is read here. */
function environment(): NodeJS.ProcessEnv {
  return globalThis.process.env;
}

if (import.meta.main) {
  await buildIfStale();
}

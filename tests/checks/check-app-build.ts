import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Check, ROOT, type Say } from "./check.ts";
import { runCommand, runTool, toolProblems } from "./run-tool.ts";

const VERSION = "4.8.2";
const CLI = ".cache/shopify-cli";
const COPY = ".cache/shopify-app-build";
const QUIET = { CI: "1", SHOPIFY_CLI_NO_ANALYTICS: "1", DO_NOT_TRACK: "1" };

/**
 * `shopify app build` on a copy. The CLI is no dependency of the project: it is fetched once, and where that is not
 * possible the gate says so and passes. The copy brings no dependencies of its own, because the CLI would install them
 * again; imports resolve upwards to the project's node_modules.
 */
export const checkAppBuild: Check = {
  name: "shopify app build",
  async run(say) {
    if (!(await ensureCli(say))) return [];
    await makeCopy();
    const result = await runTool(
      `${CLI}/node_modules/@shopify/cli/bin/run.js`,
      ["app", "build", "--skip-dependencies-installation"],
      { cwd: path.join(ROOT, COPY), env: { ...QUIET, XDG_CONFIG_HOME: path.join(ROOT, CLI, "config") } },
    );
    // Exit code 0 alone proves little: the CLI also ends with 0 when theme check found errors.
    if (result.code === 0 && !/\bbuilt!/.test(result.output)) return ["did not say that it was built", result.output];
    return toolProblems(result);
  },
};

async function ensureCli(say: Say): Promise<boolean> {
  if ((await installedVersion()) === VERSION) return true;
  await mkdir(path.join(ROOT, CLI), { recursive: true });
  const args = [
    "install",
    "--prefix",
    CLI,
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
    // A machine without network should learn it at once.
    "--fetch-retries=0",
    `@shopify/cli@${VERSION}`,
  ];
  const { code, output } = await runCommand("npm", args, { timeoutMs: 240_000 });
  if (code === 0 && (await installedVersion()) === VERSION) return true;
  say(`NOT RUN: @shopify/cli ${VERSION} could not be installed (${output.trim().split("\n")[0] || "no output"})`);
  return false;
}

async function installedVersion(): Promise<string | null> {
  const file = path.join(ROOT, CLI, "node_modules/@shopify/cli/package.json");
  const text = await readFile(file, "utf8").catch(() => "{}");
  return (JSON.parse(text) as { version?: string }).version ?? null;
}

async function makeCopy(): Promise<void> {
  const copy = path.join(ROOT, COPY);
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  await cp(path.join(ROOT, "shopify.app.toml"), path.join(copy, "shopify.app.toml"));
  await cp(path.join(ROOT, "extensions"), path.join(copy, "extensions"), {
    recursive: true,
    filter: (source) => !/[\\/](dist|node_modules)$/.test(source),
  });
  await writeFile(path.join(copy, "package.json"), JSON.stringify({ name: "doorstep-build", private: true }));
}

import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ROOT } from "#tests/checks/check.ts";
import type { BenchRow } from "./bench.ts";

const FOLDER = path.join(ROOT, ".cache/bench");

/** Bundled as the worker is, because layouts of mails are JSX; and with React's production build, as the worker runs it. */
export async function measureRendering(): Promise<{ mailsPerSecond: number; rows: BenchRow[] }> {
  process.env["NODE_ENV"] = "production";
  await build({
    entryPoints: {
      "render-mails": path.join(ROOT, "tests/bench/render-mails.ts"),
      "liquid-thread": path.join(ROOT, "app/modules/notifications/templates/liquid-thread.ts"),
    },
    ...{ outdir: FOLDER, bundle: true, format: "esm", platform: "node", packages: "external", jsx: "automatic" },
    logLevel: "warning",
  });
  const file = pathToFileURL(path.join(FOLDER, "render-mails.js")).href;
  const { renderMails } = (await import(file)) as typeof import("./render-mails.ts");
  return renderMails();
}

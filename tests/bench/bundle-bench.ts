import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ROOT } from "#tests/checks/check.ts";

const FOLDER = path.join(ROOT, ".cache/bench");

/** Bundled as the worker is, because layouts of mails are JSX; and with React's production build, as the worker runs it. */
export async function importBundled<Module>(name: string): Promise<Module> {
  process.env["NODE_ENV"] = "production";
  await build({
    entryPoints: {
      [name]: path.join(ROOT, `tests/bench/${name}.ts`),
      "liquid-thread": path.join(ROOT, "app/modules/notifications/templates/liquid-thread.ts"),
    },
    ...{ outdir: FOLDER, bundle: true, format: "esm", platform: "node", packages: "external", jsx: "automatic" },
    logLevel: "warning",
  });
  return (await import(pathToFileURL(path.join(FOLDER, `${name}.js`)).href)) as Module;
}

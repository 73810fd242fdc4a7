import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ROOT } from "../checks/check.ts";
import { runTool } from "../checks/run-tool.ts";
import { temporaryProject, type TemporaryProject } from "./temporary-project.ts";

const MODULES = "app/modules";

/** Each line: the rule, who imports, whom. */
const refused: ReadonlyArray<readonly [rule: string, from: string, to: string]> = [
  ["zone-routes", "app/routes/home.tsx", "app/jobs/poll.ts"],
  ["zone-routes", "app/routes/index.ts", "app/routes/home.tsx"],
  ["zone-routes", "app/routes/mail.tsx", "app/emails/layout.tsx"],
  ["zone-jobs", "app/jobs/poll.ts", "app/components/chart.tsx"],
  ["zone-jobs", "app/worker.server.ts", "app/shopify.server.ts"],
  ["zone-enqueue", "app/jobs/define-job.ts", `${MODULES}/orders/read-order.ts`],
  ["zone-modules", `${MODULES}/orders/read-order.ts`, `${MODULES}/shipments/fold.ts`],
  ["zone-modules", `${MODULES}/shops/settings.ts`, `${MODULES}/orders/read-order.ts`],
  ["zone-modules", `${MODULES}/intake/store.ts`, "app/jobs/poll.ts"],
  ["zone-modules", `${MODULES}/analytics/record-fact.ts`, "app/services.server.ts"],
  ["zone-modules", `${MODULES}/activity/record.ts`, "app/components/chart.tsx"],
  ["zone-shipments", `${MODULES}/shipments/fold.ts`, `${MODULES}/notifications/plan.ts`],
  ["zone-shipments", `${MODULES}/shipments/watch.ts`, `${MODULES}/orders/read-order.ts`],
  ["zone-features", `${MODULES}/storefront/view.ts`, `${MODULES}/notifications/plan.ts`],
  ["zone-features", `${MODULES}/storefront/page.ts`, "app/emails/layout.tsx"],
  ["zone-features", `${MODULES}/foresight/model.ts`, `${MODULES}/carriers/detect.ts`],
  ["zone-notifications", `${MODULES}/notifications/plan.ts`, `${MODULES}/carriers/ups/read-ups.ts`],
  ["zone-vendor-folders", `${MODULES}/carriers/ups/read-ups.ts`, `${MODULES}/carriers/fedex/read-fedex.ts`],
  ["zone-vendor-folders", `${MODULES}/carriers/ups/save-ups.ts`, "app/generated/prisma/client.ts"],
  ["zone-vendor-folders", `${MODULES}/carriers/fedex/read-fedex.ts`, `${MODULES}/shops/settings.ts`],
  ["zone-vendor-folders", `${MODULES}/carriers/fedex/list.ts`, `${MODULES}/carriers/registry.ts`],
  ["zone-vendor-files", `${MODULES}/helpdesk/zendesk.ts`, `${MODULES}/helpdesk/gorgias.ts`],
  ["zone-vendor-files", `${MODULES}/helpdesk/gorgias.ts`, `${MODULES}/activity/record.ts`],
  ["module-doors", `${MODULES}/shipments/deep.ts`, `${MODULES}/carriers/ups/read-ups.ts`],
  ["module-doors-from-outside", "app/jobs/deep.ts", `${MODULES}/carriers/ups/read-ups.ts`],
  ["zone-views", "app/emails/layout.tsx", `${MODULES}/notifications/plan.ts`],
  ["zone-views", "app/components/chart.tsx", "app/services.server.ts"],
  ["views-apart", "app/components/button.tsx", "app/emails/layout.tsx"],
  ["zone-lib", "app/lib/money.ts", `${MODULES}/shops/settings.ts`],
  ["zone-extensions", "extensions/one/src/view.tsx", "app/lib/money.ts"],
  ["no-tests-in-the-product", "app/lib/hook.ts", "tests/fake.ts"],
  ["pure-files-stay-pure", `${MODULES}/orders/pure.ts`, "app/lib/db.server.ts"],
  ["no-barrels", `${MODULES}/intake/store.ts`, `${MODULES}/intake/index.ts`],
  ["no-cycles", "app/lib/left.ts", "app/lib/right.ts"],
  ["resolvable", "app/lib/lost.ts", "app/lib/nowhere.ts"],
];

const accepted: ReadonlyArray<readonly [from: string, to: string]> = [
  ["app/routes/good.tsx", `${MODULES}/shipments/fold.ts`],
  ["app/routes/good.tsx", "app/components/pick.tsx"],
  ["app/routes/good.tsx", "app/shopify.server.ts"],
  ["app/jobs/good.ts", `${MODULES}/orders/read-order.ts`],
  ["app/jobs/good.ts", "app/services.server.ts"],
  [`${MODULES}/orders/good.ts`, "app/jobs/define-job.ts"],
  [`${MODULES}/orders/good.ts`, `${MODULES}/shops/settings.ts`],
  [`${MODULES}/shipments/good.ts`, `${MODULES}/carriers/carrier.ts`],
  [`${MODULES}/shipments/good.ts`, `${MODULES}/analytics/record-fact.ts`],
  [`${MODULES}/storefront/good.ts`, `${MODULES}/shipments/fold.ts`],
  [`${MODULES}/storefront/good.ts`, `${MODULES}/carriers/status.ts`],
  [`${MODULES}/notifications/good.ts`, "app/emails/frame.tsx"],
  [`${MODULES}/carriers/ups/good.ts`, `${MODULES}/carriers/carrier.ts`],
  [`${MODULES}/carriers/ups/good.ts`, `${MODULES}/carriers/clean-text.ts`],
  [`${MODULES}/carriers/registry.ts`, `${MODULES}/carriers/ups/good.ts`],
  [`${MODULES}/orders/good.server.ts`, "app/lib/db.server.ts"],
];

const cruised = z.looseObject({
  summary: z.looseObject({
    violations: z.array(z.looseObject({ from: z.string(), to: z.string(), rule: z.looseObject({ name: z.string() }) })),
  }),
});

/** One project with every import of both tables; `#app/…` for imports of app code, as the real tree writes them. */
function sources(): Record<string, string> {
  const files = new Map<string, string[]>();
  const touch = (file: string): string[] => files.get(file) ?? files.set(file, []).get(file) ?? [];
  const edges = [
    ...refused.map(([, from, to]) => [from, to] as const),
    ...accepted,
    ["app/lib/right.ts", "app/lib/left.ts"],
  ];
  for (const [from = "", to = ""] of edges) {
    if (to !== "app/lib/nowhere.ts") touch(to);
    const target = to.startsWith("app/") ? `#${to}` : path.posix.relative(path.posix.dirname(from), to);
    touch(from).push(`import "${target}";`);
  }
  touch(`${MODULES}/orders/pure-types.ts`).push(
    'import type { Db } from "#app/lib/db.server.ts";',
    "export type X = Db;",
  );
  return Object.fromEntries([...files].map(([file, lines]) => [file, `${lines.join("\n")}\nexport {};\n`]));
}

describe(".dependency-cruiser.cjs", () => {
  let project: TemporaryProject;
  const violations = new Set<string>();

  beforeAll(async () => {
    project = await temporaryProject({
      "package.json": JSON.stringify({ type: "module", imports: { "#app/*": "./app/*" } }),
      "tsconfig.json": JSON.stringify({ compilerOptions: { module: "ESNext", moduleResolution: "Bundler" } }),
      ...sources(),
    });
    const config = path.join(ROOT, ".dependency-cruiser.cjs");
    const args = ["--config", config, "--output-type", "json", "app", "extensions", "tests"];
    const tool = "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs";
    const { output } = await runTool(tool, args, { cwd: project.root });
    for (const { from, to, rule } of cruised.parse(JSON.parse(output)).summary.violations) {
      violations.add(`${rule.name}: ${from} -> ${to.replace(/^#/, "")}`);
    }
  }, 60_000);

  afterAll(() => project.remove());

  test.each(refused)("%s refuses %s -> %s", (rule, from, to) => {
    expect([...violations]).toContain(`${rule}: ${from} -> ${to}`);
  });

  test.each(accepted)("accepts %s -> %s", (from, to) => {
    expect([...violations].filter((violation) => violation.endsWith(`: ${from} -> ${to}`))).toEqual([]);
  });

  test("a pure file may name the types of a server file", () => {
    expect([...violations].filter((violation) => violation.includes("pure-types.ts"))).toEqual([]);
  });
});

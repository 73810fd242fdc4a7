import path from "node:path";
import { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../checks/check.ts";
import { temporaryProject, type TemporaryProject } from "./temporary-project.ts";

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "Bundler",
    jsx: "preserve",
    types: [],
    noEmit: true,
  },
  include: ["app", "tests", "extensions"],
});

const lines = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join("\n");

interface Case {
  file: string;
  code: string;
  rule: string;
}

/** Each breaks one rule. */
const broken: Record<string, Case> = {
  any: { file: "app/lib/any.ts", code: "export const x: any = 1;", rule: "@typescript-eslint/no-explicit-any" },
  "as any": {
    file: "app/lib/as-any.ts",
    code: "export const x = 1 as any;",
    rule: "@typescript-eslint/no-explicit-any",
  },
  "ts-ignore": {
    file: "app/lib/ignore.ts",
    code: "// @ts-ignore\nexport const x: string = 1;",
    rule: "@typescript-eslint/ban-ts-comment",
  },
  "ts-expect-error": {
    file: "app/lib/expect.ts",
    code: "// @ts-expect-error why\nexport const x: string = 1;",
    rule: "@typescript-eslint/ban-ts-comment",
  },
  console: { file: "app/lib/console.ts", code: "console.error('x');", rule: "no-console" },
  "process.env": {
    file: "app/lib/other.server.ts",
    code: "export const x = process.env.HOME;",
    rule: "no-restricted-syntax",
  },
  "process.env in a module": {
    file: "app/modules/a/env.server.ts",
    code: "export const x = process.env.HOME;",
    rule: "no-restricted-syntax",
  },
  "imported env": {
    file: "app/lib/imported.server.ts",
    code: "import { env } from 'node:process';\nexport const x = env;",
    rule: "no-restricted-imports",
  },
  "new Date()": {
    file: "app/modules/a/date.ts",
    code: "export const x = () => new Date();",
    rule: "no-restricted-syntax",
  },
  "Date.now()": {
    file: "app/modules/a/now.ts",
    code: "export const x = () => Date.now();",
    rule: "no-restricted-syntax",
  },
  "Temporal.Now": {
    file: "app/modules/a/temporal.ts",
    code: "declare const Temporal: { Now: { instant(): number } };\nexport const x = () => Temporal.Now.instant();",
    rule: "no-restricted-syntax",
  },
  "signature ===": {
    file: "app/lib/sign.ts",
    code: "export const x = (signature: string, b: string) => signature === b;",
    rule: "no-restricted-syntax",
  },
  "member !== hmac": {
    file: "app/lib/hmac.ts",
    code: "export const x = (a: { hmacHeader: string }, b: string) => b !== a.hmacHeader;",
    rule: "no-restricted-syntax",
  },
  "digest ==": {
    file: "tests/digest.ts",
    code: "export const x = (bodyDigest: string, b: string) => bodyDigest === b;",
    rule: "no-restricted-syntax",
  },
  "signatures.includes": {
    file: "app/lib/includes.ts",
    code: "export const x = (all: string[], signature: string) => all.includes(signature);",
    rule: "no-restricted-syntax",
  },
  barrel: { file: "app/modules/a/doors.ts", code: "export * from './date.ts';", rule: "no-restricted-syntax" },
  "named barrel": { file: "app/lib/doors.ts", code: "export { x } from './any.ts';", rule: "no-restricted-syntax" },
  "file of 301 lines": {
    file: "app/lib/long.ts",
    code: lines(301, (i) => `export const x${i} = ${i};`),
    rule: "max-lines",
  },
  "function of 81 lines": {
    file: "app/lib/fn.ts",
    code: `export function f(){\n${lines(80, (i) => `void ${i};`)}\n}`,
    rule: "max-lines-per-function",
  },
  "five parameters": {
    file: "app/lib/params.ts",
    code: "export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];",
    rule: "max-params",
  },
  "==": { file: "app/lib/eq.ts", code: "export const f = (a: string, b: string) => a == b;", rule: "eqeqeq" },
  "unfinished comment": {
    file: "app/lib/later.ts",
    code: `// ${"TO"}${"DO"} later\nexport const x = 1;`,
    rule: "no-warning-comments",
  },
  "lost promise": {
    file: "app/lib/lost.ts",
    code: "export const f = () => { Promise.resolve(); };",
    rule: "@typescript-eslint/no-floating-promises",
  },
  "promise as condition": {
    file: "app/lib/cond.ts",
    code: "export const f = (p: Promise<boolean>) => { if (p) return 1; return 2; };",
    rule: "@typescript-eslint/no-misused-promises",
  },
  "a test that runs alone": {
    file: "tests/only.test.ts",
    code: "declare const test: { only(name: string, run: () => void): void };\ntest.only('x', () => undefined);",
    rule: "no-restricted-syntax",
  },
  "conditional hook": {
    file: "app/components/hook.tsx",
    code: "declare function useState(): number;\nexport function View({ on }: { on: boolean }) {\n  if (on) useState();\n  return null;\n}",
    rule: "react-hooks/rules-of-hooks",
  },
  "hook without its dependency": {
    file: "app/components/deps.tsx",
    code: "declare function useEffect(run: () => void, deps: unknown[]): void;\nexport function View({ on }: { on: boolean }) {\n  useEffect(() => void on, []);\n  return null;\n}",
    rule: "react-hooks/exhaustive-deps",
  },
  "an empty excuse": {
    file: "app/lib/excuse.ts",
    code: "// eslint-disable-next-line no-console\nexport const x = 1;",
    rule: "unused-directive",
  },
};

/** What stands close to a rule and is fine. */
const fine: Record<string, { file: string; code: string }> = {
  "the environment in its one file": { file: "app/lib/env.server.ts", code: "export const x = process.env;" },
  "the environment in tests": { file: "tests/env.ts", code: "export const x = process.env;" },
  "a parsed date": { file: "app/modules/a/parse.ts", code: "export const f = (text: string) => new Date(text);" },
  "a clock in the library": { file: "app/lib/clock.ts", code: "export const f = () => new Date();" },
  "an undefined signature": {
    file: "app/lib/undefined.ts",
    code: "export const f = (a: { signature?: string }) => a.signature === undefined;",
  },
  "a missing signature": {
    file: "app/lib/none.ts",
    code: "export const f = (signature: string | null) => signature === null;",
  },
  "the length of a signature": {
    file: "app/lib/length.ts",
    code: "export const f = (signature: string) => signature.length === 64;",
  },
  "a loader taken over by a route": { file: "app/routes/b.ts", code: "export { x } from '../lib/fine.ts';" },
  "a barrel of types is none in a test": {
    file: "tests/types.ts",
    code: "export type { X } from '../app/lib/fine.ts';",
  },
};

describe("eslint.config.js", () => {
  let project: TemporaryProject;
  const messages = new Map<string, string[]>();

  beforeAll(async () => {
    const sources = [...Object.values(broken), ...Object.values(fine)];
    project = await temporaryProject({
      "tsconfig.json": TSCONFIG,
      "app/globals.d.ts": "declare const process: { env: Record<string, string> };",
      "app/lib/fine.ts": "export const x = 1;\nexport type X = number;",
      ...Object.fromEntries(sources.map(({ file, code }) => [file, `${code}\n`])),
    });
    const eslint = new ESLint({ cwd: project.root, overrideConfigFile: path.join(ROOT, "eslint.config.js") });
    for (const { filePath, messages: found } of await eslint.lintFiles(["."])) {
      const file = path.relative(project.root, filePath).replaceAll(path.sep, "/");
      messages.set(
        file,
        found.map(({ ruleId }) => ruleId ?? "unused-directive"),
      );
    }
  }, 60_000);

  afterAll(() => project.remove());

  test.each(Object.entries(broken))("refuses %s", (_name, { file, rule }) => {
    expect(messages.get(file)).toContain(rule);
  });

  test.each(Object.entries(fine))("accepts %s", (_name, { file }) => {
    expect(messages.get(file)).toEqual([]);
  });
});

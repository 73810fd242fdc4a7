import { describe, expect, test } from "vitest";
import { braceArguments, type Catalogue, icuArguments, surfaceProblems } from "../checks/check-locales.ts";
import { lockProblems } from "../checks/check-lock-file.ts";
import { nameProblems, sourceProblems } from "../checks/check-source-rules.ts";
import { unusedKeys } from "../checks/check-unused-texts.ts";
import { runChecks } from "../checks/run-checks.ts";

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "ja"];

test("a text is used when it is named whole, put together, or looked up by its prefix", () => {
  const keys = ["home.title", "step.one.text", "step.one.more", "kind.shipped", "kinds.shipped", "home.titles"];
  const source = 'texts("home.title"); texts(`step.${name}.text`); textOf("kind", event.key);';
  expect(unusedKeys(keys, source)).toEqual(["step.one.more", "kinds.shipped", "home.titles"]);
});

describe("locales", () => {
  const surface = (messages: object, changes: Record<string, unknown> = {}): Catalogue[] =>
    LANGUAGES.map((language) => ({
      file: `app/locales/${language}.json`,
      language,
      json: changes[language] ?? messages,
    }));
  const icu = (messages: object, changes: Record<string, unknown> = {}): string =>
    surfaceProblems(surface(messages, changes), icuArguments).join("\n");

  test("the same keys and arguments everywhere pass", () => {
    const parcels = "{count, plural, one {# parcel} other {# parcels}} for {name}";
    expect(
      icu(
        { parcels, nested: { text: "x" } },
        { ja: { parcels: "{name}:{count, plural, other {#}}", nested: { text: "y" } } },
      ),
    ).toBe("");
  });

  test.each([
    ["a missing key", { a: "x", b: "y" }, { de: { a: "x" } }, "de.json: b is missing"],
    ["a key of its own", { a: "x" }, { de: { a: "x", c: "y" } }, "c is not in English"],
    ["an empty text", { a: "x" }, { fr: { a: " " } }, "a is empty"],
    ["another argument", { a: "{name}" }, { it: { a: "{nome}" } }, "{nome}, English has {name}"],
    ["a message that cannot be read", { a: "{name}" }, { es: { a: "{name" } }, "cannot be read"],
    ["something that is no text", { a: "x" }, { nl: { a: 7 } }, "neither text nor"],
  ])("%s is reported", (_name, messages, changes, problem) => expect(icu(messages, changes)).toContain(problem));

  test("a missing language is reported", () => {
    const without = surface({ a: "x" }).filter(({ language }) => language !== "ja");
    expect(surfaceProblems(without, braceArguments)).toEqual(["app/locales/en.json: there is no ja beside it"]);
  });

  test("Shopify's own placeholders are compared, too", () => {
    expect(surfaceProblems(surface({ a: "{{n}}" }, { de: { a: "{{m}}" } }), braceArguments)).toHaveLength(1);
  });
});

describe("lock file", () => {
  const entry = (changes: object = {}) => ({
    version: "1.0.0",
    integrity: "sha512-x",
    dependencies: {},
    optionalDependencies: {},
    ...changes,
  });

  test("a complete one passes, nested packages and links included", () => {
    const packages = {
      "": entry({ dependencies: { a: "1" }, version: undefined, integrity: undefined }),
      "node_modules/a": entry({ dependencies: { b: "1", c: "1" } }),
      "node_modules/a/node_modules/b": entry({ dependencies: { c: "1" } }),
      "node_modules/c": entry(),
      "node_modules/d": entry({ link: true, resolved: "packages/d", integrity: undefined }),
    };
    expect(lockProblems({ packages })).toEqual([]);
  });

  test("a platform package that the lock lacks is reported", () => {
    const packages = { "node_modules/a": entry({ optionalDependencies: { "@a/darwin": "1" } }) };
    expect(lockProblems({ packages })[0]).toContain("lacks @a/darwin");
  });

  test("a registry's address and a missing integrity are reported", () => {
    const packages = { "node_modules/a": entry({ resolved: "https://mirror.example/a.tgz", integrity: undefined }) };
    expect(lockProblems({ packages })).toHaveLength(2);
  });
});

describe("source rules", () => {
  test("no screen speaks of a shop's domain", () => {
    expect(sourceProblems("app/routes/login.tsx", '\n<TextField placeholder="x.myshopify.com" />')).toEqual([
      "app/routes/login.tsx:2 speaks of a myshopify domain on a screen",
    ]);
    expect(sourceProblems("app/modules/shops/read-domain.ts", '"x.myshopify.com"')).toEqual([]);
  });

  test("no machine's folders and no registry's address", () => {
    const folder = ["", "home", "ada", "app"].join("/");
    expect(sourceProblems("tests/x.ts", `read("${folder}")`)).toHaveLength(1);
    expect(sourceProblems(".npmrc", ["registry", "https://mirror.example/"].join("="))).toHaveLength(1);
    expect(sourceProblems("tests/x.ts", 'get("/admin/home/today")')).toEqual([]);
  });

  test.each([
    ["app/lib/string-utils.ts", "catch-all"],
    ["app/modules/orders/helpers/x.ts", "catch-all"],
    ["app/modules/orders/readOrder.ts", "kebab-case"],
    ["app/routes/auth.login.tsx", "no login page"],
  ])("%s is refused", (file, problem) => expect(nameProblems(file).join("\n")).toContain(problem));

  test.each(["app/routes/app._index.tsx", "app/modules/orders/read-order.server.ts", "app/components/chart.tsx"])(
    "%s is accepted",
    (file) => expect(nameProblems(file)).toEqual([]),
  );
});

describe("running checks", () => {
  test("prints a line each and fails when one has a problem or breaks", async () => {
    const lines: string[] = [];
    const checks = [
      { name: "good", run: (say: (note: string) => void) => Promise.resolve([]).then(() => (say("a note"), [])) },
      { name: "bad", run: () => Promise.resolve(["the problem"]) },
      { name: "broken", run: () => Promise.reject(new Error("it broke")) },
    ];
    expect(await runChecks(checks, { lanes: 2, print: (line) => lines.push(line) })).toBe(1);
    const text = lines.join("\n");
    expect(text).toMatch(/ok +\d+\.\d s {2}good \(a note\)/);
    expect(text).toMatch(/FAILED +\d+\.\d s {2}bad\n +the problem/);
    expect(text).toContain("it broke");
    expect(text).toContain("2 of 3 checks failed");
  });

  test("passes when all pass", async () => {
    expect(
      await runChecks([{ name: "good", run: () => Promise.resolve([]) }], { lanes: 2, print: () => undefined }),
    ).toBe(0);
  });
});

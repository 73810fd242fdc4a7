import { describe, expect, test } from "vitest";
import { type BlockSchemaContext, blockSchemaProblems } from "../checks/block-schema.ts";
import { appTomlProblems } from "../checks/check-app-toml.ts";
import { settingTypes } from "../checks/check-block-schemas.ts";
import { reactUse, tomlProblems } from "../checks/check-extensions.ts";
import { parseExtensionToml } from "../checks/read-toml.ts";
import { appToml } from "./app-toml.ts";

const facts = { topics: ["ORDERS_CREATE"], extensionUrl: "https://app.example.com" };

describe("shopify.app.toml", () => {
  test("a sound one passes", () => expect(appTomlProblems(appToml(), facts)).toEqual([]));

  test.each([
    ["a wrong client id", { lines: { client_id: '"abc"' } }, "client_id"],
    ["not embedded", { lines: { embedded: "false" } }, "embedded"],
    ["the legacy install flow", { lines: { use_legacy_install_flow: "true" } }, "legacy"],
    ["an old API", { lines: { api_version: '"2025-07"' } }, "api_version"],
    ["an unknown topic", { topics: ["orders/shipped"] }, "topic orders/shipped does not exist"],
    ["a topic twice", { topics: ["orders/create", "orders/create"] }, "twice"],
    ["a missing compliance topic", { compliance: ["shop/redact"] }, "customers/redact is missing"],
    ["a proxy without its scope", { scopes: "read_orders" }, "write_app_proxy"],
    ["a reserved subpath", { lines: { subpath: '"admin"' } }, "subpath"],
    [
      "a redirect to elsewhere",
      { lines: { redirect_urls: '["https://evil.example/x"]' } },
      "not below application_url",
    ],
    ["a plain-text address", { lines: { application_url: '"http://app.example.com"' } }, "https"],
  ])("refuses %s", (_name, changes, problem) => {
    expect(appTomlProblems(appToml(changes), facts).join("\n")).toContain(problem);
  });

  test("refuses an extension that speaks to another address", () => {
    const other = { ...facts, extensionUrl: "https://old.example.com" };
    expect(appTomlProblems(appToml(), other).join("\n")).toContain("DEPLOYED_APP_URL");
  });
});

describe("extension guard", () => {
  const guard = (version: string, targets: string[], type = "ui_extension"): string => {
    const targeting = targets.map((target) => `[[extensions.targeting]]\nmodule = "./x.tsx"\ntarget = "${target}"`);
    const text = `api_version = "${version}"\n[[extensions]]\ntype = "${type}"\nhandle = "x"\nuid = "u"\n${targeting.join("\n")}`;
    return tomlProblems({ folder: "extensions/x", toml: parseExtensionToml(text) }).join("\n");
  };

  test("accepts what may be deployed", () => {
    expect(guard("2026-07", ["customer-account.order-status.block.render"])).toBe("");
    expect(guard("2026-10", ["customer-account.page.render"])).toBe("");
  });

  test.each([
    ["the last React version", "2025-07", ["a"], "older than 2026-07"],
    ["no version", "", ["a"], "older than"],
    ["a full page beside others", "2026-07", ["customer-account.page.render", "a"], "full-page"],
    ["no target", "2026-07", [], "no target"],
  ])("refuses %s", (_name, version, targets, problem) => expect(guard(version, targets)).toContain(problem));

  test("finds React in sources and package files", () => {
    expect(reactUse('import { Text } from "@shopify/ui-extensions-react/customer-account";')).toHaveLength(1);
    expect(reactUse('{"dependencies": {"react": "18"}}')).toEqual(["react"]);
    expect(reactUse('import { render } from "preact";\n"preact/hooks"')).toEqual([]);
  });
});

describe("app-block schema", () => {
  const context: BlockSchemaContext = {
    settingTypes: settingTypes(),
    assets: new Set(["block.css"]),
    translations: new Map([
      [
        "en.default.schema.json",
        new Map([
          ["name", "Short"],
          ["label", "Label"],
        ]),
      ],
      [
        "de.schema.json",
        new Map([
          ["name", "Ein Name, der viel zu lang für den Editor ist"],
          ["label", "x"],
        ]),
      ],
    ]),
  };
  const check = (schema: unknown, before = "{{ block.settings.a }}"): string =>
    blockSchemaProblems(`${before}{% schema %}${JSON.stringify(schema)}{% endschema %}`, context).join("\n");
  const block = (changes: object, setting: object = {}): object => ({
    name: "Block",
    target: "section",
    settings: [{ type: "text", id: "a", label: "A", ...setting }],
    ...changes,
  });

  test("a sound block passes", () => expect(check(block({ stylesheet: "block.css" }))).toBe(""));

  test.each([
    ["a wrong target", block({ target: "footer" }), "schema.target"],
    ["an unknown key", block({ presets: [] }), "presets"],
    ["a long name", block({ name: "A name of more than 25 characters" }), "longer than 25"],
    ["a name that is long in one language", block({ name: "t:name" }), "de.schema.json"],
    ["an unknown setting type", block({}, { type: "colour" }), "type colour does not exist"],
    ["a missing label", block({}, { label: undefined }), "label is missing"],
    ["an empty default", block({}, { default: "" }), "empty default"],
    [
      "an id twice",
      {
        ...block({}),
        settings: [
          { type: "text", id: "a", label: "A" },
          { type: "text", id: "a", label: "B" },
        ],
      },
      "used twice",
    ],
    ["a range without default", block({}, { type: "range", min: 1, max: 9, step: 2 }), "needs a default"],
    ["a default off the range", block({}, { type: "range", min: 1, max: 9, step: 2, default: 4 }), "not on the range"],
    [
      "a default that is no option",
      block({}, { type: "select", options: [{ value: "x", label: "X" }], default: "y" }),
      "not an option",
    ],
    ["a missing translation", block({ name: "t:nothing" }), "translation nothing is missing"],
    ["a missing asset", block({ javascript: "gone.js" }), "gone.js does not exist"],
    ["on and off at once", block({ enabled_on: {}, disabled_on: {} }), "only one is allowed"],
    ["a free available_if", block({ available_if: "{{ shop.name }}" }), "one app metafield"],
  ])("refuses %s", (_name, schema, problem) => expect(check(schema)).toContain(problem));

  test("refuses a setting that the block and the schema do not share", () => {
    expect(check(block({}), "{{ block.settings.b }}")).toContain("block.settings.b is not in the schema");
    expect(check(block({}), "")).toContain("setting a is not used");
  });

  test("refuses a file without a schema, or with a broken one", () => {
    expect(blockSchemaProblems("<p>", context)).toEqual(["has 0 schema tags, must have one"]);
    expect(blockSchemaProblems("{% schema %}{,}{% endschema %}", context)[0]).toContain("not JSON");
  });
});

import { afterEach, describe, expect, test } from "vitest";
import { themeProblems } from "../checks/check-theme.ts";
import { bundleBytes } from "../checks/check-sizes.ts";
import path from "node:path";
import { temporaryProject, type TemporaryProject } from "./temporary-project.ts";

let project: TemporaryProject | undefined;
afterEach(() => project?.remove());

const SCHEMA = '{% schema %}{"name": "Block", "target": "section", "settings": []}{% endschema %}';

async function problems(block: string, files: Record<string, string> = {}): Promise<string> {
  project = await temporaryProject({
    "blocks/block.liquid": `${block}${SCHEMA}`,
    "locales/en.default.json": "{}",
    ...files,
  });
  return (await themeProblems(project.root)).join("\n");
}

describe("theme check", () => {
  test("accepts a sound block", async () => expect(await problems("<p>Hi</p>")).toBe(""));

  test.each([
    ["a tag that extensions may not use", "{% include 'x' %}", "include"],
    ["a missing snippet", "{% render 'gone' %}", "gone"],
    ["a missing translation", "{{ 'nothing' | t }}", "nothing"],
    ["an unclosed element", "<div><p></div>", "p"],
  ])("refuses %s", async (_name, block, problem) => expect(await problems(block)).toContain(problem));

  test("refuses a script that is too heavy", async () => {
    const noise = Array.from({ length: 6000 }, (_, i) => ((i * 2654435761) % 4294967296).toString(36)).join("");
    const block = SCHEMA.replace('"settings"', '"javascript": "big.js", "settings"');
    project = await temporaryProject({
      "blocks/block.liquid": block,
      "assets/big.js": `"${noise}"`,
      "locales/en.default.json": "{}",
    });
    expect((await themeProblems(project.root)).join("\n")).toContain("AssetSizeAppBlockJavaScript");
  });
});

test("the size of a bundle includes what it imports", async () => {
  project = await temporaryProject({
    "main.ts": 'import { text } from "./text.ts"; (globalThis as { x?: string }).x = text;',
    "text.ts": `export const text = "${"x".repeat(5000)}";`,
  });
  expect(await bundleBytes(path.join(project.root, "main.ts"))).toBeGreaterThan(5000);
});

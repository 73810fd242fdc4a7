import { IntlMessageFormat } from "intl-messageformat";
import type { Check } from "./check.ts";
import { flattenMessages } from "./flatten-messages.ts";
import { listFiles, readText } from "./list-files.ts";

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "ja"];
const LOCALE_PART = /(^|[/.])(en|de|fr|es|it|pt|nl|ja)(-[A-Z]{2})?(\.default)?(?=[/.])/;

/** One language of one surface. */
export interface Catalogue {
  file: string;
  language: string;
  json: unknown;
}

/** Every language of every surface says the same things: same keys, same arguments, readable messages. */
export const checkLocales: Check = {
  name: "locales",
  async run() {
    const files = [
      ...(await listFiles("app", /\.json$/)),
      ...(await listFiles("extensions", /\/locales\/.*\.json$/)),
    ].filter((file) => LOCALE_PART.test(file));
    const surfaces = new Map<string, Catalogue[]>();
    const problems: string[] = [];
    for (const file of files) {
      const surface = surfaceOf(file);
      const json = await readText(file)
        .then(JSON.parse)
        .catch(() => null);
      if (json === null) problems.push(`${file}: is not JSON`);
      else
        surfaces.set(surface.name, [...(surfaces.get(surface.name) ?? []), { file, language: surface.language, json }]);
    }
    for (const [name, catalogues] of surfaces) {
      problems.push(...surfaceProblems(catalogues, name.startsWith("app/") ? icuArguments : braceArguments));
    }
    return problems;
  },
};

/** "app/x/locales/de.json" → surface "app/x/locales/*.json", language "de". */
function surfaceOf(file: string): { name: string; language: string } {
  return { name: file.replace(LOCALE_PART, "$1*"), language: LOCALE_PART.exec(file)?.[2] ?? "" };
}

/** Reads the arguments of one message; throws when the message cannot be read. */
type ReadArguments = (message: string, language: string) => string[];

/** Compares all languages of one surface with English. */
export function surfaceProblems(catalogues: readonly Catalogue[], readArguments: ReadArguments): string[] {
  const read = catalogues.map((catalogue) => ({ ...catalogue, ...flattenMessages(catalogue.json) }));
  const english = read.find(({ language }) => language === "en");
  if (!english) return [`${catalogues[0]?.file ?? "a surface"}: there is no English beside it`];
  const problems = LANGUAGES.filter((language) => !read.some((catalogue) => catalogue.language === language)).map(
    (language) => `${english.file}: there is no ${language} beside it`,
  );
  for (const { file, language, texts, problems: shape } of read) {
    problems.push(...shape.map((problem) => `${file}: ${problem}`));
    problems.push(
      ...[...english.texts.keys()].filter((key) => !texts.has(key)).map((key) => `${file}: ${key} is missing`),
    );
    for (const [key, text] of texts) {
      const model = english.texts.get(key);
      if (model === undefined) problems.push(`${file}: ${key} is not in English`);
      else if (text.trim() === "") problems.push(`${file}: ${key} is empty`);
      else
        problems.push(...argumentProblems({ text, model, language, readArguments }).map((p) => `${file}: ${key} ${p}`));
    }
  }
  return problems;
}

interface Message {
  text: string;
  /** The English text. */
  model: string;
  language: string;
  readArguments: ReadArguments;
}

function argumentProblems({ text, model, language, readArguments }: Message): string[] {
  try {
    const expected = [...new Set(readArguments(model, "en"))].sort().join(", ");
    const found = [...new Set(readArguments(text, language))].sort().join(", ");
    return expected === found ? [] : [`has the arguments {${found}}, English has {${expected}}`];
  } catch (error) {
    return [`cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Argument names of an ICU message, tags included, as the product's own translator parses it. */
export const icuArguments: ReadArguments = (message, language) => {
  const names: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    const { type, value } = node as { type?: unknown; value?: unknown };
    // 0 is plain text and 7 the number sign of a plural; everything else is named after its argument.
    if (typeof type === "number" && type !== 0 && type !== 7 && typeof value === "string") names.push(value);
    Object.values(node).forEach(visit);
  };
  visit(new IntlMessageFormat(message, language).getAst());
  return names;
};

/** Argument names of Shopify's own format, `{{name}}` or `{{ name }}`. */
export const braceArguments: ReadArguments = (message) =>
  [...message.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].flatMap((match) => match[1] ?? []);

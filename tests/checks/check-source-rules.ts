import type { Check } from "./check.ts";
import { listFiles, readText } from "./list-files.ts";

interface SourceRule {
  files: RegExp;
  pattern: RegExp;
  problem: string;
}

const HOME = ["home", "Users"].join("|");

/** Rules about text that no linter knows. */
const RULES: readonly SourceRule[] = [
  {
    // App Store 2.3.1: the app starts on a Shopify surface, so no screen asks for, or even speaks of, the shop's domain.
    files: /^app\/.*(\.tsx|\.json)$/,
    pattern: /myshopify/i,
    problem: "speaks of a myshopify domain on a screen",
  },
  {
    files: /\.(tsx?|[cm]?js|json|toml|ya?ml|sh)$|(^|\/)(\.npmrc|run)$/,
    pattern: new RegExp(`(?<![\\w.])/(${HOME})/[a-z][\\w-]*/|[A-Z]:\\\\Users\\\\`, "i"),
    problem: "names a folder of one machine",
  },
  {
    files: /\.(tsx?|[cm]?js|json|toml|ya?ml|sh)$|(^|\/)(\.npmrc|run)$/,
    pattern: /\bregistry\.[a-z]+(js|pkg)\.[a-z]+|\/artifactory\/|^\s*registry\s*=/im,
    problem: "names a package registry; the installer's own setting decides",
  },
];

const CATCH_ALL = /(^|[/-])(utils?|helpers?|common|manager)([-./]|$)/;
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.server|\.test|\.graphql)?\.(tsx?|json|css|md|liquid)$/;

/** Rules about the source text and the names of files. */
export const checkSourceRules: Check = {
  name: "source rules",
  async run() {
    const files = await listFiles("", /./);
    const problems = await Promise.all(
      files.map(async (file) => [...nameProblems(file), ...(await textProblems(file))]),
    );
    return problems.flat();
  },
};

async function textProblems(file: string): Promise<string[]> {
  const rules = RULES.filter((rule) => rule.files.test(file));
  return rules.length === 0 ? [] : sourceProblems(file, await readText(file));
}

/** Problems of one file's text. */
export function sourceProblems(file: string, text: string): string[] {
  return RULES.filter((rule) => rule.files.test(file)).flatMap(({ pattern, problem }) => {
    const found = pattern.exec(text);
    return found ? [`${file}:${text.slice(0, found.index).split("\n").length} ${problem}`] : [];
  });
}

/** Problems of a path: catch-all names everywhere, kebab-case where Remix does not give the names. */
export function nameProblems(file: string): string[] {
  const problems: string[] = [];
  if (/^(app|extensions|tests|prisma)\//.test(file) && CATCH_ALL.test(file)) {
    problems.push(`${file}: a catch-all name; say what the file does`);
  }
  if (/^app\/(modules|lib|jobs|components|emails)\//.test(file)) {
    const name = file.split("/").at(-1) ?? "";
    if (!FILE_NAME.test(name)) problems.push(`${file}: not a kebab-case name`);
  }
  if (/^app\/routes\/auth[./]login/.test(file))
    problems.push(`${file}: Shopify starts the app, there is no login page`);
  return problems;
}

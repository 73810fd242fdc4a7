import { generateClientIfStale } from "#prisma/generate-client.ts";
import { checkAppBuild } from "./check-app-build.ts";
import { checkAppToml } from "./check-app-toml.ts";
import { checkBlockSchemas } from "./check-block-schemas.ts";
import { checkDeadCode } from "./check-dead-code.ts";
import { checkExtensions } from "./check-extensions.ts";
import { checkFileLengths } from "./check-file-lengths.ts";
import { checkFormat } from "./check-format.ts";
import { checkGraphql } from "./check-graphql.ts";
import { checkImportZones } from "./check-import-zones.ts";
import { checkLint } from "./check-lint.ts";
import { checkLocales } from "./check-locales.ts";
import { checkLockFile } from "./check-lock-file.ts";
import { checkSizes } from "./check-sizes.ts";
import { checkSourceRules } from "./check-source-rules.ts";
import { checkTheme } from "./check-theme.ts";
import { checkTypes } from "./check-types.ts";
import { checkUnusedTexts } from "./check-unused-texts.ts";
import type { Check } from "./check.ts";
import { runChecks } from "./run-checks.ts";

/** Slow ones first, so that the two lanes end together. */
const CHECKS: readonly Check[] = [
  checkLint,
  checkTypes,
  checkFormat,
  checkAppBuild,
  checkDeadCode,
  checkImportZones,
  checkTheme,
  checkGraphql,
  checkAppToml,
  checkBlockSchemas,
  checkExtensions,
  checkSizes,
  checkLocales,
  checkUnusedTexts,
  checkLockFile,
  checkFileLengths,
  checkSourceRules,
];

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run check`, or `npm run check -- types lint` for some gates. */
async function main(wanted: readonly string[]): Promise<number> {
  const chosen = wanted.length === 0 ? CHECKS : CHECKS.filter(({ name }) => wanted.includes(name));
  if (chosen.length < wanted.length) {
    print(`Gates: ${CHECKS.map(({ name }) => `"${name}"`).join(", ")}`);
    return 1;
  }
  // Types, lint and dead code read the generated database client.
  generateClientIfStale();
  return runChecks(chosen, { lanes: 2, print });
}

process.exitCode = await main(process.argv.slice(2));

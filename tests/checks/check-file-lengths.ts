import type { Check } from "./check.ts";
import { listFiles, readText } from "./list-files.ts";

const HARD_LIMIT = 300;

/** No source file is longer than 300 lines; ESLint sees TypeScript only. */
export const checkFileLengths: Check = {
  name: "file lengths",
  async run() {
    const files = await listFiles("", /\.(tsx?|jsx?|mjs|cjs|liquid|css)$/);
    const lengths = await Promise.all(
      files.map(async (file) => ({ file, lines: (await readText(file)).split("\n").length - 1 })),
    );
    return lengths
      .filter(({ lines }) => lines > HARD_LIMIT)
      .map(({ file, lines }) => `${file}: ${lines} lines, allowed are ${HARD_LIMIT}`);
  },
};

import { readCarrierAnswer } from "#app/modules/carriers/read-carrier-answer.server.ts";
import { MAX_ANSWER_BYTES } from "#app/modules/carriers/read-json.ts";

/**
 * `npm run -s carriers:read -- <carrier-id> < file`: parses one raw carrier answer and prints our normal form as JSON.
 * Exit code 0, or 2 for an unknown carrier or unreadable input.
 */
async function main(): Promise<void> {
  const report = readCarrierAnswer(process.argv[2] ?? "", await readInput());
  process.exitCode = report.exitCode;
  process.stdout.write(`${JSON.stringify(report.output, null, 2)}\n`);
}

/** Reads on past the limit only as far as needed for the reader to see that it was passed. */
async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of process.stdin) {
      const bytes = Buffer.from(chunk as Uint8Array);
      chunks.push(bytes);
      length += bytes.length;
      if (length > MAX_ANSWER_BYTES) break;
    }
  } catch {
    // A closed or missing input is an empty one, and an empty one is reported as unreadable.
  }
  return Buffer.concat(chunks);
}

await main();

import { errorMessage } from "#app/lib/errors.ts";
import { generateClientIfStale } from "./generate-client.ts";

/** `npm run db:generate`: the typed database client from schema.prisma. */
try {
  process.stdout.write(generateClientIfStale() ? "generated the Prisma client\n" : "the Prisma client is up to date\n");
} catch (error) {
  process.stderr.write(`${errorMessage(error)}\n`);
  process.exitCode = 1;
}

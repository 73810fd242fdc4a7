import { parseArgs } from "node:util";
import { errorMessage } from "#app/lib/errors.ts";
import { startPostgres } from "#tests/postgres/start-postgres.ts";
import { writeMigration } from "./write-migration.ts";

/** `npm run db:diff -- --name add_something`: writes the next migration from the changes to schema.prisma. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { name: { type: "string" } } });
  if (values.name === undefined) {
    process.stderr.write("Give the migration a name: npm run db:diff -- --name add_something\n");
    return 2;
  }
  // A server of its own: the migrations are replayed from nothing, and no existing database is touched.
  const postgres = await startPostgres({ temporary: true });
  try {
    const folder = await writeMigration({ ownerUrl: postgres.ownerUrl, name: values.name, now: new Date() });
    process.stdout.write(folder === null ? "no difference\n" : `wrote ${folder}/migration.sql\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${errorMessage(error)}\n`);
    return 1;
  } finally {
    await postgres.stop();
  }
}

process.exitCode = await main();

import { errorMessage } from "#app/lib/errors.ts";
import { migrateDatabase } from "./migrate-database.ts";

/** `npm run db:migrate`: the release step in front of new web and worker processes. */
async function main(): Promise<number> {
  const appUrl = process.env.DATABASE_URL;
  const ownerUrl = process.env.DATABASE_OWNER_URL ?? appUrl;
  if (ownerUrl === undefined || ownerUrl === "") {
    process.stderr.write("Set DATABASE_OWNER_URL (or DATABASE_URL) to the database that should be migrated.\n");
    return 2;
  }
  try {
    const applied = await migrateDatabase({ ownerUrl, ...(appUrl === undefined ? {} : { appUrl }) });
    for (const name of applied) process.stdout.write(`applied ${name}\n`);
    process.stdout.write(applied.length === 0 ? "the database is up to date\n" : `${applied.length} applied\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${errorMessage(error)}\n`);
    return 1;
  }
}

process.exitCode = await main();

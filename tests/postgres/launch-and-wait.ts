import { startPostgres } from "./start-postgres.ts";

/** A launcher for the tests to kill: starts what its argument says, reports it on one line and stays. */
const postgres = await startPostgres(JSON.parse(process.argv[2] ?? "{}") as Parameters<typeof startPostgres>[0]);
process.stdout.write(`${JSON.stringify(postgres)}\n`);
setInterval(() => undefined, 60_000);

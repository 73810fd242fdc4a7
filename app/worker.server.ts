import { allJobs } from "./jobs/all-jobs.ts";
import { workQueues } from "./jobs/work-queues.server.ts";
import { loadEnv } from "./lib/env.server.ts";
import { errorMessage } from "./lib/errors.ts";
import { closeServices, createServices } from "./services.server.ts";

/** The worker process: runs jobs and timers until it is told to stop, then lets running jobs finish. */
const env = loadEnv();
const services = createServices({ env, role: "worker" });
const { log, queue } = services;

await queue.start();
const stopTimers = await workQueues(allJobs, services);
log.info({ jobs: allJobs.length }, "worker ready");
process.send?.("ready");

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "worker stopping");
  stopTimers();
  await closeServices(services);
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
// A parent that dies without a word must not leave a worker behind.
process.on("disconnect", () => void stop("disconnect"));
process.on("unhandledRejection", (error) => {
  log.fatal({ err: errorMessage(error) }, "unhandled rejection");
  process.exit(1);
});

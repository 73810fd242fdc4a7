import { type LearnDeps, poolRhythms } from "#app/modules/shipments/learn-rhythms.server.ts";
import { defineJob } from "./define-job.ts";

/** Once a day: what all shops saw of a carrier becomes what a new one starts from. */
export const poolRhythmsJob = defineJob<"shipments.pool-rhythms", LearnDeps>({
  name: "shipments.pool-rhythms",
  retry: { limit: 2, delaySeconds: 300 },
  expireInSeconds: 600,
  concurrency: 1,
  cron: "40 3 * * *",
  run: (_payload, services) => poolRhythms(services),
});

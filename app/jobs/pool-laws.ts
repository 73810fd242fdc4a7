import type { ForesightDeps } from "#app/modules/foresight/foresight-deps.ts";
import { poolLaws } from "#app/modules/foresight/pool-laws.server.ts";
import { defineJob } from "./define-job.ts";

/** Once a day: what the shops that consent have learnt of carriers becomes what every shop starts from. */
export const poolLawsJob = defineJob<"foresight.pool", ForesightDeps>({
  name: "foresight.pool",
  retry: { limit: 2, delaySeconds: 300 },
  expireInSeconds: 3_600,
  concurrency: 1,
  cron: "10 5 * * *",
  run: async (_payload, services) => {
    services.log.info({ ...(await poolLaws(services)) }, "pooled");
  },
});

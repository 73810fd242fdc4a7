import type { ForesightDeps } from "#app/modules/foresight/foresight-deps.ts";
import { sweepForesight } from "#app/modules/foresight/sweep-foresight.server.ts";
import { defineJob } from "./define-job.ts";

export const foresightSweepJob = defineJob<"foresight.sweep", ForesightDeps>({
  name: "foresight.sweep",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 120,
  concurrency: 1,
  everySeconds: 60,
  run: async (_payload, services) => {
    const claimed = await sweepForesight(services);
    if (claimed.parcels + claimed.orders + claimed.nights > 0) services.log.debug(claimed, "foresight is due");
  },
});

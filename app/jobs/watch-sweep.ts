import { claimDue } from "#app/modules/shipments/claim-due.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const watchSweepJob = defineJob<"shipments.watch-sweep", Services>({
  name: "shipments.watch-sweep",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 120,
  concurrency: 1,
  everySeconds: 5,
  run: async (_payload, services) => {
    const claimed = await claimDue(services);
    if (claimed > 0) services.log.info({ claimed }, "parcels are due");
  },
});

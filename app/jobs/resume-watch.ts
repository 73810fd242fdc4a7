import { resumeWatch } from "#app/modules/shipments/retrack.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const resumeWatchJob = defineJob<"shipments.resume-watch", Services>({
  name: "shipments.resume-watch",
  retry: { limit: 5, delaySeconds: 5 },
  expireInSeconds: 120,
  concurrency: 2,
  run: async ({ shopId }, services) => {
    await resumeWatch(services.shipments, shopId);
  },
});

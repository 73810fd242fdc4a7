import { sweepDeliveries } from "#app/modules/intake/sweep-deliveries.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const intakeSweepJob = defineJob<"intake.sweep", Services>({
  name: "intake.sweep",
  retry: { limit: 0, delaySeconds: 60 },
  expireInSeconds: 120,
  concurrency: 1,
  everySeconds: 300,
  run: async (_payload, services) => {
    await sweepDeliveries(services);
  },
});

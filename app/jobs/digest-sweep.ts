import { sweepDigests } from "#app/modules/notifications/sweep-digests.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const digestSweepJob = defineJob<"notifications.digest-sweep", Services>({
  name: "notifications.digest-sweep",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 60,
  concurrency: 1,
  everySeconds: 60,
  run: async (_payload, services) => {
    const shops = await sweepDigests(services);
    if (shops > 0) services.log.debug({ shops }, "digests are due");
  },
});

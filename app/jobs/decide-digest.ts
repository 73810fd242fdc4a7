import { decideDigest } from "#app/modules/notifications/decide-digest.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const decideDigestJob = defineJob<"notifications.digest", Services>({
  name: "notifications.digest",
  retry: { limit: 3, delaySeconds: 30 },
  expireInSeconds: 120,
  concurrency: 2,
  run: async ({ shopId }, services) => {
    const outcome = await decideDigest(services, shopId);
    services.log.debug({ shopId, ...outcome }, "digest of the day");
  },
});

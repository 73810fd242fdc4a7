import { continueRehearsal } from "#app/modules/notifications/rehearsal/run-rehearsal.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob, enqueue } from "./define-job.ts";

export const rehearseMessagesJob = defineJob<"notifications.rehearse", Services>({
  name: "notifications.rehearse",
  retry: { limit: 5, delaySeconds: 5 },
  expireInSeconds: 180,
  concurrency: 1,
  run: async (payload, services) => {
    const { db, queue, log } = services;
    const more = await continueRehearsal({ ...services, ...services.rehearsal }, payload);
    if (more) await db.forShop(payload.shopId, (tx) => enqueue({ queue, tx }, "notifications.rehearse", payload));
    else log.info(payload, "rehearsal is over");
  },
});

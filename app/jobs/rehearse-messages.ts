import { errorMessage } from "#app/lib/errors.ts";
import { continueRehearsal, failRehearsal } from "#app/modules/notifications/rehearsal/run-rehearsal.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob, enqueue } from "./define-job.ts";

export const rehearseMessagesJob = defineJob<"notifications.rehearse", Services>({
  name: "notifications.rehearse",
  // For workers that die; what fails is marked as failed, and the merchant starts it again.
  retry: { limit: 5, delaySeconds: 5 },
  expireInSeconds: 180,
  concurrency: 1,
  run: async (payload, services) => {
    const { db, queue, log } = services;
    try {
      const more = await continueRehearsal({ ...services, ...services.rehearsal }, payload);
      if (more) await db.forShop(payload.shopId, (tx) => enqueue({ queue, tx }, "notifications.rehearse", payload));
      else log.info(payload, "rehearsal is over");
    } catch (error) {
      await failRehearsal(services, payload, errorMessage(error));
      throw error;
    }
  },
});

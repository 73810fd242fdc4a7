import { decideNotifications } from "#app/modules/notifications/decide-notifications.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const decideNotificationsJob = defineJob<"notifications.decide", Services>({
  name: "notifications.decide",
  retry: { limit: 8, delaySeconds: 5 },
  expireInSeconds: 60,
  concurrency: 10,
  run: async (payload, services) => {
    await decideNotifications(services, payload);
  },
});

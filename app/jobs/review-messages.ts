import { sweepMessageReviews } from "#app/modules/notifications/sweep-message-reviews.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const reviewMessagesJob = defineJob<"notifications.review-sweep", Services>({
  name: "notifications.review-sweep",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 120,
  concurrency: 1,
  everySeconds: 60,
  run: async (_payload, services) => {
    const orders = await sweepMessageReviews(services);
    if (orders > 0) services.log.debug({ orders }, "messages are due for a look");
  },
});

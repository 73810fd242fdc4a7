import type { Services } from "#app/services.server.ts";
import { fetchTextPrice } from "#app/modules/notifications/sms/fetch-text-price.server.ts";
import { defineJob } from "./define-job.ts";

/** A text without a price after the last attempt keeps none. */
export const fetchTextPriceJob = defineJob<"notifications.fetch-text-price", Services>({
  name: "notifications.fetch-text-price",
  retry: { limit: 6, delaySeconds: 60, maxDelaySeconds: 3_600 },
  expireInSeconds: 60,
  concurrency: 2,
  run: async (payload, services) => {
    await fetchTextPrice(services, payload);
  },
});

import { processDelivery } from "#app/modules/intake/process-delivery.server.ts";
import { defineJob } from "./define-job.ts";
import { findDeliveryHandler, type TopicServices } from "./topics.ts";

/** Repetitions beyond the delivery's own count never happen: it is marked failed before. */
export const processDeliveryJob = defineJob<"intake.process-delivery", TopicServices>({
  name: "intake.process-delivery",
  retry: { limit: 8, delaySeconds: 15, maxDelaySeconds: 600 },
  expireInSeconds: 300,
  concurrency: 20,
  run: (payload, services) =>
    processDelivery(services, {
      ...payload,
      findHandler: (source, topic) => findDeliveryHandler(services, source, topic),
    }),
});

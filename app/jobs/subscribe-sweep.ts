import { type SubscribeDeps, sweepSubscriptions } from "#app/modules/shipments/subscribe-numbers.server.ts";
import { defineJob } from "./define-job.ts";

export const subscribeSweepJob = defineJob<"shipments.subscribe-sweep", Pick<SubscribeDeps, "db" | "clock" | "queue">>({
  name: "shipments.subscribe-sweep",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 60,
  concurrency: 1,
  everySeconds: 20,
  run: (_payload, services) => sweepSubscriptions(services),
});

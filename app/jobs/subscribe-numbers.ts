import { type SubscribeDeps, subscribeNumbers } from "#app/modules/shipments/subscribe-numbers.server.ts";
import { defineJob } from "./define-job.ts";

/** What this job needs of the services. */
interface SubscribeServices {
  pushes: SubscribeDeps;
}

export const subscribeNumbersJob = defineJob<"shipments.subscribe", SubscribeServices>({
  name: "shipments.subscribe",
  // What fails is noted beside the numbers, and the sweep comes back to them.
  retry: { limit: 1, delaySeconds: 30 },
  expireInSeconds: 300,
  concurrency: 2,
  run: async (account, { pushes }) => {
    const subscribed = await subscribeNumbers(pushes, account);
    pushes.log.debug({ ...account, subscribed }, "numbers subscribed");
  },
});

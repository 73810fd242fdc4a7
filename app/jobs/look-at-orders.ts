import type { ForesightDeps } from "#app/modules/foresight/foresight-deps.ts";
import { lookAtOrders } from "#app/modules/foresight/look-at-orders.server.ts";
import { defineJob } from "./define-job.ts";

export const lookAtOrdersJob = defineJob<"foresight.look-at-orders", ForesightDeps>({
  name: "foresight.look-at-orders",
  retry: { limit: 3, delaySeconds: 10 },
  expireInSeconds: 120,
  concurrency: 1,
  run: async (payload, services) => {
    await lookAtOrders(services, payload);
  },
});

import { importOrders } from "#app/modules/orders/import-orders.server.ts";
import type { OrdersDeps } from "#app/modules/orders/orders-deps.ts";
import { defineJob } from "./define-job.ts";

/** Goes on with a shop's import for a few pages, and queues itself again until it is done. */
export const importOrdersJob = defineJob<"orders.import", OrdersDeps>({
  name: "orders.import",
  retry: { limit: 10, delaySeconds: 10, maxDelaySeconds: 600 },
  expireInSeconds: 600,
  concurrency: 2,
  async run(payload, services) {
    const outcome = await importOrders(services, payload);
    services.log.info({ ...payload, outcome: outcome.kind }, "import");
  },
});

import type { OrdersDeps } from "#app/modules/orders/orders-deps.ts";
import { performWriteBack } from "#app/modules/orders/perform-write-back.server.ts";
import { defineJob } from "./define-job.ts";

/** Carries one write-back out. Run twice, or after a crash at any point, it writes once. */
export const writeBackJob = defineJob<"orders.write-back", OrdersDeps>({
  name: "orders.write-back",
  // A crash leaves the lease behind: the repetition must come after it has ended.
  retry: { limit: 6, delaySeconds: 130, maxDelaySeconds: 1_800 },
  expireInSeconds: 120,
  concurrency: 4,
  async run(payload, services) {
    const outcome = await performWriteBack(services, payload);
    services.log.info({ ...payload, outcome: outcome.kind }, "write-back");
  },
});

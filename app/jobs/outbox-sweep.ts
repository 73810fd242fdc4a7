import { wakeForgottenEffects } from "#app/modules/orders/wake-effects.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const outboxSweepJob = defineJob<"outbox.sweep", Services>({
  name: "outbox.sweep",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 60,
  concurrency: 1,
  everySeconds: 30,
  run: async (_payload, services) => {
    await wakeForgottenEffects(services);
  },
});

import { checkSenderDomains } from "#app/modules/notifications/check-domains.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const checkDomainsJob = defineJob<"notifications.check-domains", Services>({
  name: "notifications.check-domains",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 300,
  concurrency: 1,
  everySeconds: 60,
  run: async (_payload, services) => {
    await checkSenderDomains(services);
  },
});

import { rereadScans } from "#app/modules/shipments/reread-scans.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const rereadScansJob = defineJob<"shipments.reread-scans", Services>({
  name: "shipments.reread-scans",
  retry: { limit: 10, delaySeconds: 5, maxDelaySeconds: 300 },
  expireInSeconds: 300,
  concurrency: 2,
  run: (key, services) => rereadScans(services.shipments, key),
});

import { applyRetention } from "#app/modules/shops/apply-retention.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const applyRetentionJob = defineJob<"shops.apply-retention", Services>({
  name: "shops.apply-retention",
  retry: { limit: 2, delaySeconds: 600 },
  expireInSeconds: 3_600,
  concurrency: 1,
  // At night in most of the world's shops' zones, and never at the full hour.
  cron: "17 3 * * *",
  run: (_payload, services) => applyRetention(services),
});

import { startImport } from "#app/modules/orders/start-import.server.ts";
import { setUpShop } from "#app/modules/shops/set-up-shop.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const setUpShopJob = defineJob<"shops.set-up", Services>({
  name: "shops.set-up",
  retry: { limit: 10, delaySeconds: 5, maxDelaySeconds: 900 },
  expireInSeconds: 120,
  concurrency: 4,
  run: ({ shopId }, services) =>
    setUpShop(services, { shopId, startImport: (tx) => startImport(tx, services, { shopId }) }),
});

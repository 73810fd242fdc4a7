import { openMail, renderMail } from "#app/modules/notifications/render-mail.server.ts";
import { sendNotification } from "#app/modules/notifications/send-notification.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";

export const sendNotificationJob = defineJob<"notifications.send", Services>({
  name: "notifications.send",
  retry: { limit: 12, delaySeconds: 5, maxDelaySeconds: 600 },
  expireInSeconds: 120,
  concurrency: 8,
  run: async (payload, services) => {
    const { db, clock, queue, log, mail, keys, env, carrierName, shopperDates } = services;
    const rendering = {
      keys,
      carrierName,
      shopperDates,
      defaultFrom: env.MAIL_FROM,
      storefrontTemplate: env.STOREFRONT_URL_TEMPLATE,
    };
    await sendNotification(
      {
        ...{ db, clock, queue, log, mail },
        renderMail: (tx, row) => renderMail(rendering, tx, row),
        openMail: (row) => openMail(keys, row),
      },
      payload,
    );
  },
});

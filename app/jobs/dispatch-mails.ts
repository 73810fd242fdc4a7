import { clockIsRight } from "#app/modules/notifications/check-clock.server.ts";
import { DISPATCH_LIMITS } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import { dispatchMails } from "#app/modules/notifications/dispatch-mails.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";
import { messageContent } from "./message-content.ts";

export const dispatchMailsJob = defineJob<"notifications.dispatch", Services>({
  name: "notifications.dispatch",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 180,
  concurrency: 1,
  everySeconds: 2,
  run: async (_payload, services) => {
    if (!(await clockIsRight(services))) return;
    const report = await dispatchMails({ ...services, ...messageContent(services), limits: DISPATCH_LIMITS });
    if (report.sent + report.failed + report.unanswered > 0) services.log.info(report, "mails");
  },
});

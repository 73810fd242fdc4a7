import { clockIsRight } from "#app/modules/notifications/check-clock.server.ts";
import { DISPATCH_LIMITS } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import { dispatchTexts } from "#app/modules/notifications/dispatch-texts.server.ts";
import type { Services } from "#app/services.server.ts";
import { defineJob } from "./define-job.ts";
import { messageContent } from "./message-content.ts";

export const dispatchTextsJob = defineJob<"notifications.dispatch-texts", Services>({
  name: "notifications.dispatch-texts",
  retry: { limit: 0, delaySeconds: 1 },
  expireInSeconds: 180,
  concurrency: 1,
  everySeconds: 2,
  run: async (_payload, services) => {
    if (!(await clockIsRight(services))) return;
    const deps = { ...services, ...services.texts, ...messageContent(services), limits: DISPATCH_LIMITS };
    await Promise.all((["sms", "whatsapp"] as const).map((channel) => dispatchTexts(deps, channel)));
  },
});

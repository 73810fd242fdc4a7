import type { DispatchDeps } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import { recheckQueued } from "#app/modules/notifications/recheck-message.server.ts";
import { openMail, renderMail } from "#app/modules/notifications/render-mail.server.ts";
import type { Services } from "#app/services.server.ts";

/** How the dispatcher learns whether a message is still true, and what stands in it. */
export function messageContent(services: Services): Pick<DispatchDeps, "recheck" | "render" | "open"> {
  const { keys, clock, env, carrierName } = services;
  const rendering = {
    ...{ keys, clock, carrierName },
    defaultFrom: env.MAIL_FROM,
    storefrontTemplate: env.STOREFRONT_URL_TEMPLATE,
  };
  return {
    recheck: (tx, row) => recheckQueued(services, tx, row),
    render: (tx, target) => renderMail(rendering, tx, target),
    open: (row) => ({ channel: "email", mail: openMail(keys, row) }),
  };
}

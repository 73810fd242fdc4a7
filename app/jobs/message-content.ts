import type { DispatchDeps } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import { recheckAll } from "#app/modules/notifications/recheck-message.server.ts";
import { openMessage, renderMessages } from "#app/modules/notifications/render-messages.server.ts";
import type { Services } from "#app/services.server.ts";

/** How the dispatcher learns whether messages are still true, and what stands in them. */
export function messageContent(services: Services): Pick<DispatchDeps, "recheck" | "render" | "open"> {
  const { keys, rendering } = services;
  return {
    recheck: (tx, claimed) => recheckAll(services, tx, claimed),
    render: (tx, batch) => renderMessages(rendering, tx, batch),
    open: (row) => openMessage(keys, row),
  };
}

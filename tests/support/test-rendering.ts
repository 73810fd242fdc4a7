import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { createShopperDates } from "#app/modules/foresight/read-shopper-dates.server.ts";
import type { RenderTarget, StoredMessage } from "#app/modules/notifications/message-content.ts";
import { renderMessages } from "#app/modules/notifications/render-messages.server.ts";
import { createRendering, type RenderDeps } from "#app/modules/notifications/rendering.server.ts";
import { createTemplateEngine } from "#app/modules/notifications/template-engine.server.ts";
import { testKeys } from "./factories.ts";
import { silentLog } from "./test-queue.ts";

/** One for all tests of a file: its threads end with the process. */
const templates = createTemplateEngine();

/** What rendering needs, as the services build it. */
export function testRendering(clock: Clock, changes: Partial<RenderDeps> = {}): RenderDeps {
  return {
    ...createRendering({
      ...{ keys: testKeys, clock, log: silentLog, shopperDates: createShopperDates({ clock }) },
      defaultFrom: "post@doorstep.example",
      storefrontTemplate: undefined,
      adminApp: { apiKey: "doorstep" },
      carrierName: (_carrier, company) => company,
    }),
    templates,
    ...changes,
  };
}

/** Renders one message as those of a claim are rendered. @throws what it can never be made for. */
export async function renderOne(
  deps: RenderDeps,
  tx: ShopTx,
  { shopId, ...target }: RenderTarget & { shopId: string },
): Promise<StoredMessage> {
  const answers = await renderMessages(deps, tx, { shopId, targets: [target] });
  const answer = answers.get(target.notificationId);
  if (answer && "stored" in answer) return answer.stored;
  throw answer?.fault ?? new Error("no answer");
}

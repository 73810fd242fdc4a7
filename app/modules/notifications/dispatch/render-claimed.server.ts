import type { ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { Claim } from "./claim-messages.server.ts";
import type { StoredMessage } from "../message-content.ts";
import type { DispatchDeps, DispatchReport, LedgerRow } from "./dispatch-deps.ts";
import { type Final, settleMessages } from "./finish-messages.server.ts";
import { inParts } from "./in-parts.server.ts";

/** What is to be rendered. */
interface Wanted {
  id: string;
  row: LedgerRow;
  sender: "own" | "shared";
}

export interface Rendered<Item extends Wanted> {
  item: Item;
  stored: StoredMessage;
}

/** Renders what is to be sent. A message that can never be made ends here: it would come back for ever. */
export function renderClaimed<Item extends Wanted>(
  deps: DispatchDeps,
  { claim, report }: { claim: Claim; report: DispatchReport },
  items: readonly Item[],
): Promise<Rendered<Item>[]> {
  return inParts(deps, { shopId: claim.shopId, items }, async (tx, part) => {
    const rendered: Rendered<Item>[] = [];
    const faults: { row: LedgerRow; final: Final }[] = [];
    for (const item of part) {
      const stored = await renderOne(deps, tx, item);
      if ("fault" in stored)
        faults.push({ row: item.row, final: { id: item.id, state: "failed", error: stored.fault } });
      else rendered.push({ item, stored });
    }
    report.failed += await settleMessages(tx, deps.clock, claim, faults);
    return rendered;
  });
}

async function renderOne(
  deps: DispatchDeps,
  tx: ShopTx,
  { row, sender }: Wanted,
): Promise<StoredMessage | { fault: string }> {
  const { shopId, id: notificationId } = row;
  try {
    return await deps.render(tx, { shopId, notificationId, sharedSender: sender === "shared" });
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    deps.log.error({ shopId, notificationId, code: error.code }, "message cannot be made");
    return { fault: error.code };
  }
}

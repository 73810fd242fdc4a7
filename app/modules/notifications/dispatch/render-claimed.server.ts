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

/** Texts that are written to be slow take a tenth of a second each: the transaction outlasts so many of them. */
const RENDERED_AT_ONCE = 50;

/** Renders what is to be sent. A message that can never be made ends here: it would come back for ever. */
export function renderClaimed<Item extends Wanted>(
  deps: DispatchDeps,
  { claim, report }: { claim: Claim; report: DispatchReport },
  items: readonly Item[],
): Promise<Rendered<Item>[]> {
  const { shopId } = claim;
  return inParts(deps, { shopId, items, atOnce: RENDERED_AT_ONCE }, async (tx, part) => {
    const targets = part.map(({ id, sender }) => ({ notificationId: id, sharedSender: sender === "shared" }));
    const answers = await deps.render(tx, { shopId, targets });
    const rendered: Rendered<Item>[] = [];
    const faults: { row: LedgerRow; final: Final }[] = [];
    for (const item of part) {
      const answer = answers.get(item.id);
      if (!answer) throw new TypeError(`nothing came of rendering ${item.id}`);
      if ("stored" in answer) {
        rendered.push({ item, stored: answer.stored });
      } else {
        const { code } = answer.fault;
        deps.log.error({ shopId, notificationId: item.id, code }, "message cannot be made");
        faults.push({ row: item.row, final: { id: item.id, state: "failed", error: code } });
      }
    }
    report.failed += await settleMessages(tx, deps.clock, claim, faults);
    return rendered;
  });
}

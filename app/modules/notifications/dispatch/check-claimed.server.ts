import { type Claim, readClaimed } from "./claim-messages.server.ts";
import type { DispatchDeps, DispatchReport, LedgerRow } from "./dispatch-deps.ts";
import { type Final, settleMessages } from "./finish-messages.server.ts";
import { inParts } from "./in-parts.server.ts";
import type { Recheck } from "../recheck-message.ts";

/** As many as one claim has. */
const RECHECKED_AT_ONCE = 100;

/** Asks of each claimed message whether it is still to be sent; settles those that are not. @returns the others. */
export async function recheckClaimed(deps: DispatchDeps, claim: Claim, report: DispatchReport): Promise<LedgerRow[]> {
  const rows = await deps.db.forShop(claim.shopId, (tx) => readClaimed(tx, claim));
  return inParts(deps, { shopId: claim.shopId, items: rows, atOnce: RECHECKED_AT_ONCE }, async (tx, part) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: claim.shopId }, select: { status: true } });
    const answers = shop.status === "uninstalled" ? null : await deps.recheck(tx, { shopId: claim.shopId, rows: part });
    const toSend: LedgerRow[] = [];
    const others: { row: LedgerRow; final: Final }[] = [];
    for (const row of part) {
      const final = answers === null ? dropped(row, "uninstalled") : finalOf(row, answers.get(row.id));
      if (final) others.push({ row, final });
      else toSend.push(row);
    }
    await settleMessages(tx, deps.clock, claim, others);
    for (const { final } of others) report[final.state === "queued" ? "waiting" : "dropped"] += 1;
    return toSend;
  });
}

function finalOf(row: LedgerRow, answer: Recheck = { action: "send" }): Final | null {
  if (!row.recipient) return dropped(row, "no_recipient");
  switch (answer.action) {
    case "send":
      return null;
    case "drop":
      return dropped(row, answer.rule);
    case "wait":
      return { id: row.id, state: "queued", dueAt: answer.dueAt, wait: answer.reason };
  }
}

function dropped({ id }: LedgerRow, rule: string): Final {
  return { id, state: "dropped", error: rule };
}

import type { ShopTx } from "#app/lib/db.server.ts";
import { type Claim, readClaimed } from "./claim-messages.server.ts";
import type { DispatchDeps, DispatchReport, LedgerRow } from "./dispatch-deps.ts";
import { type Final, settleMessages } from "./finish-messages.server.ts";
import { inParts } from "./in-parts.server.ts";

/** Asks of each claimed message whether it is still to be sent; settles those that are not. @returns the others. */
export async function recheckClaimed(deps: DispatchDeps, claim: Claim, report: DispatchReport): Promise<LedgerRow[]> {
  const rows = await deps.db.forShop(claim.shopId, (tx) => readClaimed(tx, claim));
  return inParts(deps, { shopId: claim.shopId, items: rows }, async (tx, part) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: claim.shopId }, select: { status: true } });
    const toSend: LedgerRow[] = [];
    const others: { row: LedgerRow; final: Final }[] = [];
    for (const row of part) {
      const final = shop.status === "uninstalled" ? dropped(row, "uninstalled") : await recheckOne(deps, tx, row);
      if (final) others.push({ row, final });
      else toSend.push(row);
    }
    await settleMessages(tx, deps.clock, claim, others);
    for (const { final } of others) report[final.state === "queued" ? "waiting" : "dropped"] += 1;
    return toSend;
  });
}

async function recheckOne(deps: DispatchDeps, tx: ShopTx, row: LedgerRow): Promise<Final | null> {
  if (!row.recipient) return dropped(row, "no_recipient");
  const answer = await deps.recheck(tx, row);
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

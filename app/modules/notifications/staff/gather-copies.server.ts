import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Claim } from "../dispatch/claim-messages.server.ts";
import type { LedgerRow } from "../dispatch/dispatch-deps.ts";
import { finishMessages } from "../dispatch/finish-messages.server.ts";
import { type CopyPlan, isCopy, planCopies, WINDOW_MS } from "./plan-copies.ts";
import { copyLine } from "./copy-line.ts";
import { COPIES_LIST, type StaffMail } from "./staff-mail.ts";
import { staffRow } from "./staff-row.ts";

/** What is due by now has been decided lately. */
const DECIDED_WITHIN_MS = 3_600_000;
/** Before what can wait, as the copies in it would have gone. */
const URGENCY = 2;

/**
 * Keeps a crowd of copies from filling the inbox of staff: the first few go as they are, the others wait for the end of
 * the quarter of an hour and go as one list. Those in a list are settled as `gathered` in the transaction that writes the
 * list's own line, under the lease of their claim: each is told once, by itself or there. @returns what goes out as it is.
 */
export async function gatherCopies(
  tx: ShopTx,
  clock: Clock,
  claim: Claim,
  rows: readonly LedgerRow[],
): Promise<{ go: LedgerRow[]; waiting: number; gathered: number }> {
  const copies = rows.filter(isCopy);
  if (copies.length === 0) return { go: [...rows], waiting: 0, gathered: 0 };
  const now = clock.now();
  const plan = planCopies(copies, await countSent(tx, claim.shopId, { copies, now }), now);
  const held = plan.wait.map(({ id }) => ({
    id,
    state: "queued" as const,
    dueAt: plan.until,
    wait: "staff_crowd" as const,
  }));
  await finishMessages(tx, clock, claim, held);
  for (const list of plan.lists) await writeList(tx, clock, { claim, list });
  const away = new Set([...plan.wait, ...plan.lists.flat()]);
  const gathered = plan.lists.reduce((sum, list) => sum + list.length, 0);
  return { go: rows.filter((row) => !away.has(row)), waiting: held.length, gathered };
}

/** Copies that each of these people got within the last quarter of an hour. */
async function countSent(
  tx: ShopTx,
  shopId: string,
  { copies, now }: { copies: readonly LedgerRow[]; now: Date },
): Promise<Map<string, number>> {
  const recipients = [...new Set(copies.flatMap(({ recipient }) => recipient ?? []))];
  const counts = await tx.notification.groupBy({
    by: ["recipient"],
    where: {
      ...{ shopId, audience: "staff", purpose: "event", recipient: { in: recipients } },
      decidedAt: { gte: new Date(now.getTime() - DECIDED_WITHIN_MS) },
      sentAt: { gte: new Date(now.getTime() - WINDOW_MS) },
    },
    _count: true,
  });
  return new Map(counts.map(({ recipient, _count }) => [recipient ?? "", _count]));
}

/** Settles the copies, and writes the list that tells of those that were still ours. */
async function writeList(
  tx: ShopTx,
  clock: Clock,
  { claim, list }: { claim: Claim; list: CopyPlan["lists"][number] },
): Promise<void> {
  const { shopId } = claim;
  const final = { state: "dropped" as const, error: "gathered" };
  const ours = await finishMessages(
    tx,
    clock,
    claim,
    list.map(({ id }) => ({ id, ...final })),
  );
  const told = list.filter(({ id }) => ours.has(id));
  const [first] = told;
  if (!first) return;
  const now = clock.now();
  const id = newId("ntf", clock);
  const { recipient, rulesNumber } = first;
  const staffMail = await listOf(tx, shopId, told);
  await tx.notification.create({
    data: staffRow(
      {
        ...{ shopId, id, kind: COPIES_LIST, businessKey: `${COPIES_LIST}:${first.id}`, recipient, rulesNumber },
        ...{ urgency: URGENCY, evidence: { copies: told.length }, rule: null, staffMail },
      },
      now,
    ),
  });
  const ids = told.map((row) => row.id);
  await tx.$executeRaw`
    UPDATE notification SET decision = jsonb_set(decision, '{evidence,gatheredInto}', to_jsonb(${id}::text))
    WHERE shop_id = ${shopId} AND id = ANY (${ids}::text[])`;
}

async function listOf(tx: ShopTx, shopId: string, copies: readonly LedgerRow[]): Promise<StaffMail> {
  const orders = await tx.order.findMany({
    where: { shopId, id: { in: copies.flatMap(({ orderId }) => orderId ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(orders.map(({ id, name }) => [id, name]));
  const lines = copies.map((row) => copyLine(row, names.get(row.orderId ?? "") ?? ""));
  return { sections: [{ name: "copies", count: lines.length, fresh: 0, lines }] };
}

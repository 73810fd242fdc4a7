import type { ShopTx } from "#app/lib/db.server.ts";
import type { DecisionBook } from "./decision-book.ts";
import { messageBook } from "./message-book.ts";
import { type Recheck, recheckMessage } from "./recheck-message.ts";
import { toDecided } from "./situation/history-rows.server.ts";
import { DAILY_LIST } from "./staff/staff-mail.ts";
import { type LoadDeps, loadSituations } from "./situation/load-situations.server.ts";

type LedgerRow = Awaited<ReturnType<ShopTx["notification"]["findUniqueOrThrow"]>>;

/** Orders whose messages are looked at in one go. */
const MOST_ORDERS = 200;

/**
 * Looks at claimed messages of one shop again, as things stand now: send, wait, or drop with the rule. What somebody
 * sends by hand, tests, and lists for staff are theirs to judge and go out; the digest of another day does not. @returns the answer by the message's id.
 */
export async function recheckAll(
  deps: LoadDeps,
  tx: ShopTx,
  { shopId, rows }: { shopId: string; rows: readonly LedgerRow[] },
  book: DecisionBook = messageBook,
): Promise<Map<string, Recheck>> {
  const now = deps.clock.now();
  const answers = new Map<string, Recheck>(rows.map((row) => [row.id, isOldDigest(row, now) ? OF_ANOTHER_DAY : SEND]));
  const events = rows.filter(({ purpose }) => purpose === "event");
  const orderIds = [...new Set(events.flatMap(({ orderId }) => orderId ?? []))];
  for (let start = 0; start < orderIds.length; start += MOST_ORDERS) {
    const part = orderIds.slice(start, start + MOST_ORDERS);
    const loaded = await loadSituations(tx, deps, { shopId, orderIds: part });
    for (const row of events) {
      if (row.orderId === null || !part.includes(row.orderId)) continue;
      const found = loaded.get(row.orderId);
      answers.set(row.id, found ? recheckMessage({ situation: found.situation, message: asDecided(row) }, book) : GONE);
    }
  }
  return answers;
}

const SEND: Recheck = { action: "send" };
const OF_ANOTHER_DAY: Recheck = { action: "drop", rule: "day_is_over" };
/** What the day before needed stands in the next digest, unless it is over. */
const DIGEST_WORTH_MS = 20 * 3_600_000;

function isOldDigest({ kind, purpose, decidedAt }: LedgerRow, now: Date): boolean {
  return purpose === "digest" && kind === DAILY_LIST && now.getTime() - decidedAt.getTime() > DIGEST_WORTH_MS;
}

/** The order's buyer was forgotten, or the order itself. */
const GONE: Recheck = { action: "drop", rule: "no_recipient" };

function asDecided(row: LedgerRow) {
  const { id, businessKey, kind, shipmentId, parcelIds, occurrence, state, decision, decidedAt } = row;
  return toDecided({
    ...{ id, businessKey, kind, shipmentId, parcelIds, occurrence, state, decision, decidedAt },
    channel: row.channel as Parameters<typeof toDecided>[0]["channel"],
    audience: row.audience === "staff" ? "staff" : "shopper",
    dueAt: row.dueAt,
    orderId: row.orderId ?? "",
    rendered: row.contentHash !== null,
  });
}

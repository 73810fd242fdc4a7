import { stringify } from "csv-stringify/sync";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { readOrderNames } from "#app/modules/orders/read-order-names.server.ts";
import type { LogEntry } from "./log-entry.ts";
import { type LogSearch, readLogPage, whereOf } from "./search-messages.server.ts";

const PAGE = 200;
/** A spreadsheet has enough of them, and a request comes to its end. Narrower filters export the rest. */
const MAX_EXPORTED = 50_000;

const COLUMNS = [
  ...["id", "order", "kind", "channel", "purpose", "state", "rule", "delivery", "recipient", "subject"],
  ...["clicks", "decided_at", "sent_at", "error"],
];

/**
 * The found messages as CSV, page by page and as fast as they are taken, so that nothing piles up in the memory. What a
 * spreadsheet would take for a formula is escaped.
 */
export async function* exportMessages(
  { db, keys }: { db: Database; keys: KeyRing },
  search: LogSearch,
): AsyncGenerator<string> {
  let after: string | undefined;
  for (let count = 0; count < MAX_EXPORTED; count += PAGE) {
    const cursor = after;
    const page = await db.forShop(search.shopId, async (tx) => {
      const entries = await readLogPage(tx, { ...search, where: await whereOf(tx, keys, search) }, PAGE, cursor);
      const ids = entries.map(({ orderId }) => orderId);
      const names = await readOrderNames(tx, search.shopId, ids);
      return entries.map((entry) => toLine(entry, names[entry.orderId ?? ""] ?? ""));
    });
    const first = count === 0;
    yield stringify(page, { columns: COLUMNS, header: first, bom: first, escape_formulas: true });
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

function toLine(entry: LogEntry, order: string) {
  const { id, kind, channel, purpose, state, rule, delivery, recipient, subject, clicks, error } = entry;
  return {
    ...{ id, order, kind, channel, purpose, state, rule, delivery, recipient, subject, clicks, error },
    decided_at: entry.decidedAt.toISOString(),
    sent_at: entry.sentAt?.toISOString() ?? "",
  };
}

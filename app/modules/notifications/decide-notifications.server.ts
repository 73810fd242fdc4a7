import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { decideMessages } from "./decide-messages.ts";
import type { DecisionBook } from "./decision-book.ts";
import { messageBook } from "./message-book.ts";
import { nextLook } from "./next-look.ts";
import { type LoadDeps, loadSituations } from "./situation/load-situations.server.ts";
import type { Situation } from "./situation.ts";
import { writeDecisions } from "./write-decisions.server.ts";

export interface DecideDeps extends LoadDeps {
  db: Database;
}

/**
 * Decides which messages an order's state deserves, and writes every decision into the ledger: what is to be sent with
 * when, the rest with the rule that held it back. Running it again adds nothing.
 * @returns the number of messages to send and of those suppressed.
 */
export async function decideNotifications(
  deps: DecideDeps,
  { shopId, orderId }: { shopId: string; orderId: string },
  book: DecisionBook = messageBook,
): Promise<{ toSend: number; suppressed: number }> {
  return deps.db.forShop(shopId, async (tx) => {
    await lockOrder(tx, orderId);
    const loaded = (await loadSituations(tx, deps, { shopId, orderIds: [orderId] })).get(orderId);
    if (!loaded) return { toSend: 0, suppressed: 0 };
    const { situation } = loaded;
    const decisions = decideMessages(situation, book);
    await writeDecisions(tx, deps.clock, { ...loaded, decisions });
    await planNextLook(tx, situation, book);
    const toSend = decisions.filter(({ outcome }) => outcome.action === "send").length;
    return { toSend, suppressed: decisions.length - toSend };
  });
}

/**
 * Lets two decisions about one order follow each other, and holds its parcels still, so that no decision sees a scan
 * without what it did to the parcel. Parcels by their ids, as everybody locks them.
 */
async function lockOrder(tx: ShopTx, orderId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`messages:${orderId}`}, 0))`;
  await tx.$queryRaw`SELECT id FROM shipment WHERE order_id = ${orderId} ORDER BY id FOR UPDATE`;
  // What still waits may take in another parcel: nobody may send it meanwhile.
  await tx.$queryRaw`
    SELECT id FROM notification WHERE order_id = ${orderId} AND state = 'queued' ORDER BY id FOR UPDATE`;
}

/** Writes down when time alone may call for a message next; nothing where only a change can. */
async function planNextLook(tx: ShopTx, situation: Situation, book: DecisionBook): Promise<void> {
  const { shop, order } = situation;
  const reviewAt = nextLook(situation, book);
  if (reviewAt === null) {
    await tx.messageReview.deleteMany({ where: { shopId: shop.id, orderId: order.id } });
    return;
  }
  const key = { shopId: shop.id, orderId: order.id };
  await tx.messageReview.upsert({
    where: { shopId_orderId: key },
    create: { ...key, reviewAt },
    update: { reviewAt },
  });
}

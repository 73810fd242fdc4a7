import type { ShopTx } from "#app/lib/db.server.ts";
import { senderReady } from "../domains/sender-ready.server.ts";
import { warmUpLimit } from "../domains/warm-up.ts";
import { addToCount, type Counted } from "./day-counts.server.ts";
import { dayOf, URGENT_UP_TO, withinMeasure } from "./day-measure.ts";
import type { LedgerRow, MailDispatchDeps } from "./dispatch-deps.ts";

/** A mail that goes out, and from where: the shop's own sender, or the product's. */
export interface Measured {
  id: string;
  row: LedgerRow;
  sender: "own" | "shared";
  counted: Counted | null;
}

export type Allowance =
  | { kind: "allowed"; go: Measured[]; wait: LedgerRow[]; until: Date }
  /** The shop has nothing that its mails could come from. */
  | { kind: "no_sender"; reason: string };

/** Lets as many mails through as the shop's sender may send today, in the order in which they come. */
export async function allowMails(
  deps: MailDispatchDeps,
  tx: ShopTx,
  { shopId, rows }: { shopId: string; rows: readonly LedgerRow[] },
): Promise<Allowance> {
  const ready = await senderReady(tx, shopId, deps.trialSender);
  if (!ready.ready) return { kind: "no_sender", reason: `sender_${ready.reason}` };
  const day = dayOf(deps.clock.now());
  const trial = { counted: { by: "trial", beganAt: day.beganAt }, measure: deps.trialSender.mailsPerDay } as const;
  const none: Measured[] = [];
  if (ready.via === "trial")
    return finish(deps, tx, { shopId, day, go: none, ...(await take(tx, shopId, { rows, ...trial })) });
  const domain = await warmDomain(tx, { shopId, domainId: ready.domainId, on: day.on });
  const measure = warmUpLimit(domain.warmFrom, day.on, domain.established);
  const counted = { by: "domain", domainId: domain.id, on: day.on } as const;
  const own = await take(tx, shopId, { rows, counted, measure });
  const go = own.taken.map((row): Measured => ({ id: row.id, row, sender: "own", counted }));
  if (!domain.overflow) return finish(deps, tx, { shopId, day, go, taken: [], rest: own.rest });
  return finish(deps, tx, { shopId, day, go, ...(await take(tx, shopId, { rows: own.rest, ...trial })) });
}

interface Taking {
  rows: readonly LedgerRow[];
  counted: Counted;
  measure: number | null;
}

/** As many as the measure has room for. */
async function take(tx: ShopTx, shopId: string, { rows, counted, measure }: Taking) {
  if (rows.length === 0) return { taken: [], rest: [] };
  const before = await addToCount(tx, shopId, { counted, by: rows.length });
  const within = withinMeasure(
    measure,
    before,
    rows.map(({ urgency }) => urgency),
  );
  const rest = rows.filter((_, index) => !within[index]);
  if (rest.length > 0) await addToCount(tx, shopId, { counted, by: -rest.length });
  return { taken: rows.filter((_, index) => within[index]), rest };
}

interface Finishing {
  shopId: string;
  day: ReturnType<typeof dayOf>;
  go: Measured[];
  /** From the product's own sender. */
  taken: readonly LedgerRow[];
  rest: readonly LedgerRow[];
}

async function finish(
  deps: MailDispatchDeps,
  tx: ShopTx,
  { shopId, day, go, taken, rest }: Finishing,
): Promise<Allowance> {
  const counted = { by: "trial", beganAt: day.beganAt } as const;
  const shared = taken.map((row): Measured => ({ id: row.id, row, sender: "shared", counted }));
  if (rest.length > 0) await letQueueWait(tx, shopId, { now: deps.clock.now(), until: day.endsAt });
  return { kind: "allowed", go: [...go, ...shared], wait: [...rest], until: day.endsAt };
}

/** The domain, which begins to warm up with its first mail. */
async function warmDomain(tx: ShopTx, { shopId, domainId, on }: { shopId: string; domainId: string; on: string }) {
  const where = { shopId_id: { shopId, id: domainId } };
  const domain = await tx.senderDomain.findUniqueOrThrow({ where });
  if (domain.warmFrom !== null) return domain;
  return tx.senderDomain.update({ where, data: { warmFrom: on } });
}

/** What is queued behind would only be claimed to be told the same. */
async function letQueueWait(tx: ShopTx, shopId: string, { now, until }: { now: Date; until: Date }): Promise<void> {
  await tx.$executeRaw`
    UPDATE notification SET due_at = ${until}, decision = decision || '{"wait": "warm_up"}'::jsonb
    WHERE shop_id = ${shopId} AND channel = 'email' AND state = 'queued' AND due_at <= ${now}
      AND urgency > ${URGENT_UP_TO}`;
}

import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import type { LedgerRow } from "./dispatch-deps.ts";
import { dayOf, measureOfDay, URGENT_UP_TO, withinMeasure } from "./warm-up.ts";

/** Counted against a domain's day; given back for mails that surely did not leave. */
export interface Counted {
  domainId: string;
  on: string;
}

export interface Measured {
  id: string;
  row: LedgerRow;
  /** Goes out: from the shop's own sender, or from the shared one because the domain has had its measure. */
  sender: "own" | "shared";
  counted: Counted | null;
}

export interface Allowance {
  go: Measured[];
  /** Above the measure: they wait for the next day. */
  wait: { rows: LedgerRow[]; until: Date };
}

/** Lets as many mails through as the shop's warming domain may send today, in the order in which they come. */
export async function allowMails(
  tx: ShopTx,
  clock: Clock,
  shopId: string,
  rows: readonly LedgerRow[],
): Promise<Allowance> {
  const { on, endsAt } = dayOf(clock.now());
  const domain = rows.length === 0 ? null : await findDomain(tx, shopId, on);
  const measure = domain && measureOfDay(domain, on);
  if (!domain || measure === null) {
    return {
      go: rows.map((row) => ({ id: row.id, row, sender: "own", counted: null })),
      wait: { rows: [], until: endsAt },
    };
  }
  const counted = { domainId: domain.id, on };
  const sent = await lockCount(tx, shopId, counted);
  const within = withinMeasure(
    measure,
    sent,
    rows.map(({ urgency }) => urgency),
  );
  await addToCount(tx, shopId, counted, within.filter(Boolean).length);
  const rest = rows.filter((_, index) => !within[index]);
  const go: Measured[] = rows.flatMap((row, index) =>
    within[index] ? [{ id: row.id, row, sender: "own", counted }] : [],
  );
  if (domain.overflow) {
    return {
      go: [...go, ...rest.map((row): Measured => ({ id: row.id, row, sender: "shared", counted: null }))],
      wait: { rows: [], until: endsAt },
    };
  }
  if (rest.length > 0) await letQueueWait(tx, shopId, { now: clock.now(), until: endsAt });
  return { go, wait: { rows: rest, until: endsAt } };
}

/** Gives places of the day back. */
export async function giveBack(tx: ShopTx, shopId: string, counted: readonly (Counted | null)[]): Promise<void> {
  const places = counted.filter((one) => one !== null);
  const [first] = places;
  if (first) await addToCount(tx, shopId, first, -places.length);
}

/** The verified domain of the shop's sender, which begins to warm up with its first mail. */
async function findDomain(tx: ShopTx, shopId: string, on: string) {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { settings: true } });
  const name = readSettings(shop.settings).sender.fromAddress.split("@")[1]?.toLowerCase();
  if (!name) return null;
  const domain = await tx.senderDomain.findUnique({ where: { shopId_name: { shopId, name } } });
  if (domain?.status !== "verified") return null;
  if (domain.warmFrom !== null) return { ...domain, warmFrom: domain.warmFrom };
  await tx.senderDomain.update({ where: { shopId_id: { shopId, id: domain.id } }, data: { warmFrom: on } });
  return { ...domain, warmFrom: on };
}

async function lockCount(tx: ShopTx, shopId: string, { domainId, on }: Counted): Promise<number> {
  await tx.domainDay.createMany({ data: [{ shopId, domainId, on }], skipDuplicates: true });
  const [day] = await tx.$queryRaw<{ sent: number }[]>`
    SELECT sent FROM domain_day WHERE shop_id = ${shopId} AND domain_id = ${domainId} AND "on" = ${on} FOR UPDATE`;
  return day?.sent ?? 0;
}

async function addToCount(tx: ShopTx, shopId: string, { domainId, on }: Counted, by: number): Promise<void> {
  if (by === 0) return;
  await tx.domainDay.update({
    where: { shopId_domainId_on: { shopId, domainId, on } },
    data: { sent: { increment: by } },
  });
}

/** What is queued behind would only be claimed to be told the same. */
async function letQueueWait(tx: ShopTx, shopId: string, { now, until }: { now: Date; until: Date }): Promise<void> {
  await tx.$executeRaw`
    UPDATE notification SET due_at = ${until}, decision = decision || '{"wait": "warm_up"}'::jsonb
    WHERE shop_id = ${shopId} AND channel = 'email' AND state = 'queued' AND due_at <= ${now} AND urgency > ${URGENT_UP_TO}`;
}

import { type KeyRing, sha256 } from "#app/lib/crypto.server.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { addressHash, addressKeyOf, blocksOf } from "./address-blocks.server.ts";
import { readPublished } from "./rule-sets.server.ts";
import { digestDay } from "./staff/digest-time.ts";
import { type DigestSources, readDigest, type UnshippedOrders } from "./staff/read-digest.server.ts";
import { DIGEST_MARK, scheduleDigest } from "./staff/schedule-digest.server.ts";
import { DAILY_LIST, type StaffMail } from "./staff/staff-mail.ts";
import { staffRow } from "./staff/staff-row.ts";

export type { UnshippedOrders };

export interface DigestDeps extends DigestSources {
  db: Database;
  clock: Clock;
  keys: KeyRing;
}

export type DigestOutcome =
  | { kind: "queued"; messages: number }
  /** Nothing needs anybody: no mail, and a line in the log that says so. */
  | { kind: "nothing" }
  /** Not its hour, or the day has had its digest. */
  | { kind: "not_due" }
  /** Nobody wants one. */
  | { kind: "off" };

/** Before what can wait: it is about today. */
const URGENCY = 1;

/**
 * Decides the digest of a shop's day: one message to each staff address with everything that needs somebody. The mark of
 * the shop is locked and says which day was the last, and the ledger's keys hold the day: however often it is asked, a day
 * has one digest. When the next is due is written down in the same transaction.
 */
export function decideDigest(deps: DigestDeps, shopId: string): Promise<DigestOutcome> {
  const { db, clock } = deps;
  return db.forShop(shopId, async (tx): Promise<DigestOutcome> => {
    const now = clock.now();
    const [mark] = await tx.$queryRaw<{ cursor: string | null }[]>`
      SELECT cursor FROM sync_mark WHERE shop_id = ${shopId} AND name = ${DIGEST_MARK} FOR UPDATE`;
    const { rules, number } = await readPublished(tx, shopId);
    const time = await scheduleDigest(tx, clock, { shopId, staff: rules.staff });
    if (!time) return { kind: "off" };
    const day = digestDay(time, now);
    if (day === null || mark?.cursor === day) return { kind: "not_due" };
    await tx.syncMark.updateMany({ where: { shopId, name: DIGEST_MARK }, data: { cursor: day, upTo: now } });
    const staffMail = await readDigest(tx, deps, { shopId, now });
    const digest = { shopId, day, rulesNumber: number, staffMail, addresses: rules.staff.addresses };
    const messages = await writeDigest(tx, deps, digest);
    return staffMail ? { kind: "queued", messages } : { kind: "nothing" };
  });
}

interface Digest {
  shopId: string;
  /** Civil day of the shop. */
  day: string;
  rulesNumber: number;
  staffMail: StaffMail | null;
  addresses: readonly string[];
}

/** One line of the ledger for each address; one that says why there is none where there is nothing to tell. @returns how many go out. */
async function writeDigest(tx: ShopTx, { clock, keys }: DigestDeps, digest: Digest): Promise<number> {
  const { shopId, day, rulesNumber, staffMail } = digest;
  const now = clock.now();
  const key = await addressKeyOf(tx, keys, shopId);
  const things = staffMail?.sections.reduce((total, { count }) => total + count, 0) ?? 0;
  const row = (recipient: string | null, rule: "blocked" | "nothing_to_tell" | null) =>
    staffRow(
      {
        ...{ shopId, id: newId("ntf", clock), kind: DAILY_LIST, recipient, rule, staffMail, urgency: URGENCY },
        businessKey: `${DAILY_LIST}:${day}:${recipient === null ? "nobody" : sha256(recipient.toLowerCase()).slice(0, 16)}`,
        ...{ occurrence: day, rulesNumber, evidence: { day, things } },
      },
      now,
    );
  if (staffMail === null) {
    await tx.notification.createMany({ data: [row(null, "nothing_to_tell")], skipDuplicates: true });
    return 0;
  }
  const rows = [];
  for (const address of digest.addresses) {
    const { email } = await blocksOf(tx, shopId, { emailHash: addressHash(key, "email", address) });
    rows.push(row(address, email.all === null ? null : "blocked"));
  }
  await tx.notification.createMany({ data: rows, skipDuplicates: true });
  return rows.filter(({ state }) => state === "queued").length;
}

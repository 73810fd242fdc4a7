import { z } from "zod";
import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { staffMailOf } from "../staff/staff-mail.ts";
import { addressHash, addressKeyOf, blocksOf } from "../address-blocks.server.ts";

export interface RepeatWish {
  shopId: string;
  actorId: string;
  /** The message to be sent again, or for the first time although a rule held it back. */
  id: string;
  /** Why; kept with the new message. */
  reason: string;
  /** Another e-mail address; empty = the same as before. */
  recipient: string;
  /** Made when the question was asked: answering it twice sends once. */
  requestId: string;
}

/** Each is a translation key under `repeat.`. */
export type RepeatOutcome =
  { kind: "queued"; id: string } | { kind: "not_found" | "no_reason" | "bad_address" | "no_recipient" | "blocked" };

/** Before everything else that waits: somebody is on the telephone. */
const URGENCY = 0;

/**
 * Sends a message again by hand: a new line of the ledger with a business key of its own, so that it goes out once,
 * however often the button is pressed, and never instead of what the rules decide. Who must not be written to is not.
 */
export async function repeatMessage(
  tx: ShopTx,
  { clock, keys }: { clock: Clock; keys: KeyRing },
  wish: RepeatWish,
): Promise<RepeatOutcome> {
  const { shopId, actorId, id: from } = wish;
  const reason = wish.reason.trim().slice(0, 300);
  if (!reason) return { kind: "no_reason" };
  const row = await tx.notification.findUnique({ where: { shopId_id: { shopId, id: from } } });
  if (!row) return { kind: "not_found" };
  const address = wish.recipient.trim() || row.recipient;
  if (!address) return { kind: "no_recipient" };
  const medium = row.channel === "email" ? "email" : "phone";
  if (wish.recipient.trim() && !isAddress(medium, address)) return { kind: "bad_address" };
  const personKey = addressHash(await addressKeyOf(tx, keys, shopId), medium, address);
  const blocks = await blocksOf(tx, shopId, medium === "email" ? { emailHash: personKey } : { phoneHash: personKey });
  if (blocks[medium].all) return { kind: "blocked" };
  const businessKey = `manual:${from}:${wish.requestId}`;
  const staffMail = staffMailOf(row);
  const now = clock.now();
  const id = newId("ntf", clock);
  const { kind, channel, audience, orderId, shipmentId, parcelIds, occurrence, countryCode, locale, rulesNumber } = row;
  const made = await tx.notification.createMany({
    data: [
      {
        ...{ shopId, id, businessKey, kind, channel, audience, orderId, shipmentId, parcelIds, occurrence },
        ...{ countryCode, locale, rulesNumber, recipient: address, personKey, purpose: "manual", note: reason },
        ...{ state: "queued", dueAt: now, urgency: URGENCY, decidedAt: now, updatedAt: now },
        decision: {
          ...{ action: "send", rule: null, wait: null, evidence: { repeatOf: from } },
          ...(staffMail ? { staffMail } : {}),
        },
      },
    ],
    skipDuplicates: true,
  });
  if (made.count === 0) {
    const first = await tx.notification.findUniqueOrThrow({ where: { shopId_businessKey: { shopId, businessKey } } });
    return { kind: "queued", id: first.id };
  }
  const subject = { type: "notification", id } as const;
  await recordActivity(tx, clock, shopId, [
    { type: "notification.repeated", actor: "staff", actorId, subject, data: { from, kind } },
  ]);
  return { kind: "queued", id };
}

function isAddress(medium: "email" | "phone", address: string): boolean {
  if (medium === "email") return z.email().max(254).safeParse(address).success;
  return /^\+[1-9]\d{6,14}$/.test(address);
}

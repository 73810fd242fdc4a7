import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { createLogger } from "#app/lib/logger.server.ts";
import { systemTimer } from "#app/lib/timer.ts";
import type { TextMessage } from "#app/modules/notifications/channels/sms-sender.ts";
import {
  DISPATCH_LIMITS,
  type DispatchDeps,
  type DispatchLimits,
} from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import type { MessageContent, RenderAnswer, RenderBatch } from "#app/modules/notifications/message-content.ts";
import type { Mail } from "#app/modules/notifications/mail-sender.ts";
import { makeShop } from "./factories.ts";
import { runAsOwner } from "./run-as-owner.ts";

/* Sending without shops' parcels and templates: rows of the ledger, and content made from them. For processes of their own, too. */

export interface MessagesToMake {
  count: number;
  channel?: "email" | "sms" | "whatsapp";
  urgency?: number;
  dueAt?: Date;
  shopId?: string;
}

const AT_ONCE = 1_000;

/** A shop with so many queued messages. @returns the shop's id and the messages', in the order in which they are due. */
export async function queueMessages(
  { db, clock }: { db: Database; clock: Clock },
  { count, channel = "email", urgency = 5, dueAt = clock.now(), shopId: given }: MessagesToMake,
): Promise<{ shopId: string; ids: string[] }> {
  const shopId = given ?? (await makeShop(db, clock)).shopId;
  const ids = Array.from({ length: count }, () => newId("ntf", clock)).sort();
  const now = clock.now();
  for (let start = 0; start < count; start += AT_ONCE) {
    await db.forShop(shopId, (tx) =>
      tx.notification.createMany({
        data: ids.slice(start, start + AT_ONCE).map((id) => ({
          ...{ shopId, id, businessKey: id, kind: "shipped", channel, urgency, dueAt, state: "queued", decision: {} },
          recipient: channel === "email" ? `${id}@example.com` : "+15125550123",
          ...{ decidedAt: now, updatedAt: now },
        })),
      }),
    );
  }
  return { shopId, ids };
}

/** Content that says which message it is, "sealed" as it stands. */
export const plainContent: Pick<DispatchDeps, "render" | "open"> = {
  async render(tx: ShopTx, { shopId, targets }: RenderBatch): Promise<Map<string, RenderAnswer>> {
    const shared = new Map(targets.map(({ notificationId, sharedSender }) => [notificationId, sharedSender]));
    const rows = await tx.notification.findMany({ where: { shopId, id: { in: [...shared.keys()] } } });
    return new Map(
      rows.map((row) => {
        const content = contentOf({ ...row, recipient: row.recipient ?? "" }, shared.get(row.id));
        const sealed = JSON.stringify(content);
        return [row.id, { stored: { ...content, sealed, contentHash: row.id, subject: "", templateNumber: 0 } }];
      }),
    );
  },
  open: ({ renderedSealed }) => JSON.parse(renderedSealed) as MessageContent,
};

function contentOf(
  { id, shopId, channel, kind, recipient }: Record<"id" | "shopId" | "channel" | "kind" | "recipient", string>,
  sharedSender = false,
): MessageContent {
  if (channel !== "email") {
    const text: TextMessage = { to: recipient, body: `Your parcel is on its way. ${id}`, validForSeconds: 7_200 };
    return { channel: channel as "sms" | "whatsapp", text };
  }
  const mail: Mail = {
    from: sharedSender ? "Shop <post@mail.doorstep.example>" : "Shop <post@demo-store.example>",
    ...{ to: recipient, replyTo: null, subject: `Message ${id}`, html: `<p>${id}</p>`, text: id, headers: {} },
    tags: { shop: shopId, notification: id, kind },
  };
  return { channel: "email", mail };
}

/** More than any test sends. */
export const TRIAL_SENDER = { address: "post@mail.doorstep.example", mailsPerDay: 1_000_000 };

export function dispatchDeps(
  { db, clock }: { db: Database; clock: Clock },
  limits: Partial<DispatchLimits> = {},
): DispatchDeps {
  return {
    ...{
      db,
      clock,
      timer: systemTimer,
      log: createLogger({ level: "silent", name: "test" }),
      limits: { ...DISPATCH_LIMITS, ...limits },
    },
    recheck: () => Promise.resolve(new Map()),
    ...plainContent,
  };
}

/** Lets time pass for everything that the database's clock measures about sending. */
export function letLeasesPass({ ownerUrl }: { ownerUrl: string }, interval: string): Promise<void> {
  const by = `interval '${interval}'`;
  return runAsOwner(ownerUrl, [
    `UPDATE notification SET leased_until = leased_until - ${by}, first_attempt_at = first_attempt_at - ${by},
       last_attempt_at = last_attempt_at - ${by}, missing_since = missing_since - ${by} WHERE state = 'sending'`,
    `UPDATE send_pace SET next_at = next_at - ${by}, held_until = held_until - ${by}`,
    `UPDATE send_turn SET not_before = not_before - ${by}`,
  ]);
}

/** How many messages of the shop are in each state. */
export async function statesOf({ db }: { db: Database }, shopId: string): Promise<Record<string, number>> {
  const groups = await db.forShop(shopId, (tx) =>
    tx.notification.groupBy({ by: ["state"], where: { shopId }, _count: { _all: true } }),
  );
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count._all]));
}

import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { addressHash, addressKeyOf, blockAddress } from "./address-blocks.server.ts";
import { takeDomainEvent } from "./domains/take-domain-event.server.ts";
import { recordMessageEvents } from "./provider-events/record-message-events.server.ts";
import {
  blockOfEvent,
  detailOfEvent,
  instantOfEvent,
  type ResendEvent,
  resendEvent,
  stateOfEvent,
} from "./provider-events/resend-event.ts";

export interface ResendEventDeps {
  db: Database;
  clock: Clock;
  keys: KeyRing;
}

export interface StoredEvent {
  shopId: string;
  /** `svix-id`: the event's own. */
  eventId: string | null;
  deliveryId: string;
  receivedAt: Date;
  body: unknown;
}

type Outcome = { kind: "applied" } | { kind: "ignored"; reason: string };

/** One stored webhook of Resend: about a message, or about a domain. Safe to run twice. */
export async function handleResendEvent(deps: ResendEventDeps, stored: StoredEvent): Promise<Outcome> {
  const event = resendEvent.parse(stored.body);
  return deps.db.forShop(stored.shopId, (tx) =>
    event.type.startsWith("domain.")
      ? takeDomainEvent(tx, deps.clock, { shopId: stored.shopId, event })
      : takeMessageEvent(deps, tx, stored, event),
  );
}

async function takeMessageEvent(
  deps: ResendEventDeps,
  tx: ShopTx,
  stored: StoredEvent,
  event: ResendEvent,
): Promise<Outcome> {
  const { shopId, receivedAt } = stored;
  const type = stateOfEvent(event.type);
  if (!type) return { kind: "ignored", reason: "unknown_topic" };
  const message = await findMessage(tx, shopId, event);
  if (!message) return { kind: "ignored", reason: "unknown_message" };
  const at = instantOfEvent(event, receivedAt);
  const id = stored.eventId ?? stored.deliveryId;
  await recordMessageEvents(tx, {
    ...{ shopId, notificationId: message.id, providerId: event.data.email_id ?? null, now: deps.clock.now() },
    events: [{ id, type, at, detail: detailOfEvent(event) }],
  });
  const reason = blockOfEvent(event);
  const address = message.recipient ?? event.data.to?.[0] ?? null;
  if (reason && address) {
    const key = await addressKeyOf(tx, deps.keys, shopId);
    // After a redaction the event still names the address: its hash is enough.
    const shown = message.recipient;
    const hash = addressHash(key, "email", address);
    const about = { notificationId: message.id, scope: "all", source: "resend", at } as const;
    await blockAddress(tx, { ...about, shopId, medium: "email", hash, address: shown, reason });
  }
  return { kind: "applied" };
}

/** By our own tag; by the provider's id where a mail came back without it. */
async function findMessage(tx: ShopTx, shopId: string, { data }: ResendEvent) {
  const select = { id: true, recipient: true };
  const id = data.tags?.["notification"];
  const tagged = id ? await tx.notification.findUnique({ where: { shopId_id: { shopId, id } }, select }) : null;
  if (tagged || !data.email_id) return tagged;
  return tx.notification.findFirst({ where: { shopId, providerId: data.email_id }, select });
}

import { type KeyRing, UnsealError } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { CustomerScope } from "./customer-scope.server.ts";

/**
 * Everything we hold about a customer, as plain JSON: orders with their lines, parcels with their scans, messages with
 * their texts, and the raw webhooks that named them. Ids of ours and secrets stay out.
 */
export async function collectCustomerData(tx: ShopTx, keys: KeyRing, scope: CustomerScope): Promise<object> {
  const where = { shopId: scope.shopId, orderId: { in: scope.orderIds } };
  const orders = await tx.order.findMany({
    where: { shopId: scope.shopId, id: { in: scope.orderIds } },
    omit: { shopId: true, linkTokenSealed: true, linkTokenHash: true },
    include: { lines: { omit: { shopId: true } }, fulfillments: { omit: { shopId: true } } },
  });
  const shipments = await tx.shipment.findMany({
    where,
    omit: { shopId: true },
    include: {
      events: { omit: { shopId: true } },
      forecast: { select: { facts: true, promisedOn: true, windows: true, shown: true } },
    },
  });
  const messages = await collectMessages(tx, keys, scope);
  const { customerId, email, phone } = scope;
  const reachability = await collectReachability(tx, scope);
  return toPlainJson({ customer: { id: customerId, email, phone }, orders, shipments, messages, ...reachability });
}

async function collectMessages(tx: ShopTx, keys: KeyRing, { shopId, orderIds }: CustomerScope) {
  const rows = await tx.notification.findMany({
    where: { shopId, orderId: { in: orderIds } },
    omit: { shopId: true, leaseToken: true, personKey: true },
    include: {
      events: { select: { type: true, at: true, detail: true } },
      links: { select: { label: true, target: true, clicks: true } },
    },
  });
  return rows.map(({ renderedSealed, ...message }) => ({
    ...message,
    rendered: renderedSealed === null ? null : openMessage(keys, shopId, renderedSealed),
  }));
}

/** What this person asked for and refused; found by their messages' keys and by the plain address. */
async function collectReachability(tx: ShopTx, { shopId, orderIds, email, phone }: CustomerScope): Promise<object> {
  const persons = await tx.notification.findMany({
    where: { shopId, orderId: { in: orderIds }, personKey: { not: null } },
    select: { personKey: true },
    distinct: ["personKey"],
  });
  const addressHash = { in: persons.flatMap(({ personKey }) => personKey ?? []) };
  const addresses = [email, phone].filter((text) => text !== null);
  const blocks = await tx.addressBlock.findMany({
    where: { shopId, OR: [{ addressHash }, { address: { in: addresses, mode: "insensitive" } }] },
    select: { medium: true, scope: true, address: true, reason: true, source: true, at: true },
  });
  const consents = await tx.consent.findMany({
    where: { shopId, addressHash },
    select: { medium: true, scope: true, source: true, wording: true, at: true },
  });
  return { blocks, consents };
}

/** The field that the notifications module seals its rendered messages under. */
function openMessage(keys: KeyRing, shopId: string, sealed: string): string | null {
  try {
    return keys.open(sealed, { shopId, field: "notification.rendered" });
  } catch (error) {
    // A lost key must not keep the rest from its owner.
    if (error instanceof UnsealError) return null;
    throw error;
  }
}

/** Amounts are big integers, which JSON does not know: they become digits. */
function toPlainJson(value: object): object {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? String(part) : part)));
}

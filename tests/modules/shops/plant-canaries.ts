import type { ShopTx } from "#app/lib/db.server.ts";
import { makeScans, makeShipment, testKeys } from "#tests/support/factories.ts";
import type { Edge } from "./edge-services.ts";

/** Strings that stand for one buyer and occur nowhere else. */
export const CANARIES = {
  email: "canary.avery@example.com",
  name: "Canaria Lindqvist",
  phone: "+15125559876",
  addressPhone: "+15125554321",
  city: "Canary Springs",
  street: "77 Canary Way",
  zip: "CN4 9RY",
};
export const ORDER = "6021844779231";
export const CUSTOMER = "7719304425695";
/** The buyer as messages, blocks and consents know them. */
export const PERSON = "keyed-hash-of-the-canary";

interface Place {
  edge: Edge;
  shopId: string;
  orderId: string;
  now: Date;
}

/** The buyer in the rows that follow an order: parcel, scans, message and what hangs on it, effect, saved search. */
export async function plantRows(edge: Edge, shopId: string): Promise<void> {
  const place = { edge, shopId, orderId: `gid://shopify/Order/${ORDER}`, now: edge.clock.now() };
  await edge.services.db.forShop(shopId, async (tx) => {
    const { shipmentId, fulfillmentId } = await plantParcel(tx, place);
    await plantMessage(tx, place, shipmentId);
    await plantReachability(tx, place, shipmentId);
    await plantTraces(tx, place, fulfillmentId);
  });
}

async function plantParcel(tx: ShopTx, { edge, shopId, orderId, now }: Place) {
  const made = await makeShipment(tx, edge.clock, {
    ...{ shopId, orderId, trackingNumber: "1ZCANARY0000000001", status: "delivered" },
  });
  const { shipmentId } = made;
  const description = `Signed by ${CANARIES.name}`;
  await makeScans(tx, { shopId, shipmentId }, [{ status: "delivered", occurredAt: now, description }]);
  await tx.trackingEvent.updateMany({
    where: { shopId, shipmentId },
    data: { location: CANARIES.city, raw: { receivedBy: CANARIES.name, zip: CANARIES.zip } },
  });
  await tx.shipment.update({
    where: { shopId_id: { shopId, id: shipmentId } },
    data: {
      trackingUrl: `https://carrier.example/t?zip=${CANARIES.zip}&email=${CANARIES.email}`,
      lastEvent: { status: "delivered", description, location: CANARIES.city },
      checkProblem: { kind: "unknown", message: CANARIES.city, at: now.toISOString() },
    },
  });
  return made;
}

async function plantMessage(tx: ShopTx, { shopId, orderId, now }: Place, shipmentId: string): Promise<void> {
  const context = { shopId, field: "notification.rendered" };
  await tx.notification.create({
    data: {
      ...{ shopId, id: "ntf_canary", businessKey: "one", kind: "delivered", channel: "email", orderId, shipmentId },
      ...{ recipient: CANARIES.email, state: "sent", subject: `Hello ${CANARIES.name}`, error: CANARIES.email },
      ...{ personKey: PERSON, note: `asked by ${CANARIES.name}`, decidedAt: now, updatedAt: now },
      decision: { rule: "status", detail: CANARIES.email },
      renderedSealed: testKeys.seal(JSON.stringify({ to: CANARIES.email }), context),
    },
  });
  await tx.notificationEvent.create({
    data: {
      ...{ shopId, notificationId: "ntf_canary", id: "evt_1", type: "bounced", at: now, receivedAt: now },
      detail: { message: `no such mailbox ${CANARIES.email}` },
    },
  });
  await tx.messageLink.create({
    data: {
      ...{ shopId, tokenHash: "link", notificationId: "ntf_canary", label: "promo", expiresAt: now },
      target: `https://shop.example/?for=${CANARIES.email}`,
    },
  });
}

async function plantReachability(tx: ShopTx, { shopId, orderId, now: at }: Place, shipmentId: string): Promise<void> {
  const block = { shopId, medium: "email", scope: "all", reason: "bounced", source: "resend", at };
  await tx.addressBlock.createMany({
    data: [
      { ...block, addressHash: PERSON, address: CANARIES.email },
      { ...block, addressHash: "other", address: CANARIES.email.toUpperCase() },
      { ...block, medium: "phone", addressHash: "third", address: CANARIES.phone },
    ],
  });
  await tx.consent.create({
    data: { ...{ shopId, medium: "phone", addressHash: PERSON, scope: "service", source: "tracking_page", at } },
  });
  const mute = { shopId, at, note: `${CANARIES.name} called` };
  await tx.mute.createMany({
    data: [
      { ...mute, subjectType: "order", subjectId: orderId },
      { ...mute, subjectType: "parcel", subjectId: shipmentId },
      { ...mute, subjectType: "customer", subjectId: `gid://shopify/Customer/${CUSTOMER}` },
    ],
  });
}

async function plantTraces(tx: ShopTx, { shopId, now }: Place, fulfillmentId: string): Promise<void> {
  await tx.effect.create({
    data: {
      ...{ shopId, id: "eff_canary", kind: "write_back", businessKey: "one", subjectId: fulfillmentId, state: "done" },
      ...{ payload: { city: CANARIES.city, zip: CANARIES.zip }, outcome: CANARIES.city },
      ...{ createdAt: now, updatedAt: now },
    },
  });
  const query = `q=${encodeURIComponent(CANARIES.email)}`;
  await tx.savedView.create({
    data: { shopId, id: "viw_canary", page: "shipments", name: "x", query, createdAt: now },
  });
}

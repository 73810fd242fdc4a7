import { randomToken, sha256 } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { sealSecret } from "#app/modules/shops/carrier-secrets.ts";
import { sealExport } from "#app/modules/shops/privacy-requests.server.ts";
import type { Edge } from "#tests/modules/shops/edge-services.ts";
import { makeOrder, makeScans, makeShipment, makeShop } from "#tests/support/factories.ts";
import { storeOfflineSession } from "./admin-requests.ts";

/** A shop with one of everything that the admin shows, every part marked so that it can be found in an answer. */
export interface AdminWorld {
  shopId: string;
  domain: string;
  orderId: string;
  shipmentId: string;
  fingerprint: string;
  accountId: string;
  deliveryId: string;
  requestId: string;
  viewId: string;
  messageId: string;
  dryRunId: string;
  domainId: string;
  domainName: string;
  /** A code that nobody can read, and another that the merchant has explained. */
  code: string;
  mappingId: string;
  /** Texts that stand nowhere but in this shop's data. */
  marks: string[];
}

export async function makeAdminWorld(edge: Edge, mark: string): Promise<AdminWorld> {
  const { services, clock } = edge;
  const { db, keys } = services;
  const { shopId, domain } = await makeShop(db, clock);
  await storeOfflineSession(edge, domain);
  const now = clock.now();
  const ids = {
    accountId: newId("acc", clock),
    deliveryId: newId("dlv", clock),
    requestId: newId("prv", clock),
    viewId: newId("viw", clock),
    messageId: newId("ntf", clock),
    dryRunId: newId("dry", clock),
    smsAccountId: newId("acc", clock),
    domainId: newId("dom", clock),
    domainName: `${mark}.example`,
    fingerprint: `print${mark}`,
    code: `odd${mark}`,
    mappingId: newId("map", clock),
  };
  const parcel = await db.forShop(shopId, async (tx) => {
    const { orderId } = await makeOrder(tx, clock, { shopId, name: `#${mark}1`, email: `${mark}@example.com` });
    const { shipmentId } = await makeShipment(tx, clock, {
      ...{ shopId, orderId, trackingNumber: `1Z${mark.toUpperCase()}9`, status: "exception" },
    });
    const { fingerprint } = ids;
    await makeScans(tx, { shopId, shipmentId }, [
      { status: "exception", occurredAt: now, fingerprint, description: `Damaged ${mark}` },
    ]);
    await makeScans(tx, { shopId, shipmentId }, [
      { status: "unknown", occurredAt: now, code: ids.code, unknownCode: true, rule: "none" },
    ]);
    await tx.codeMapping.create({
      data: {
        ...{ shopId, id: ids.mappingId, carrier: "ups", code: `known${mark}`, status: "delivered", state: "applied" },
        ...{ actorId: "42", createdAt: now, updatedAt: now },
      },
    });
    const asked = { of: "published", days: 7, from: now, to: now, rules: {}, rulesNumber: 0, published: null };
    await tx.dryRun.create({ data: { shopId, id: ids.dryRunId, state: "done", asked, createdAt: now } });
    await tx.carrierAccount.create({
      data: {
        ...{ shopId, id: ids.accountId, carrier: "ups", label: `Account ${mark}`, status: "active" },
        credentialsSealed: sealSecret(
          keys,
          { shopId, accountId: ids.accountId },
          "credentials",
          `{"clientId":"${mark}"}`,
        ),
        hookTokenHash: sha256(randomToken()),
        hookTokenSealed: sealSecret(keys, { shopId, accountId: ids.accountId }, "hook_token", `hook${mark}`),
        ...{ createdAt: now, updatedAt: now },
      },
    });
    await makeSenders(tx, { shopId, mark, ids, now });
    await makeTraces(edge, tx, { shopId, mark, ids });
    await tx.notification.create({
      data: {
        ...{ shopId, id: ids.messageId, businessKey: `shipped:${mark}`, kind: "shipped", channel: "email" },
        ...{ orderId, shipmentId, recipient: `${mark}@example.com`, state: "suppressed" },
        ...{ decision: { action: "suppress", rule: "not_live" }, decidedAt: now, updatedAt: now },
      },
    });
    return { orderId, shipmentId };
  });
  return {
    shopId,
    domain,
    ...ids,
    ...parcel,
    marks: [mark, mark.toUpperCase(), ...Object.values(ids), parcel.shipmentId],
  };
}

/** A webhook that failed, a privacy request and a saved view. */
async function makeTraces(
  { services: { keys }, clock }: Edge,
  tx: ShopTx,
  { shopId, mark, ids }: { shopId: string; mark: string; ids: Record<"deliveryId" | "requestId" | "viewId", string> },
): Promise<void> {
  const now = clock.now();
  await tx.inboundDelivery.create({
    data: {
      ...{ shopId, id: ids.deliveryId, source: "shopify", topic: `orders/${mark}`, deliveryKey: mark },
      ...{ body: Buffer.from("{}"), status: "failed", error: `Reason ${mark}`, receivedAt: now },
    },
  });
  await tx.privacyRequest.create({
    data: {
      ...{ shopId, id: ids.requestId, kind: "customer_data", requestKey: mark, state: "done", receivedAt: now },
      exportSealed: sealExport(keys, { shopId, id: ids.requestId }, `{"buyer":"${mark}"}`),
    },
  });
  await tx.savedView.create({
    data: { shopId, id: ids.viewId, page: "shipments", name: `View ${mark}`, query: "tab=delivered", createdAt: now },
  });
}

/** The accounts that messages go out from. */
async function makeSenders(
  tx: ShopTx,
  {
    shopId,
    mark,
    ids,
    now,
  }: { shopId: string; mark: string; ids: Record<"smsAccountId" | "domainId" | "domainName", string>; now: Date },
): Promise<void> {
  await tx.smsAccount.create({
    data: {
      ...{ shopId, id: ids.smsAccountId, provider: "twilio", accountName: `AC${mark}`, secretsSealed: "sealed" },
      ...{ options: { origin: { kind: "name", name: mark.slice(0, 11) } }, state: "disabled" },
      ...{ hookTokenHash: sha256(randomToken()), hookTokenSealed: "sealed", createdAt: now, updatedAt: now },
    },
  });
  await tx.senderDomain.create({
    data: {
      ...{ shopId, id: ids.domainId, name: ids.domainName, region: "us-east-1", status: "verified" },
      ...{ createdAt: now, updatedAt: now },
    },
  });
}

/** Everything that a shop owns, as text: the same before and after a call that must not touch it. */
export async function snapshotOf(edge: Edge, shopId: string): Promise<string> {
  const tables = [
    "shipment",
    "tracking_event",
    "carrier_account",
    "sms_account",
    "code_mapping",
    "inbound_delivery",
    "notification",
    "sender_domain",
    "address_block",
    "mute",
    "saved_view",
    "activity",
  ];
  const parts = [await edge.rows("SELECT settings::text FROM shop WHERE id = $1", [shopId])];
  for (const table of tables) {
    parts.push(await edge.rows(`SELECT t::text FROM ${table} t WHERE shop_id = $1 ORDER BY 1`, [shopId]));
  }
  return JSON.stringify(parts);
}

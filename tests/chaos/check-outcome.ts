import { isDeepStrictEqual } from "node:util";
import { loadEnv } from "#app/lib/env.server.ts";
import { foldEvents } from "#app/modules/shipments/fold-events.ts";
import { foldContextOf, withState } from "#app/modules/shipments/recording-row.ts";
import { loadLogs, lockShipments } from "#app/modules/shipments/recording-store.server.ts";
import { closeServices, createServices } from "#app/services.server.ts";
import { withConnection } from "#tests/postgres/server-connection.ts";
import { listParcels } from "#tests/sandbox/shopify/list-parcels.ts";
import type { SandboxShopify } from "#tests/sandbox/shopify/create-sandbox-shopify.ts";
import type { SentMail } from "#tests/sandbox/resend/sent-mails.ts";
import type { FullStack } from "#tests/support/full-stack.ts";
import type { Forgery } from "./follow-webhooks.ts";

export interface Evidence {
  stack: FullStack;
  acknowledged: readonly string[];
  forgeries: readonly Forgery[];
}

/** Compares our database with what the outside world knows. Every line is something lost, doubled, invented or wrong. */
export async function checkOutcome({ stack, acknowledged, forgeries }: Evidence): Promise<string[]> {
  const faults = await Promise.all([
    missingFromStore(stack),
    unprocessed(stack, acknowledged),
    acceptedForgeries(stack, forgeries),
    wrongMails(stack),
    wrongStates(stack),
  ]);
  return faults.flat();
}

function rowsOf<Row extends object>(stack: FullStack, query: string, values: unknown[] = []): Promise<Row[]> {
  return withConnection(stack.database.ownerUrl, async (client) => (await client.query<Row>(query, values)).rows);
}

/** Every order of the shop and every parcel of it must be ours as well, and nothing else. */
async function missingFromStore(stack: FullStack): Promise<string[]> {
  const { shopify } = stack.sandbox;
  const orders = await rowsOf<{ id: string }>(stack, "SELECT id FROM orders");
  const parcels = await rowsOf<{ number: string }>(
    stack,
    "SELECT tracking_number AS number FROM shipment WHERE lifecycle = 'active'",
  );
  const ours = new Set(orders.map(({ id }) => id));
  const numbers = parcels.map(({ number }) => number);
  return [
    ...shopify.store.records.orders.filter(({ id }) => !ours.has(id)).map(({ name }) => `order ${name} is missing`),
    ...activeNumbers(shopify).flatMap((number) => {
      const count = numbers.filter((one) => one === number).length;
      return count === 1 ? [] : [`parcel ${number} is there ${count} times`];
    }),
    ...(ours.size > shopify.store.records.orders.length ? ["there are orders that the shop does not know"] : []),
  ];
}

export function activeNumbers(shopify: SandboxShopify): string[] {
  return listParcels(shopify.store).flatMap(({ number, cancelled }) => (cancelled ? [] : [number]));
}

async function unprocessed(stack: FullStack, acknowledged: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ key: string; status: string; error: string | null }>(
    stack,
    "SELECT delivery_key AS key, status, error FROM inbound_delivery WHERE source = 'shopify'",
  );
  const status = new Map(rows.map((row) => [row.key, row]));
  return acknowledged.flatMap((webhookId) => {
    const row = status.get(webhookId);
    if (row?.status === "processed" || row?.status === "ignored") return [];
    return [`webhook ${webhookId} was acknowledged and is ${row ? `${row.status}: ${row.error ?? ""}` : "lost"}`];
  });
}

async function acceptedForgeries(stack: FullStack, forgeries: readonly Forgery[]): Promise<string[]> {
  const ids = forgeries.map(({ webhookId }) => webhookId);
  const stored = await rowsOf<{ key: string }>(
    stack,
    "SELECT delivery_key AS key FROM inbound_delivery WHERE delivery_key = ANY ($1)",
    [ids],
  );
  return [
    ...stored.map(({ key }) => `the forged webhook ${key} was stored`),
    ...forgeries.flatMap(({ status, webhookId }) =>
      status === null || status === 401 ? [] : [`the forged webhook ${webhookId} was answered with ${status}`],
    ),
  ];
}

const tagOf = ({ tags }: SentMail, name: string) => tags.find((tag) => tag.name === name)?.value ?? "";

/** What Resend accepted against the ledger: nothing twice, nothing lost, nothing left open. */
async function wrongMails(stack: FullStack): Promise<string[]> {
  const mails = stack.sandbox.resend.mails.all();
  const rows = await rowsOf<{ id: string; state: string; key: string; error: string | null }>(
    stack,
    "SELECT id, state, business_key AS key, error FROM notification",
  );
  const sent = new Set(mails.map((mail) => tagOf(mail, "notification")));
  const perDay = (mail: SentMail) => (tagOf(mail, "kind") === "out_for_delivery" ? mail.subject : "");
  return [
    ...repeated(mails.map((mail) => tagOf(mail, "notification"))).map((id) => `message ${id} was sent twice`),
    ...repeated(mails.map((mail) => `${tagOf(mail, "shipment")} ${tagOf(mail, "kind")} ${perDay(mail)}`)).map(
      (what) => `the same was said twice: ${what}`,
    ),
    ...rows.flatMap(({ id, state, key, error }) => {
      if (["queued", "sending", "failed", "unknown"].includes(state)) return [`${key} is ${state}: ${error ?? ""}`];
      if ((state === "sent") !== sent.has(id)) return [`${key} is ${state}, Resend says otherwise`];
      return [];
    }),
    ...[...sent].filter((id) => !rows.some((row) => row.id === id)).map((id) => `nobody decided message ${id}`),
  ];
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** The state of each parcel must be what its log gives when it is read again from the beginning. */
async function wrongStates(stack: FullStack): Promise<string[]> {
  const ids = await rowsOf<{ shopId: string; id: string }>(stack, 'SELECT shop_id AS "shopId", id FROM shipment');
  const shopId = ids[0]?.shopId;
  if (shopId === undefined) return ["there are no parcels"];
  const services = createServices({ env: loadEnv({ ...stack.env, LOG_LEVEL: "silent" }), role: "web" });
  try {
    return await services.db.forShop(shopId, async (tx) => {
      const all = ids.map(({ id }) => id);
      const logs = await loadLogs(tx, shopId, all);
      const rows = await lockShipments(tx, shopId, all);
      return rows.flatMap((row) => {
        const log = logs.get(row.id);
        if (!log) return [];
        const inOrder = [...log].sort(
          (a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || a.sequence - b.sequence,
        );
        const replayed = withState(row, foldEvents(inOrder, foldContextOf(row)));
        if (isDeepStrictEqual(JSON.parse(JSON.stringify(replayed)), JSON.parse(JSON.stringify(row)))) return [];
        return [`parcel ${row.trackingNumber} is ${row.status}, its log says ${replayed.status}`];
      });
    });
  } finally {
    await closeServices(services);
  }
}

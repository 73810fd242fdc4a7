import { beforeEach, expect, test } from "vitest";
import { allJobs } from "#app/jobs/all-jobs.ts";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import { checkShipments } from "#app/modules/shipments/check-shipments.server.ts";
import { recordPush } from "#app/modules/shipments/record-push.server.ts";
import { subscribeNumbers, sweepSubscriptions } from "#app/modules/shipments/subscribe-numbers.server.ts";
import type { Services } from "#app/services.server.ts";
import { StoredCarrierAccess } from "#app/modules/shops/carrier-access.server.ts";
import { connectCarrierAccount } from "#app/modules/shops/connect-carrier-account.server.ts";
import { readCarrierHook } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { serve } from "#tests/sandbox-tests/carriers/sandbox-server.ts";
import { createSandboxCarriers, type SandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { SANDBOX_CREDENTIALS } from "#tests/sandbox/carriers/credentials.ts";
import { createWorld, type World } from "#tests/sandbox/world.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { addOrder, addShipment } from "./shipment-rows.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

const edge = keepOpen(openEdge);
/** Its services, with UPS at the sandbox's address. */
let services: Services;
let world: World;
let carriers: SandboxCarriers;
let shopId: string;
let accountId: string;
let orderId: string;

beforeEach(async () => {
  const { clock } = edge;
  await edge.rows("DELETE FROM shop");
  world = createWorld({ clock });
  carriers = createSandboxCarriers({ world, clock, slowMs: 5 });
  const env = { ...edge.services.env, CARRIER_BASE_URLS: { ups: `${await serve(carriers.router)}/ups` } };
  const access = new StoredCarrierAccess({ ...edge.services, env });
  const { shipments, pushes } = edge.services;
  services = { ...edge.services, env, shipments: { ...shipments, access }, pushes: { ...pushes, access } };
  ({ shopId } = await makeShop(services.db, clock));
  orderId = await addOrder(services.db, clock, { shopId });
  const carrier = carrierById("ups");
  if (!carrier) throw new Error("no ups");
  const connecting = { shopId, carrier, label: "UPS", credentials: SANDBOX_CREDENTIALS.ups, actorId: "1" };
  const outcome = await connectCarrierAccount(services, connecting);
  if (outcome.kind !== "connected") throw new Error(outcome.kind);
  ({ accountId } = outcome);
});

/** A parcel on its way with UPS, asked about once. */
async function askedOnce(trackingNumber?: string) {
  const { clock } = edge;
  const createdAt = new Date(clock.now().getTime() - DAY).toISOString();
  const number =
    trackingNumber ??
    addLiveParcels(world, { carrierId: "ups", scenario: "on_time", count: 1, speed: 1, createdAt })[0]?.trackingNumber;
  if (!number) throw new Error("no parcel");
  const { shipmentId } = await addShipment(services.db, clock, { shopId, orderId, trackingNumber: number });
  await edge.rows("UPDATE shipment SET next_check_at = created_at WHERE id = $1", [shipmentId]);
  await checkShipments(services.shipments, { shopId, shipmentIds: [shipmentId] });
  return { shipmentId, trackingNumber: number };
}

const subscribe = () => subscribeNumbers(services.pushes, { shopId, accountId });
const subscriptions = () =>
  edge.rows<{
    trackingNumber: string;
    nextAt: Date | null;
    until: Date | null;
    failures: number;
    problem: string | null;
  }>(
    `SELECT tracking_number AS "trackingNumber", next_at AS "nextAt", subscribed_until AS until, failures, problem
     FROM push_subscription ORDER BY tracking_number`,
  );
const calls = () => carriers.requests().filter(({ path }) => path.includes("subscription")).length;
const fromNow = (milliseconds: number) => new Date(edge.clock.now().getTime() + milliseconds);

test("a number that is followed is subscribed once, with the account's address and secret, and pushes are believed", async () => {
  const { trackingNumber, shipmentId } = await askedOnce();
  expect(await subscribe()).toBe(1);
  expect(await subscribe()).toBe(0);
  expect(calls()).toBe(1);
  const [kept] = await subscriptions();
  expect(kept).toMatchObject({ trackingNumber, failures: 0, until: fromNow(14 * DAY), nextAt: fromNow(12 * DAY) });
  const hook = await services.db.forShop(shopId, (tx) => readCarrierHook(services, tx, { shopId, accountId }));
  const [[, sandbox] = []] = carriers.upsAlerts.snapshot().subscriptions;
  expect(sandbox?.destination).toEqual({ url: hook?.url, credential: hook?.secret });
  // Not by the subscription alone: an address that nobody can reach would silence the parcel.
  const row = () =>
    edge.rows<{ pushUntil: Date | null }>(`SELECT push_until AS "pushUntil" FROM shipment WHERE id = $1`, [shipmentId]);
  expect((await row())[0]?.pushUntil).toBeNull();
  await push(trackingNumber, edge.clock.now());
  expect((await row())[0]?.pushUntil).toEqual(fromNow(5 * DAY));
});

const push = (trackingNumber: string, at: Date) => {
  const shipment = carrierShipment(trackingNumber, [carrierEvent({ status: "in_transit", code: "AR" }, at)]);
  return recordPush(services.shipments, {
    shopId,
    carrier: "ups",
    reading: { shipments: [shipment], errors: [] },
  });
};

test("a question that finds what no push told ends the trust in pushes, and is asked on", async () => {
  const { trackingNumber, shipmentId } = await askedOnce();
  await push(trackingNumber, edge.clock.now());
  const nextCheck = async () => {
    const [row] = await edge.rows<{ at: Date }>("SELECT next_check_at AS at FROM shipment WHERE id = $1", [shipmentId]);
    return (row?.at.getTime() ?? 0) - edge.clock.now().getTime();
  };
  expect(await nextCheck()).toBeGreaterThanOrEqual(23 * HOUR);
  edge.clock.advance(26 * HOUR);
  await checkShipments(services.shipments, { shopId, shipmentIds: [shipmentId] });
  expect(await nextCheck()).toBeLessThan(23 * HOUR);
});

test("it is renewed before it ends, and let go with the parcel", async () => {
  const first = await askedOnce();
  const second = await askedOnce();
  expect(await subscribe()).toBe(2);
  edge.clock.advance(12 * DAY);
  await edge.rows("UPDATE shipment SET next_check_at = NULL WHERE id = $1", [first.shipmentId]);
  expect(await subscribe()).toBe(1);
  expect(await subscriptions()).toMatchObject([{ trackingNumber: second.trackingNumber, until: fromNow(14 * DAY) }]);
});

test("a worker that dies between the call and its note leaves the number due again, and nothing is doubled", async () => {
  const { trackingNumber } = await askedOnce();
  const ups = carrierById("ups");
  if (!ups?.push) throw new Error("UPS pushes");
  const { push: pushes } = ups;
  const dies: NonNullable<typeof pushes.subscribe> = async (...given) => {
    await pushes.subscribe?.(...given);
    throw new Error("killed");
  };
  const dying = { ...ups, push: { ...pushes, subscribe: dies } };
  const deps = { ...services.pushes, carriers: { ...services.pushes.carriers, find: () => dying } };
  await expect(subscribeNumbers(deps, { shopId, accountId })).rejects.toThrow("killed");
  expect(await subscribe()).toBe(0);
  edge.clock.advance(11 * MINUTE);
  expect(await subscribe()).toBe(1);
  expect(carriers.upsAlerts.snapshot().subscriptions.map(([number]) => number)).toEqual([trackingNumber]);
  expect(await subscriptions()).toHaveLength(1);
});

test("failures back off, and say why; a carrier that recovers takes them", async () => {
  await askedOnce();
  carriers.faults.set("ups", { server_error: 1 });
  expect(await subscribe()).toBe(0);
  const [failed] = await subscriptions();
  expect(failed).toMatchObject({ failures: 1, until: null, nextAt: fromNow(15 * MINUTE), problem: expect.any(String) });
  edge.clock.advance(15 * MINUTE);
  expect(await subscribe()).toBe(0);
  expect((await subscriptions())[0]).toMatchObject({ failures: 2, nextAt: fromNow(30 * MINUTE) });
  carriers.faults.set("ups", {});
  edge.clock.advance(30 * MINUTE);
  expect(await subscribe()).toBe(1);
  expect((await subscriptions())[0]).toMatchObject({ failures: 0, problem: null });
});

test("a number that the carrier will not have does not keep the others from theirs", async () => {
  const good = await askedOnce();
  // Shorter than a number of UPS: it answers that it knows no such parcel, and subscribes none.
  const bad = await askedOnce("1Z12345");
  expect(await subscribe()).toBe(1);
  expect(await subscriptions()).toEqual([
    expect.objectContaining({
      trackingNumber: bad.trackingNumber,
      nextAt: null,
      until: null,
      problem: expect.any(String),
    }),
    expect.objectContaining({ trackingNumber: good.trackingNumber, until: fromNow(14 * DAY) }),
  ]);
});

test("the sweep queues one job for an account with due numbers, which does the rest", async () => {
  await askedOnce();
  await askedOnce();
  const queued: unknown[] = [];
  const queue = {
    insert: async (_tx: unknown, name: string, jobs: { data: unknown }[]) =>
      void queued.push(name, ...jobs.map(({ data }) => data)),
  };
  await sweepSubscriptions({ ...services, queue: queue as never });
  expect(queued).toEqual(["shipments.subscribe", { shopId, accountId }]);
  const job = allJobs.find(({ name }) => name === "shipments.subscribe");
  await job?.runUnchecked({ shopId, accountId }, services);
  expect((await subscriptions()).every(({ until }) => until !== null)).toBe(true);
  expect(calls()).toBe(1);
});

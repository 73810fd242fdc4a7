import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadEnv } from "#app/lib/env.server.ts";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import { checkShipments } from "#app/modules/shipments/check-shipments.server.ts";
import { connectCarrierAccount } from "#app/modules/shops/connect-carrier-account.server.ts";
import { closeServices, createServices, type Services } from "#app/services.server.ts";
import { appEnvironment, loadSecrets } from "#tests/sandbox/app-environment.ts";
import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { credentialsOf, SANDBOX_CARRIERS } from "#tests/sandbox/carriers/sandbox-carriers.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import { createWorld } from "#tests/sandbox/world.ts";
import { SAMPLES } from "#tests/modules/carriers/carrier-samples.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { silentLog } from "#tests/support/test-queue.ts";
import { HOUR, TestClock } from "#tests/support/test-clock.ts";
import { serve } from "./sandbox-server.ts";

const STEP = 12 * HOUR;
const MOST_STEPS = 16;

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

async function setUp(carrierId: string) {
  const carrier = carrierById(carrierId);
  if (!carrier) throw new Error(`There is no adapter ${carrierId}.`);
  const clock = new TestClock("2026-03-02T15:00:00.000Z");
  const world = createWorld({ clock });
  const sandboxUrl = await serve(createSandboxCarriers({ world, clock }).router);
  const addresses = { sandboxUrl, databaseUrl: database.url, edgeUrl: "http://127.0.0.1:9", port: 9 };
  const env = loadEnv(appEnvironment(loadSecrets(null), addresses));
  const services = createServices({ env, role: "web", clock, log: silentLog });
  const { shopId } = await makeShop(services.db, clock);
  const connect = (credentials: Readonly<Record<string, string>>) =>
    connectCarrierAccount(services, { shopId, carrier, label: "", credentials, actorId: "test" });
  return { carrier, clock, world, services, shopId, connect };
}

type World = Awaited<ReturnType<typeof setUp>>;

/** What the merchant types into the carrier's form. */
function fieldsOf({ carrier }: World, value: (name: string) => string): Record<string, string> {
  return Object.fromEntries(carrier.credentialFields.map(({ name }) => [name, value(name)]));
}

/** The parcel as the sandbox moves it, in a shop of its own. */
async function ship({ carrier, clock, world, services, shopId }: World) {
  const [parcel] = addLiveParcels(world, { carrierId: carrier.id, scenario: "on_time", count: 1, speed: 1 });
  const trackingNumber = parcel?.trackingNumber ?? "";
  const shipmentId = await services.db.forShop(shopId, async (tx) => {
    const { orderId } = await makeOrder(tx, clock, { shopId });
    const named = carrier.kind === "carrier" ? carrier.id : (SAMPLES[carrier.id]?.carrierHint ?? null);
    return (await makeShipment(tx, clock, { shopId, orderId, trackingNumber, carrier: named })).shipmentId;
  });
  return { trackingNumber, shipmentId };
}

/** Asks twice a day until nothing more is to come. */
async function follow(services: Services, clock: TestClock, key: { shopId: string; shipmentId: string }) {
  const { shopId, shipmentId: id } = key;
  const where = { shopId_id: { shopId, id } };
  // The clock stands still between questions: who has to wait for a second moves it.
  const pause = async (milliseconds: number) => clock.advance(milliseconds);
  const statuses = new Set<string>();
  for (let step = 0; step < MOST_STEPS && !statuses.has("delivered"); step += 1) {
    clock.advance(STEP);
    await services.db.forShop(shopId, (tx) => tx.shipment.update({ where, data: { nextCheckAt: clock.now() } }));
    await checkShipments({ ...services.shipments, pause }, { shopId, shipmentIds: [id] });
    const { status } = await services.db.forShop(shopId, (tx) => tx.shipment.findUniqueOrThrow({ where }));
    statuses.add(status);
  }
  const events = await services.db.forShop(shopId, (tx) =>
    tx.trackingEvent.findMany({ where: { shopId, shipmentId: id } }),
  );
  return { statuses: [...statuses], events };
}

describe.each(SANDBOX_CARRIERS)("%s", (carrierId) => {
  it("is connected with the right key only, and its parcel followed to the end", async () => {
    const world = await setUp(carrierId);
    const { clock, services, shopId, connect } = world;
    try {
      expect(await connect(fieldsOf(world, () => "wrong"))).toMatchObject({ kind: "refused", error: { kind: "auth" } });
      const right = credentialsOf(carrierId);
      expect(await connect(fieldsOf(world, (name) => right[name] ?? ""))).toMatchObject({ kind: "connected" });
      const { trackingNumber, shipmentId } = await ship(world);
      const { statuses, events } = await follow(services, clock, { shopId, shipmentId });
      expect(statuses.at(-1)).toBe("delivered");
      expect(statuses).toContain("in_transit");
      expect(events).toHaveLength(world.world.scans(trackingNumber).length);
      expect(events.filter(({ unknownCode }) => unknownCode)).toEqual([]);
    } finally {
      await closeServices(services);
    }
  });
});

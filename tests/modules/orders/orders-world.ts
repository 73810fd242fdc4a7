import { Database, type ShopTx } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { NativeEvent, NativeEvents } from "#app/modules/orders/native-events.ts";
import type { OrdersDeps } from "#app/modules/orders/orders-deps.ts";
import type { ParcelSync, ParcelSyncInput } from "#app/modules/orders/parcel-sync.ts";
import { newId } from "#app/lib/ids.ts";
import type { StoreFulfillment, StoreOrder } from "#tests/fixtures/shopify/store-order.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { makeShop, testKeys } from "#tests/support/factories.ts";
import { TestClock } from "#tests/support/test-clock.ts";
import { createTestQueue, silentLog, waitingJobs } from "#tests/support/test-queue.ts";
import { FakeShopify } from "./fake-shopify.ts";

/** Parcels as rows and nothing else: one per tracking number, taken away when the number or the fulfillment goes. */
class PlainParcels implements ParcelSync {
  readonly #clock: TestClock;
  constructor(clock: TestClock) {
    this.#clock = clock;
  }

  async sync(tx: ShopTx, input: ParcelSyncInput) {
    const { shopId, fulfillment } = input;
    const now = this.#clock.now();
    const gone = input.orderCancelled || fulfillment.status === "cancelled";
    const scope = { shopId, fulfillmentId: fulfillment.id };
    const before = await tx.shipment.findMany({ where: scope });
    const wanted = new Set(fulfillment.tracking.map((one) => one.number));
    const made = fulfillment.tracking.filter(({ number }) => !before.some((one) => one.trackingNumber === number));
    await tx.shipment.createMany({
      data: made.map(({ number, company, url }) => ({
        ...{ shopId, id: newId("shp", this.#clock), orderId: fulfillment.orderId, fulfillmentId: fulfillment.id },
        ...{ trackingNumber: number, companyName: company, trackingUrl: url, origin: input.origin },
        lifecycle: gone ? "cancelled" : "active",
        ...{ statusSince: now, createdAt: now, updatedAt: now },
      })),
    });
    let removed = 0;
    for (const one of before) {
      const lifecycle = !wanted.has(one.trackingNumber) ? "removed" : gone ? "cancelled" : "active";
      if (lifecycle === one.lifecycle) continue;
      await tx.shipment.update({ where: { shopId_id: { shopId, id: one.id } }, data: { lifecycle, updatedAt: now } });
      removed += 1;
    }
    return { created: made.length, removed };
  }
}

class RecordedEvents implements NativeEvents {
  readonly seen: { fulfillmentId: string; event: NativeEvent }[] = [];
  record(_tx: ShopTx, { fulfillmentId, event }: { shopId: string; fulfillmentId: string; event: NativeEvent }) {
    if (!this.seen.some((one) => one.event.id === event.id)) this.seen.push({ fulfillmentId, event });
    return Promise.resolve();
  }
}

export interface World {
  database: TestDatabase;
  deps: OrdersDeps;
  clock: TestClock;
  nativeEvents: RecordedEvents;
  close(): Promise<void>;
  jobs(name: string): Promise<unknown[]>;
}

/** A database of its own and everything the orders module is given; Shopify and the parcels are stand-ins. */
export async function openWorld(start = "2026-11-20T12:00:00Z"): Promise<World> {
  const database = await createTestDatabase();
  const clock = new TestClock(start);
  const db = new Database({ url: database.url, poolSize: 4 });
  const queue: Queue = createTestQueue(database);
  const nativeEvents = new RecordedEvents();
  const deps: OrdersDeps = {
    ...{ db, clock, queue, nativeEvents, keys: testKeys, log: silentLog },
    admin: new FakeShopify(),
    parcels: new PlainParcels(clock),
    rulesLookAtTags: () => Promise.resolve(false),
  };
  return {
    ...{ database, deps, clock, nativeEvents },
    jobs: (name) => waitingJobs(database, name),
    async close() {
      await queue.stop({ graceful: false, timeoutMs: 1_000 });
      await db.close();
      await database.drop();
    },
  };
}

/** A shop that has had us for ten days, with a Shopify of its own. */
export async function openShop(world: World, settings: Parameters<typeof makeShop>[2] = {}) {
  const { shopId } = await makeShop(world.deps.db, world.clock, settings);
  const installedAt = new Date(world.clock.now().getTime() - 10 * 86_400_000);
  await world.deps.db.forShop(shopId, (tx) => tx.shop.update({ where: { id: shopId }, data: { installedAt } }));
  const shopify = new FakeShopify();
  return { shopId, shopify, deps: { ...world.deps, admin: shopify } };
}

/** Everything the module stores for a shop, without what differs by chance (tokens, our ids, our own times). */
export async function storedRows(world: World, shopId: string) {
  return world.deps.db.forShop(shopId, async (tx) => ({
    orders: await tx.order.findMany({
      omit: { linkTokenSealed: true, linkTokenHash: true, createdAt: true, updatedAt: true },
      orderBy: { id: "asc" },
    }),
    lines: await tx.orderLine.findMany({ orderBy: [{ orderId: "asc" }, { id: "asc" }] }),
    fulfillments: await tx.fulfillment.findMany({
      omit: { createdAt: true, updatedAt: true },
      orderBy: { id: "asc" },
    }),
    parcels: (
      await tx.shipment.findMany({ where: { lifecycle: { not: "removed" } }, orderBy: { trackingNumber: "asc" } })
    ).map((one) => [one.fulfillmentId, one.trackingNumber, one.lifecycle, one.origin]),
  }));
}

let made = 0;

export function storeOrder(changes: Partial<StoreOrder> = {}): StoreOrder {
  const id = changes.id ?? String(7_000_000_000_000 + (made += 1));
  return {
    id,
    name: `#${1_000 + made}`,
    createdAt: "2026-11-20T09:00:00Z",
    updatedAt: changes.updatedAt ?? changes.createdAt ?? "2026-11-20T09:00:00Z",
    cancelledAt: null,
    email: "ada@example.net",
    tags: [],
    lines: [{ id: `${id}1`, title: "Mug", quantity: 2, price: "12.00" }],
    fulfillments: [],
    ...changes,
  };
}

export function storeFulfillment(changes: Partial<StoreFulfillment> = {}): StoreFulfillment {
  const id = changes.id ?? String(5_000_000_000_000 + (made += 1));
  return {
    id,
    name: `#F${id}`,
    status: "success",
    nativeStatus: null,
    numbers: [`1Z${id}`],
    createdAt: "2026-11-20T10:00:00Z",
    updatedAt: changes.updatedAt ?? changes.createdAt ?? "2026-11-20T10:00:00Z",
    events: [],
    ...changes,
  };
}

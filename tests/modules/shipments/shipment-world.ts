import { reactionsTo } from "#app/jobs/reactions.ts";
import { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { Carrier, CarrierError, CarrierReading, TrackRequest } from "#app/modules/carriers/carrier.ts";
import type { CarrierAccess, CarrierDirectory, ConnectedAccount } from "#app/modules/shipments/carrier-access.ts";
import type { CheckDeps } from "#app/modules/shipments/check-shipments.server.ts";
import { LoadBook } from "#app/modules/shipments/load-book.server.ts";
import { RhythmBook } from "#app/modules/shipments/rhythm-book.server.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { TestClock } from "#tests/support/test-clock.ts";
import { type AddedShipment, addOrder, addShipment, addShop, type ShipmentOptions } from "./shipment-rows.ts";
import { createTestQueue, silentLog } from "#tests/support/test-queue.ts";

/** A carrier that answers what the test says, and remembers what it was asked. */
export interface FakeCarrier extends Carrier {
  asked: TrackRequest[][];
  answer: (requests: readonly TrackRequest[]) => CarrierReading | Promise<CarrierReading>;
}

export function fakeCarrier(id: string, kind: Carrier["kind"] = "carrier", batchSize = 2): FakeCarrier {
  const carrier: FakeCarrier = {
    id,
    displayName: id,
    kind,
    shopifyCompany: id.toUpperCase(),
    baseUrl: "http://127.0.0.1",
    limits: {
      batchSize,
      requestsPerSecond: null,
      requestsPerDay: null,
      perParcelPerDay: null,
      stopOnNotFound: false,
      source: "test",
    },
    credentialFields: [],
    trackingPage: () => null,
    read: () => ({ shipments: [], errors: [] }),
    testConnection: async () => null,
    asked: [],
    answer: () => ({ shipments: [], errors: [] }),
    track: async (_session, requests) => {
      carrier.asked.push([...requests]);
      return carrier.answer(requests);
    },
  };
  return carrier;
}

export interface ShipmentWorld {
  database: TestDatabase;
  db: Database;
  clock: TestClock;
  queue: Queue;
  shopId: string;
  orderId: string;
  carriers: Map<string, FakeCarrier>;
  accounts: ConnectedAccount[];
  refusals: CarrierError[];
  pauses: number[];
  deps: CheckDeps;
  addShipment(options?: ShipmentOptions & { orderId?: string }): Promise<AddedShipment>;
  close(): Promise<void>;
}

/** One shop with one order in a database of its own, and everything that shipments need around it. */
export async function createShipmentWorld(): Promise<ShipmentWorld> {
  const database = await createTestDatabase();
  const db = new Database({ url: database.url, poolSize: 8 });
  const clock = new TestClock("2026-03-02T10:00:00.000Z");
  const queue = createTestQueue(database);
  const shopId = await addShop(db, clock);
  const orderId = await addOrder(db, clock, { shopId });
  const fakes = [fakeCarrier("ups"), fakeCarrier("fedex"), fakeCarrier("easypost", "aggregator")];
  const carriers = new Map(fakes.map((carrier) => [carrier.id, carrier]));
  const world = { accounts: [] as ConnectedAccount[], refusals: [] as CarrierError[], pauses: [] as number[] };
  const deps: CheckDeps = {
    db,
    clock,
    queue,
    reactionsTo,
    log: silentLog,
    watch: {
      pace: 1,
      limitsOf: (carrier) => carriers.get(carrier)?.limits ?? null,
      rhythms: new RhythmBook(),
      loads: new LoadBook(),
    },
    carriers: directoryOf(carriers),
    access: accessTo(world),
    pause: async (milliseconds) => {
      world.pauses.push(milliseconds);
      clock.advance(milliseconds);
    },
  };
  return {
    ...{ database, db, clock, queue, shopId, orderId, carriers, deps },
    ...world,
    addShipment: (options = {}) => addShipment(db, clock, { orderId, ...options, shopId }),
    close: async () => {
      await queue.stop({ graceful: false, timeoutMs: 1_000 });
      await db.close();
      await database.drop();
    },
  };
}

function directoryOf(carriers: Map<string, FakeCarrier>): CarrierDirectory {
  return {
    find: (id) => carriers.get(id) ?? null,
    detect: ({ company, trackingNumber }) => {
      const named = [...carriers.values()].find((carrier) => carrier.shopifyCompany === company);
      if (named)
        return { carrier: named.id, reason: "company", candidates: [{ carrier: named.id, strength: "strong" }] };
      if (!trackingNumber.startsWith("1Z")) return { carrier: null, reason: "none", candidates: [] };
      return {
        carrier: "ups",
        reason: "pattern",
        candidates: [
          { carrier: "ups", strength: "strong" },
          { carrier: "fedex", strength: "weak" },
        ],
      };
    },
  };
}

function accessTo(world: { accounts: ConnectedAccount[]; refusals: CarrierError[] }): CarrierAccess {
  return {
    accountsFor: async () => [...world.accounts],
    openSession: async (_shopId, accountId) => {
      const account = world.accounts.find(({ id }) => id === accountId);
      if (account?.status !== "active") return { kind: "unusable", reason: "not active" };
      const http = { request: () => Promise.reject(new Error("no network in tests")) };
      const tokens = { get: async () => "token", invalidate: async () => undefined };
      return { kind: "open", session: { credentials: {}, http, tokens, requestId: "req" } };
    },
    markAuthFailed: async (_shopId, accountId, error) => {
      world.refusals.push(error);
      for (const account of world.accounts) if (account.id === accountId) account.status = "auth_failed";
      return true;
    },
  };
}

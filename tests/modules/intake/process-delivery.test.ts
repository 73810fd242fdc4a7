import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "#app/lib/crypto.server.ts";
import { InvalidInputError } from "#app/lib/errors.ts";
import type { DeliveryOutcome, NewDelivery } from "#app/modules/intake/delivery.ts";
import { countFailedDeliveries, listFailedDeliveries } from "#app/modules/intake/list-deliveries.server.ts";
import { MAX_ATTEMPTS, processDelivery } from "#app/modules/intake/process-delivery.server.ts";
import { replayDelivery } from "#app/modules/intake/replay-delivery.server.ts";
import { sweepDeliveries } from "#app/modules/intake/sweep-deliveries.server.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { HOUR } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";

const edge = keepOpen(openEdge);
let shopId: string;

beforeEach(async () => {
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
});

function newDelivery(changes: Partial<NewDelivery> = {}): NewDelivery {
  return {
    owner: { shopId },
    source: "shopify",
    topic: "orders/create",
    deliveryKey: randomUUID(),
    ...{ eventId: null, accountId: null, apiVersion: "2026-10", triggeredAt: null, headers: {} },
    body: Buffer.from("{}"),
    receivedAt: edge.clock.now(),
    ...changes,
  };
}

async function store(): Promise<string> {
  const delivery = newDelivery();
  await edge.services.deliveryWriter.write(delivery);
  const [row] = await edge.rows<{ id: string }>("SELECT id FROM inbound_delivery WHERE delivery_key = $1", [
    delivery.deliveryKey,
  ]);
  return row?.id ?? "";
}

function run(deliveryId: string, handle: () => Promise<DeliveryOutcome>): Promise<void> {
  const findHandler = () => ({ withoutInstallation: false, handle });
  return processDelivery(edge.services, { shopId, deliveryId, findHandler });
}

const read = async (id: string) =>
  (await edge.rows("SELECT status, outcome, attempts, error FROM inbound_delivery WHERE id = $1", [id]))[0];

describe("processDelivery", () => {
  it("handles a delivery once, however often its job runs", async () => {
    const id = await store();
    let handled = 0;
    const handle = () => Promise.resolve<DeliveryOutcome>({ kind: "applied" }).finally(() => (handled += 1));
    await run(id, handle);
    await run(id, handle);
    expect(handled).toBe(1);
    expect(await read(id)).toEqual({ status: "processed", outcome: null, attempts: 1, error: null });
  });

  it("gives up at once on input that cannot get better", async () => {
    const id = await store();
    await run(id, () => Promise.reject(new InvalidInputError("no such shape")));
    expect(await read(id)).toMatchObject({ status: "failed", attempts: 1, error: "invalid_input: no such shape" });
  });

  it("asks for repetition of what may pass, and ends in the dead letters after the last attempt", async () => {
    const id = await store();
    const fail = () => run(id, () => Promise.reject(new Error("avery@example.com cannot be stored")));
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
      const error = await fail().catch((thrown: unknown) => thrown);
      expect(String(error)).not.toContain("avery");
      expect(error).toMatchObject({ code: "delivery_repeated" });
      expect(await read(id)).toMatchObject({ status: "stored", attempts: attempt });
    }
    await fail();
    expect(await read(id)).toMatchObject({ status: "failed", attempts: MAX_ATTEMPTS });
    expect(edge.logged()).not.toContain("avery@example.com");
  });

  it("counts an attempt that killed its worker", async () => {
    const id = await store();
    await edge.rows("UPDATE inbound_delivery SET attempts = $2 WHERE id = $1", [id, MAX_ATTEMPTS]);
    await run(id, () => Promise.reject(new Error("must not be reached")));
    expect(await read(id)).toMatchObject({ status: "failed", attempts: MAX_ATTEMPTS + 1 });
  });

  it("touches no delivery of another shop", async () => {
    const id = await store();
    const other = await makeShop(edge.services.db, edge.clock);
    let handled = false;
    await processDelivery(edge.services, {
      shopId: other.shopId,
      deliveryId: id,
      findHandler: () => ({
        withoutInstallation: true,
        handle: () => Promise.resolve<DeliveryOutcome>({ kind: "applied" }).finally(() => (handled = true)),
      }),
    });
    expect(handled).toBe(false);
    expect(await read(id)).toMatchObject({ status: "stored", attempts: 0 });
  });
});

describe("the dead letters", () => {
  it("are listed newest first in pages, without bodies, for their own shop", async () => {
    for (let index = 0; index < 55; index += 1) {
      edge.clock.advance(5);
      const id = await store();
      await edge.rows("UPDATE inbound_delivery SET status = 'failed' WHERE id = $1", [id]);
    }
    const first = await edge.services.db.forShop(shopId, (tx) => listFailedDeliveries(tx, { shopId }));
    const second = await edge.services.db.forShop(shopId, (tx) =>
      listFailedDeliveries(tx, { shopId, after: first.nextCursor }),
    );
    const ids = [...first.deliveries, ...second.deliveries].map(({ id }) => id);
    expect([first.deliveries.length, second.deliveries.length, second.nextCursor]).toEqual([50, 5, null]);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(Object.keys(first.deliveries[0] ?? {})).not.toContain("body");
    const other = await makeShop(edge.services.db, edge.clock);
    expect(await edge.services.db.forShop(other.shopId, (tx) => countFailedDeliveries(tx, other.shopId))).toBe(0);
  });

  it("are replayed by their own shop only, with fresh attempts and a line in the audit trail", async () => {
    const id = await store();
    await run(id, () => Promise.reject(new InvalidInputError("not yet")));
    const other = await makeShop(edge.services.db, edge.clock);
    const replay = (by: string) => replayDelivery(edge.services, { shopId: by, deliveryId: id, actorId: "42" });
    expect(await replay(other.shopId)).toEqual({ kind: "not_found" });
    const before = (await waitingJobs(edge.database, "intake.process-delivery")).length;
    expect(await replay(shopId)).toEqual({ kind: "replayed" });
    expect(await replay(shopId)).toEqual({ kind: "not_found" });
    expect((await waitingJobs(edge.database, "intake.process-delivery")).length).toBe(before + 1);
    await run(id, () => Promise.resolve({ kind: "applied" }));
    expect(await read(id)).toEqual({ status: "processed", outcome: null, attempts: 1, error: null });
    const trail = await edge.rows("SELECT type, actor_id FROM activity WHERE shop_id = $1", [shopId]);
    expect(trail).toEqual([{ type: "delivery.replayed", actor_id: "42" }]);
  });

  it("a delivery whose job was lost is woken after an hour", async () => {
    const id = await store();
    await edge.rows("DELETE FROM pgboss.job");
    await sweepDeliveries(edge.services);
    expect(await waitingJobs(edge.database, "intake.process-delivery")).toEqual([]);
    edge.clock.advance(2 * HOUR);
    await sweepDeliveries(edge.services);
    expect(await waitingJobs(edge.database, "intake.process-delivery")).toContainEqual({ shopId, deliveryId: id });
  });
});

describe("the writer", () => {
  it("lets one impossible row fail alone", async () => {
    const good = Array.from({ length: 5 }, () => newDelivery());
    const bad = newDelivery({ owner: { shopId: "shop_that_is_not_there" } });
    const outcomes = await Promise.all([...good, bad].map((delivery) => edge.services.deliveryWriter.write(delivery)));
    expect(outcomes).toEqual(["stored", "stored", "stored", "stored", "stored", "unavailable"]);
  });

  it("finds a shop again that was deleted and came back under a new id", async () => {
    const domain = `again-${sha256(randomUUID())
      .slice(0, 8)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "x")}.myshopify.com`;
    const write = () => edge.services.deliveryWriter.write(newDelivery({ owner: { domain } }));
    expect(await write()).toBe("stored");
    await edge.rows("DELETE FROM shop WHERE domain = $1", [domain]);
    expect(await write()).toBe("stored");
    const rows = await edge.rows(
      "SELECT 1 FROM inbound_delivery d JOIN shop s ON s.id = d.shop_id WHERE s.domain = $1",
      [domain],
    );
    expect(rows).toHaveLength(1);
  });
});

import { enqueueAll } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, SweepTx } from "#app/lib/db.server.ts";
import { errorMessage } from "#app/lib/errors.ts";
import { newId } from "#app/lib/ids.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { NewDelivery } from "./delivery.ts";
import type { ShopDirectory } from "./shop-directory.ts";
import { type ResolvedDelivery, storeDeliveries } from "./store-deliveries.server.ts";

export type WriteOutcome = "stored" | "duplicate" | "unavailable";

export interface DeliveryWriterDeps {
  db: Database;
  queue: Queue;
  clock: Clock;
  log: Logger;
  shops: ShopDirectory;
}

export interface DeliveryWriterLimits {
  /** Deliveries in one transaction at most. */
  maxBatch: number;
  /** Deliveries waiting or being written at most; more are refused, and their senders come again. */
  maxWaiting: number;
  /** Milliseconds a lonely delivery waits for company. */
  maxWaitMs: number;
  /** Transactions at a time. */
  writers: number;
}

interface Waiting {
  delivery: NewDelivery;
  settle: (outcome: WriteOutcome) => void;
}

const LIMITS: DeliveryWriterLimits = { maxBatch: 200, maxWaiting: 5_000, maxWaitMs: 3, writers: 2 };

/**
 * Group commit: deliveries that arrive together are stored, and their jobs queued, in one transaction. A delivery is
 * answered only after its own transaction has committed; when a batch fails its members are tried one by one, so that a
 * bad one fails alone.
 */
export class DeliveryWriter {
  readonly #deps: DeliveryWriterDeps;
  readonly #limits: DeliveryWriterLimits;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #busyWriters = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: DeliveryWriterDeps, limits: Partial<DeliveryWriterLimits> = {}) {
    this.#deps = deps;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Never throws: whatever keeps the delivery from being stored is "unavailable", and its sender repeats it. */
  write(delivery: NewDelivery): Promise<WriteOutcome> {
    if (this.#waiting.length + this.#inFlight >= this.#limits.maxWaiting) return Promise.resolve("unavailable");
    return new Promise((settle) => {
      this.#waiting.push({ delivery, settle });
      if (this.#waiting.length >= this.#limits.maxBatch) this.#pump();
      else this.#timer ??= setTimeout(() => this.#pump(), this.#limits.maxWaitMs);
    });
  }

  #pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#waiting.length > 0 && this.#busyWriters < this.#limits.writers) {
      const batch = this.#waiting.splice(0, this.#limits.maxBatch);
      this.#busyWriters += 1;
      this.#inFlight += batch.length;
      void this.#settleBatch(batch).finally(() => {
        this.#busyWriters -= 1;
        this.#inFlight -= batch.length;
        // Whoever came meanwhile has waited long enough.
        this.#pump();
      });
    }
  }

  async #settleBatch(batch: readonly Waiting[]): Promise<void> {
    const outcomes = await this.#tryToStore(batch);
    if (outcomes) return batch.forEach((entry, index) => entry.settle(outcomes[index] ?? "unavailable"));
    // One member, or the database as a whole, is at fault. A shop deleted meanwhile is looked up anew.
    for (const { delivery } of batch) if ("domain" in delivery.owner) this.#deps.shops.forget(delivery.owner.domain);
    let reachable = true;
    for (const entry of batch) {
      const alone = reachable ? await this.#tryToStore([entry]) : null;
      if (!alone) reachable = reachable && (await this.#isReachable());
      entry.settle(alone?.[0] ?? "unavailable");
    }
  }

  /** @returns one outcome per member, or null when the transaction failed. */
  async #tryToStore(batch: readonly Waiting[]): Promise<WriteOutcome[] | null> {
    const { db, log, shops } = this.#deps;
    const found = new Map<string, string>();
    try {
      const outcomes = await db.acrossShops((tx) => this.#store(tx, batch, found));
      for (const [domain, shopId] of found) shops.set(domain, shopId);
      return outcomes;
    } catch (error) {
      log.error({ deliveries: batch.length, reason: safeReason(error) }, "deliveries could not be stored");
      return null;
    }
  }

  async #store(tx: SweepTx, batch: readonly Waiting[], found: Map<string, string>): Promise<WriteOutcome[]> {
    const { queue, clock } = this.#deps;
    await this.#findShops(tx, batch, found);
    const resolved = batch.map(({ delivery }): ResolvedDelivery => {
      const { owner } = delivery;
      const shopId = "shopId" in owner ? owner.shopId : (found.get(owner.domain) ?? "");
      return { id: newId("dlv", clock), shopId, delivery };
    });
    const stored = await storeDeliveries(tx, resolved);
    const jobs = resolved.filter(({ id }) => stored.has(id)).map(({ id, shopId }) => ({ shopId, deliveryId: id }));
    await enqueueAll({ queue, tx }, "intake.process-delivery", jobs);
    return resolved.map(({ id }) => (stored.has(id) ? "stored" : "duplicate"));
  }

  /** A verified message may name a shop we have not met: it gets a row, in state "pending". */
  async #findShops(tx: SweepTx, batch: readonly Waiting[], found: Map<string, string>): Promise<void> {
    const { clock, shops } = this.#deps;
    const domains = batch.flatMap(({ delivery }) => ("domain" in delivery.owner ? [delivery.owner.domain] : []));
    // Sorted: two batches that meet the same new shops wait for each other instead of deadlocking.
    for (const domain of [...new Set(domains)].sort()) {
      const known = shops.get(domain) ?? (await ensureShop(tx, domain, clock));
      found.set(domain, known);
    }
  }

  async #isReachable(): Promise<boolean> {
    return this.#deps.db.ping().then(
      () => true,
      () => false,
    );
  }
}

async function ensureShop(tx: SweepTx, domain: string, clock: Clock): Promise<string> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT ensure_shop(${newId("shop", clock)}, ${domain}, ${clock.now()}) AS id`;
  if (!row) throw new Error("ensure_shop returned nothing");
  return row.id;
}

/** The database's error code and first words; its longer texts can quote the row. */
function safeReason(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return `${typeof code === "string" ? `${code}: ` : ""}${errorMessage(error).trim().split("\n").at(-1)?.slice(0, 160)}`;
}

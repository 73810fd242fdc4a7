import { enqueue } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type Reading, readingOf } from "./read-by-mappings.server.ts";
import { MAX_BATCH, type RecordDeps, recordBatchIn } from "./record-events.server.ts";
import { lockShipments } from "./recording-store.server.ts";

/** What no table and no merchant says anything about, as the adapters leave it. */
const UNREAD: Reading = { status: "unknown", subStatus: null, rule: "none" };

/** Transactions of one run; what is left is for the next one. */
const PAGES_PER_RUN = 10;
/** A recording that had looked before the mapping was saved has written its scans by then. */
const SETTLE_AFTER = 2 * 60_000;

interface MappingKey {
  shopId: string;
  mappingId: string;
}

type PageOutcome = "more" | "ended";

/**
 * Reads the stored scans of one code anew, as its mapping says or as before it, and folds their parcels again: through
 * recordEvents, as everything that changes a state. Goes by the ids of parcels, so that it can stop and go on anywhere.
 * Safe to run twice, also at the same time.
 */
export async function rereadScans(deps: RecordDeps, key: MappingKey): Promise<void> {
  for (let page = 0; page < PAGES_PER_RUN; page += 1) {
    const outcome = await deps.db.forShop(key.shopId, (tx) => rereadPage(tx, deps, key));
    if (outcome === "ended") return;
  }
  await deps.db.forShop(key.shopId, (tx) => enqueue({ queue: deps.queue, tx }, "shipments.reread-scans", key));
}

async function rereadPage(tx: ShopTx, deps: RecordDeps, key: MappingKey): Promise<PageOutcome> {
  const mapping = await lockMapping(tx, key);
  if (!mapping || mapping.state === "applied") return "ended";
  const wanted = mapping.removedAt ? UNREAD : readingOf(mapping);
  const ids = await nextParcels(tx, { ...mapping, wanted });
  if (ids.length > 0) await rereadParcels(tx, deps, { mapping, wanted, ids });
  if (ids.length < MAX_BATCH) return endPass(tx, deps, mapping);
  const { shopId, mappingId } = key;
  await tx.codeMapping.update({
    where: { shopId_id: { shopId, id: mappingId } },
    data: { cursor: ids.at(-1) ?? null },
  });
  return "more";
}

type LockedMapping = NonNullable<Awaited<ReturnType<typeof lockMapping>>>;

/** Two runs of one mapping follow each other, page by page. */
async function lockMapping(tx: ShopTx, { shopId, mappingId }: MappingKey) {
  await tx.$queryRaw`SELECT id FROM code_mapping WHERE shop_id = ${shopId} AND id = ${mappingId} FOR UPDATE`;
  return tx.codeMapping.findUnique({ where: { shopId_id: { shopId, id: mappingId } } });
}

/** The next parcels with a scan of the code that is not read as wanted, in the order of their ids. */
async function nextParcels(
  tx: ShopTx,
  { shopId, carrier, code, cursor, wanted }: LockedMapping & { wanted: Reading },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT e.shipment_id AS id FROM tracking_event e
    WHERE e.shop_id = ${shopId} AND e.carrier = ${carrier} AND e.code = ${code} AND e.unknown_code
      AND e.shipment_id > ${cursor ?? ""}
      AND (e.rule <> ${wanted.rule} OR e.status <> ${wanted.status}
        OR e.sub_status IS DISTINCT FROM ${wanted.subStatus}::text)
    ORDER BY e.shipment_id LIMIT ${MAX_BATCH}`;
  return rows.map(({ id }) => id);
}

interface Rereading {
  mapping: LockedMapping;
  wanted: Reading;
  ids: string[];
}

async function rereadParcels(tx: ShopTx, deps: RecordDeps, { mapping, wanted, ids }: Rereading): Promise<void> {
  const { shopId, id, carrier, code } = mapping;
  // Parcels before scans, as every recorder does.
  await lockShipments(tx, shopId, ids);
  await tx.trackingEvent.updateMany({
    where: { shopId, shipmentId: { in: ids }, carrier, code, unknownCode: true },
    data: wanted,
  });
  await recordBatchIn(tx, deps, { shopId, inputs: ids.map((shipmentId) => ({ shipmentId, refold: true as const })) });
  const data = { parcels: { increment: ids.length }, updatedAt: deps.clock.now() };
  await tx.codeMapping.update({ where: { shopId_id: { shopId, id } }, data });
}

/** After the whole history has been read: once more for what was being written meanwhile, then it is over. */
async function endPass(
  tx: ShopTx,
  deps: RecordDeps,
  { shopId, id, state, removedAt }: LockedMapping,
): Promise<"ended"> {
  const where = { shopId_id: { shopId, id } };
  if (state === "applying") {
    await tx.codeMapping.update({ where, data: { state: "settling", cursor: null } });
    const startAfter = new Date(deps.clock.now().getTime() + SETTLE_AFTER);
    await enqueue({ queue: deps.queue, tx }, "shipments.reread-scans", { shopId, mappingId: id }, { startAfter });
  } else if (removedAt) {
    await tx.codeMapping.delete({ where });
  } else {
    await tx.codeMapping.update({ where, data: { state: "applied", cursor: null } });
  }
  return "ended";
}

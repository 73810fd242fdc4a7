import { reactionsTo } from "#app/jobs/reactions.ts";
import { systemClock } from "#app/lib/clock.ts";
import type { RecordInput } from "#app/modules/shipments/record-input.ts";
import { type RecordDeps, recordBatchIn, recordEvents } from "#app/modules/shipments/record-events.server.ts";
import { LoadBook } from "#app/modules/shipments/load-book.server.ts";
import { RhythmBook } from "#app/modules/shipments/rhythm-book.server.ts";
import { addOrder, addShop } from "#tests/modules/shipments/shipment-rows.ts";
import { carrierEvent, carrierShipment } from "#tests/modules/shipments/stored-events.ts";
import type { BenchResult } from "./bench.ts";
import { type BenchDatabase, floodParcels, openBenchDatabase, seconds } from "./bench-database.ts";

const PARCELS = 4_000;
const EVENTS_EACH = 10;
const BATCH = 100;
const AT_ONCE = 6;
const ROWS_PER_STATEMENT = 1_000;

/** Events per second into the log with fold, audit trail, facts, schedule and reactions, beside the bare insert of the same run. */
export async function run(): Promise<BenchResult> {
  const bench = await openBenchDatabase();
  try {
    return await measure(bench);
  } finally {
    await bench.close();
  }
}

async function measure(bench: BenchDatabase): Promise<BenchResult> {
  const { db, queue, owner } = bench;
  const shopId = await addShop(db, systemClock);
  const orderId = await addOrder(db, systemClock, { shopId });
  await floodParcels(owner, { shopId, orderId, from: 1, to: PARCELS * 3 });
  const watch = { pace: 1, limitsOf: () => null, rhythms: new RhythmBook(), loads: new LoadBook() };
  const deps: RecordDeps = { db, queue, clock: systemClock, reactionsTo, watch };
  const events = PARCELS * EVENTS_EACH;
  const raw = events / (await seconds(() => insertRaw(bench, shopId)));
  const single = events / (await seconds(() => recordSingly(deps, shopId)));
  const batched = events / (await seconds(() => recordInBatches(deps, shopId)));
  const again = events / (await seconds(() => recordInBatches(deps, shopId)));
  return {
    name: "record-events",
    rows: [
      { label: `raw unnest, ${ROWS_PER_STATEMENT} rows a statement`, value: Math.round(raw), unit: "events/s" },
      { label: `recordBatch, ${BATCH} parcels a transaction`, value: Math.round(batched), unit: "events/s" },
      { label: "recordBatch, everything known already", value: Math.round(again), unit: "events/s" },
      {
        label: `recordEvents, a transaction per parcel, ${AT_ONCE} at once`,
        value: Math.round(single),
        unit: "events/s",
      },
    ],
    ratio: {
      label: "recordBatch / raw unnest",
      value: Math.round((batched / raw) * 100) / 100,
      limit: 0.05,
      better: "higher",
    },
  };
}

function parcel(number: number): string {
  return `shp_${String(number).padStart(10, "0")}`;
}

function heard(number: number): RecordInput {
  const start = Date.now() - 86_400_000;
  const statuses = [
    "pre_transit",
    "in_transit",
    "in_transit",
    "in_transit",
    "in_transit",
    "in_transit",
    "in_transit",
    "in_transit",
    "in_transit",
    "out_for_delivery",
  ] as const;
  const scans = statuses.map((status, index) =>
    carrierEvent(
      { status, code: `C${index}`, description: `Scan ${index} of the parcel` },
      new Date(start + index * 3_600_000),
    ),
  );
  const answer = { source: "poll" as const, carrier: "ups", shipment: carrierShipment(`N${number}`, scans) };
  return { shipmentId: parcel(number), answer };
}

async function recordSingly(deps: RecordDeps, shopId: string): Promise<void> {
  let next = PARCELS;
  const one = async () => {
    while (next < PARCELS * 2) await recordEvents(deps, { shopId, ...heard((next += 1)) });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function recordInBatches(deps: RecordDeps, shopId: string): Promise<void> {
  let next = PARCELS * 2;
  const one = async () => {
    while (next < PARCELS * 3) {
      const first = next;
      next += BATCH;
      const inputs = Array.from({ length: BATCH }, (_, index) => heard(first + index + 1));
      await deps.db.forShop(shopId, (tx) => recordBatchIn(tx, deps, { shopId, inputs }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** The bare insert of as many rows of the same width, without locks, fold or anything that follows. */
async function insertRaw({ owner }: BenchDatabase, shopId: string): Promise<void> {
  const perStatement = ROWS_PER_STATEMENT / EVENTS_EACH;
  for (let first = 1; first <= PARCELS; first += perStatement) {
    const ids: string[] = [];
    const codes: string[] = [];
    for (let number = first; number < first + perStatement; number += 1) {
      for (let index = 0; index < EVENTS_EACH; index += 1) {
        ids.push(parcel(number));
        codes.push(`C${index}`);
      }
    }
    await owner.query(
      `INSERT INTO tracking_event (shop_id, shipment_id, fingerprint, source, carrier, status, code, description, location,
         country_code, local_time, utc_offset, occurred_at, zone_source, unknown_code, rule, sequence, raw, received_at)
       SELECT $1, u.id, md5(u.code), 'poll', 'ups', 'in_transit', u.code, 'Scan of the parcel', 'BERLIN, DE', 'DE',
         '2026-03-02T10:00:00', '+00:00', now(), 'carrier', false, 'code:in_transit', 0, '{"code":"in_transit"}', now()
       FROM unnest($2::text[], $3::text[]) AS u (id, code) ON CONFLICT DO NOTHING`,
      [shopId, ids, codes],
    );
  }
}

import { readDay } from "#app/modules/foresight/civil-day.ts";
import { LawBook } from "#app/modules/foresight/law-book.server.ts";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import { createLogger } from "#app/lib/logger.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { DAY, TestClock } from "#tests/support/test-clock.ts";
import type { BenchResult } from "./bench.ts";
import { type BenchDatabase, openBenchDatabase } from "./bench-database.ts";
import { round } from "./figures.ts";

const PARCELS = Number(process.env["PARCELS"] ?? 100_000);
const MILLION = 1_000_000;
const NOW = "2026-03-20T12:00:00Z";

/** What a night of one shop costs with the real database: parcels read, learnt, written back, and the laws saved. */
export async function run(): Promise<BenchResult> {
  const database = await openBenchDatabase();
  try {
    const clock = new TestClock(NOW);
    const { shopId } = await makeShop(database.db, clock);
    await addParcels(database, shopId);
    const log = createLogger({ level: "silent", name: "bench" });
    const deps = { ...database, clock, log, laws: new LawBook() };
    // The first night makes the clocks that every other one finds.
    const first = await learnShop(deps, { shopId });
    if (first.parcels !== PARCELS) throw new Error(`${first.parcels} parcels learnt instead of ${PARCELS}`);
    await database.owner.query("VACUUM ANALYZE parcel_forecast, parcel_clock");
    clock.advance(DAY);
    const before = process.memoryUsage().rss;
    const began = performance.now();
    const report = await learnShop(deps, { shopId });
    const seconds = (performance.now() - began) / 1_000;
    const megabytes = (process.memoryUsage().rss - before) / 2 ** 20;
    return {
      name: "nights",
      rows: [
        { label: `night over ${report.parcels} parcels in transit`, value: round(seconds), unit: "s" },
        { label: "one parcel's night", value: round((seconds * MILLION) / report.parcels), unit: "µs" },
        { label: "a million parcels at that rate", value: round((seconds * MILLION) / report.parcels), unit: "s" },
        { label: "memory of that night", value: round(megabytes), unit: "MB" },
      ],
    };
  } finally {
    await database.close();
  }
}

/** Parcels that have moved for some days, in lanes as a large shop has them, due to be learnt for yesterday. */
async function addParcels({ owner }: BenchDatabase, shopId: string): Promise<void> {
  const day = readDay(NOW) - 1;
  // Their shipments are beside the point: foreign keys are not looked at.
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    `INSERT INTO parcel_forecast (shop_id, shipment_id, model_version, facts, journey, promised_on, created_at, updated_at)
     SELECT $1, 'shp_' || lpad(n::text, 9, '0'), 'bench',
       jsonb_build_object('carrier', (ARRAY['ups','fedex','usps'])[1 + n % 3], 'service', (ARRAY['ground','air'])[1 + n % 2],
         'origin', jsonb_build_object('country', 'US', 'region', null, 'zip', null),
         'destination', jsonb_build_object('country', 'US', 'region', (ARRAY['TX','CA','NY','FL','WA'])[1 + n % 5],
           'zip', lpad((10000 + (n * 7919) % 80000)::text, 5, '0')),
         'shipFrom', null, 'shippingOption', 'Standard', 'items', 1 + n % 3, 'standardDays', 5, 'carrierDay', null,
         'zone', 'America/Chicago'),
       jsonb_build_object('stages', steps.list, 'news', steps.list, 'end', CASE WHEN n % 6 = 0
         THEN jsonb_build_object('kind', 'arrived', 'day', $2::int, 'hour', 14.5) END, 'attempt', null),
       '2026-03-25', now(), now()
     FROM generate_series(1, $3::int) n,
       LATERAL (SELECT jsonb_build_array(
         jsonb_build_object('stage', 'label', 'day', $2::int - 2 - n % 3, 'hour', 9),
         jsonb_build_object('stage', 'accepted', 'day', $2::int - 1 - n % 3, 'hour', 16),
         jsonb_build_object('stage', 'moving', 'day', $2::int - n % 2, 'hour', 20)) AS list) steps`,
    [shopId, day, PARCELS],
  );
  await owner.query(
    `INSERT INTO parcel_clock (shop_id, shipment_id, learn_from, learn_at)
     SELECT shop_id, shipment_id, $1::int, now() - interval '1 year' FROM parcel_forecast`,
    [day],
  );
  await owner.query("SET session_replication_role = DEFAULT");
  await owner.query("ANALYZE parcel_forecast, parcel_clock");
}

import { readFile } from "node:fs/promises";
import { readDay } from "#app/modules/foresight/civil-day.ts";
import { LawBook } from "#app/modules/foresight/law-book.server.ts";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import { createLogger } from "#app/lib/logger.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { DAY, TestClock } from "#tests/support/test-clock.ts";
import type { BenchResult } from "./bench.ts";
import { type BenchDatabase, openBenchDatabase } from "./bench-database.ts";
import { round } from "./figures.ts";

/** Enough that the start of a process is no part of it; `PARCELS=1200000` for the whole million. */
const PARCELS = Number(process.env["PARCELS"] ?? 400_000);
const MILLION = 1_000_000;
/** A million parcels in a minute of one core. */
const LIMIT_MICROSECONDS = 60;
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
    const [memory, began] = [process.memoryUsage().rss, performance.now()];
    const [ours, theirs] = [cpuSeconds(), await databaseSeconds(database)];
    const report = await learnShop(deps, { shopId });
    const worked = cpuSeconds() - ours;
    const served = (await databaseSeconds(database)) - theirs;
    const seconds = (performance.now() - began) / 1_000;
    const megabytes = (process.memoryUsage().rss - memory) / 2 ** 20;
    const each = (value: number): number => round((value * MILLION) / report.parcels);
    return {
      name: "nights",
      rows: [
        { label: `night over ${report.parcels} parcels in transit`, value: round(seconds), unit: "s" },
        { label: "one parcel's night, from clock to clock", value: each(seconds), unit: "µs" },
        { label: "one parcel's night, the worker's core", value: each(worked), unit: "µs" },
        { label: "one parcel's night, the database's cores", value: each(served), unit: "µs" },
        { label: "memory of that night", value: round(megabytes), unit: "MB" },
      ],
      ratio: {
        label: "a night over a million parcels, seconds of the worker's core, over the 60 allowed",
        value: each(worked) / LIMIT_MICROSECONDS,
        limit: 1,
        better: "lower",
      },
    };
  } finally {
    await database.close();
  }
}

/** What this process has worked, collecting garbage included; whoever else is on the machine does not count. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const TICKS_PER_SECOND = 100;

/** What the connections to the database have worked; 0 where the system does not tell. */
async function databaseSeconds({ owner }: BenchDatabase): Promise<number> {
  const { rows } = await owner.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'",
  );
  let ticks = 0;
  for (const { pid } of rows) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }
  return ticks / TICKS_PER_SECOND;
}

/** ZIP codes that mail is delivered to in the United States; USPS, "ZIP Code facts", has 41,642 of all kinds. */
const ZIPS = 41_000;
const STATES =
  "NY PA DE DC MD VA WV NC SC GA FL AL TN MS KY OH IN MI IA WI MN SD ND MT IL MO KS NE LA AR OK TX CO WY ID UT AZ NM NV CA";

/**
 * Parcels that have moved for some days, due to be learnt for yesterday, in lanes as a large shop has them: a ZIP code lies
 * in one state, as its first three digits do, and a quarter of them takes half of the parcels.
 */
async function addParcels({ owner }: BenchDatabase, shopId: string): Promise<void> {
  const day = readDay(NOW) - 1;
  // Their shipments are beside the point: foreign keys are not looked at.
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    `INSERT INTO parcel_forecast (shop_id, shipment_id, model_version, facts, journey, promised_on, created_at, updated_at)
     SELECT $1, 'shp_' || lpad(n::text, 9, '0'), 'bench',
       jsonb_build_object('carrier', (ARRAY['ups','fedex','usps'])[1 + n % 3], 'service', (ARRAY['ground','air'])[1 + n % 2],
         'origin', jsonb_build_object('country', 'US', 'region', null, 'zip', null),
         'destination', jsonb_build_object('country', 'US', 'region', states.code[1 + place.zip3 * array_length(states.code, 1) / 820],
           'zip', (10000 + place.zip3 * 100 + place.rest * 2)::text),
         'shipFrom', null, 'shippingOption', 'Standard', 'items', 1 + n % 3, 'standardDays', 5, 'carrierDay', null,
         'zone', 'America/Chicago'),
       jsonb_build_object('stages', steps.list, 'news', steps.list, 'end', CASE WHEN n % 6 = 0
         THEN jsonb_build_object('kind', 'arrived', 'day', $2::int, 'hour', 14.5) END, 'attempt', null),
       '2026-03-25', now(), now()
     FROM generate_series(1, $3::int) n, (SELECT string_to_array($4, ' ') AS code) states,
       -- Large and small ones lie beside each other.
       LATERAL (SELECT floor($5 * power((n * 0.6180339887498949) % 1, 2))::bigint * 7919 % $5 AS number) zip,
       LATERAL (SELECT (zip.number / 50)::int AS zip3, (zip.number % 50)::int AS rest) place,
       LATERAL (SELECT jsonb_build_array(
         jsonb_build_object('stage', 'label', 'day', $2::int - 2 - n % 3, 'hour', 9),
         jsonb_build_object('stage', 'accepted', 'day', $2::int - 1 - n % 3, 'hour', 16),
         jsonb_build_object('stage', 'moving', 'day', $2::int - n % 2, 'hour', 20)) AS list) steps`,
    [shopId, day, PARCELS, STATES, ZIPS],
  );
  await owner.query(
    `INSERT INTO parcel_clock (shop_id, shipment_id, learn_from, learn_at)
     SELECT shop_id, shipment_id, $1::int, now() - interval '1 year' FROM parcel_forecast`,
    [day],
  );
  await owner.query("SET session_replication_role = DEFAULT");
  await owner.query("ANALYZE parcel_forecast, parcel_clock");
}

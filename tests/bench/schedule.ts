import { systemClock } from "#app/lib/clock.ts";
import { CLAIM_LIMIT, claimDue } from "#app/modules/shipments/claim-due.server.ts";
import { readIndexQuery } from "#app/modules/shipments/index-query.ts";
import { readTabCounts } from "#app/modules/shipments/read-day-numbers.server.ts";
import { readIndexPage } from "#app/modules/shipments/read-index-page.server.ts";
import { addOrder, addShop } from "#tests/modules/shipments/shipment-rows.ts";
import type { BenchResult } from "./bench.ts";
import { type BenchDatabase, floodParcels, openBenchDatabase, seconds } from "./bench-database.ts";
import { round } from "./figures.ts";

const SIZES = [10_000, 100_000, 1_000_000];
/** One sweep claims so many at most. */
const PER_SWEEP = CLAIM_LIMIT * 20;
const SWEEPS = 3;

/** What claiming due parcels costs with ever more of them watched; every one of them is overdue, which is the worst case. */
export async function run(): Promise<BenchResult> {
  const bench = await openBenchDatabase();
  try {
    return await measure(bench);
  } finally {
    await bench.close();
  }
}

async function measure(bench: BenchDatabase): Promise<BenchResult> {
  const shopId = await addShop(bench.db, systemClock);
  const orderId = await addOrder(bench.db, systemClock, { shopId });
  const rows: BenchResult["rows"] = [];
  const costs: number[] = [];
  let from = 1;
  for (const size of SIZES) {
    await floodParcels(bench.owner, { shopId, orderId, from, to: size });
    from = size + 1;
    const cost = await costOfClaim(bench);
    costs.push(cost);
    rows.push({ label: `claims/s with ${size} watched parcels`, value: Math.round(1 / cost), unit: "parcels/s" });
    if (size === 100_000) rows.push(...(await readTimes(bench, shopId)));
  }
  const ratio = (costs.at(-1) ?? 0) / (costs[0] ?? 1);
  return {
    name: "schedule",
    rows,
    ratio: { label: "cost of a claim, 1M / 10k", value: round(ratio), limit: 2, better: "lower" },
  };
}

/** Seconds per claimed parcel, the best of a few sweeps: the machine may be busy with other things. */
async function costOfClaim({ db, queue, owner }: BenchDatabase): Promise<number> {
  const costs: number[] = [];
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let claimed = 0;
    const time = await seconds(async () => {
      claimed = await claimDue({ db, queue, clock: systemClock });
    });
    if (claimed !== PER_SWEEP) throw new Error(`claimed ${claimed} instead of ${PER_SWEEP}`);
    costs.push(time / claimed);
    // Due again, and tidied as autovacuum would: every sweep finds the same work.
    await owner.query(
      "UPDATE shipment_watch SET next_check_at = now() - interval '1 hour' WHERE next_check_at > now()",
    );
    await owner.query("VACUUM shipment_watch");
  }
  return Math.min(...costs);
}

async function readTimes({ db }: BenchDatabase, shopId: string): Promise<BenchResult["rows"]> {
  const scope = { shopId, timezone: "UTC", now: systemClock.now() };
  const list = (query: Record<string, string>) => () =>
    db.forShop(shopId, (tx) => readIndexPage(tx, scope, readIndexQuery(new URLSearchParams(query))));
  const cases: [string, () => Promise<unknown>][] = [
    ["first page", list({})],
    ["page in the middle", list({ cursor: `after_${(Date.now() - 50_000_000).toString(36)}_shp_0000050000` })],
    ["page of a tab", list({ tab: "attention" })],
    ["search by number", list({ q: "N777" })],
    ["search for nobody", list({ q: "nobody@example.com" })],
    ["tab counts", () => db.forShop(shopId, (tx) => readTabCounts(tx, shopId))],
  ];
  const rows: BenchResult["rows"] = [];
  for (const [label, read] of cases) {
    await read();
    const times = [await seconds(read), await seconds(read), await seconds(read)];
    rows.push({ label: `100k parcels: ${label}`, value: round(Math.min(...times) * 1_000), unit: "ms" });
  }
  return rows;
}

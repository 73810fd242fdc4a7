import { enqueueAll } from "#app/jobs/define-job.ts";
import type { SweepTx } from "#app/lib/db.server.ts";
import { repeatStep } from "#app/lib/repeat-step.ts";
import { MOST_PARCELS } from "./forecast-parcels.server.ts";
import type { ForesightDeps } from "./foresight-deps.ts";
import { LEARN_LEASE_MS, LEARN_MARK } from "./night-schedule.server.ts";

/** What a sweep has queued. */
export interface Claimed {
  parcels: number;
  orders: number;
  nights: number;
}

/** Rows that one statement claims; a sweep goes on until it claims fewer, and at most so often. */
const CLAIM = 5_000;
const MOST_CLAIMS = 20;
const NIGHTS = 500;
/** A job that is lost with its worker is claimed again after this. */
const LEASE_MS = 15 * 60_000;

type Claim = "claim_due_forecasts" | "claim_due_orders";

/**
 * Finds what time alone can have changed, by its own moment of review, and queues it in batches per shop: forecasts, open
 * orders, and shops whose night is due. Reads nothing that is not due.
 */
export async function sweepForesight(deps: Pick<ForesightDeps, "db" | "clock" | "queue">): Promise<Claimed> {
  const parcels = await claimAll(deps, "claim_due_forecasts");
  const orders = await claimAll(deps, "claim_due_orders");
  const nights = await claimNights(deps);
  return { parcels, orders, nights };
}

type SweepDeps = Pick<ForesightDeps, "db" | "clock" | "queue">;

function claimAll(deps: SweepDeps, claim: Claim): Promise<number> {
  const step = () => deps.db.acrossShops((tx) => claimOnce(tx, deps, claim));
  return repeatStep(step, { most: CLAIM, times: MOST_CLAIMS });
}

async function claimOnce(tx: SweepTx, { clock, queue }: SweepDeps, claim: Claim): Promise<number> {
  const now = clock.now();
  const lease = new Date(now.getTime() + LEASE_MS);
  type Due = { shop_id: string; id: string }[];
  const due =
    claim === "claim_due_forecasts"
      ? await tx.$queryRaw<Due>`SELECT shop_id, id FROM claim_due_forecasts(${now}, ${lease}, ${CLAIM}::int)`
      : await tx.$queryRaw<Due>`SELECT shop_id, id FROM claim_due_orders(${now}, ${lease}, ${CLAIM}::int)`;
  const batches = batchesOf(due);
  if (claim === "claim_due_forecasts") {
    const payloads = batches.map(({ shopId, ids }) => ({ shopId, shipmentIds: ids }));
    await enqueueAll({ queue, tx }, "foresight.forecast", payloads);
  } else {
    const payloads = batches.map(({ shopId, ids }) => ({ shopId, orderIds: ids }));
    await enqueueAll({ queue, tx }, "foresight.look-at-orders", payloads);
  }
  return due.length;
}

function batchesOf(due: readonly { shop_id: string; id: string }[]): { shopId: string; ids: string[] }[] {
  const shops = new Map<string, string[]>();
  for (const { shop_id: shopId, id } of due) shops.set(shopId, [...(shops.get(shopId) ?? []), id]);
  return [...shops].flatMap(([shopId, ids]) =>
    Array.from({ length: Math.ceil(ids.length / MOST_PARCELS) }, (_, step) => {
      return { shopId, ids: ids.slice(step * MOST_PARCELS, (step + 1) * MOST_PARCELS) };
    }),
  );
}

function claimNights({ db, clock, queue }: SweepDeps): Promise<number> {
  const now = clock.now();
  const lease = new Date(now.getTime() + LEARN_LEASE_MS);
  return db.acrossShops(async (tx) => {
    const due = await tx.$queryRaw<{ shop_id: string }[]>`
      SELECT shop_id FROM claim_due_marks(${LEARN_MARK}, ${now}, ${lease}, ${NIGHTS}::int)`;
    const payloads = due.map((row) => ({ shopId: row.shop_id }));
    await enqueueAll({ queue, tx }, "foresight.learn", payloads);
    return payloads.length;
  });
}

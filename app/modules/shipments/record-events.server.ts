import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { recordFacts } from "#app/modules/analytics/record-fact.server.ts";
import { type FollowDeps, followChanges } from "./follow-changes.server.ts";
import { readByMappings } from "./read-by-mappings.server.ts";
import type { RecordInput, RecordOutcome } from "./record-input.ts";
import { insertEvents, loadLogs, lockShipments, type NewEvent, writeRows } from "./recording-store.server.ts";
import { advance, eventsOf, expireIfSilent, mergeInputs, type Recording, withInstants } from "./recording.ts";
import { keepLessons } from "./rhythm/keep-lessons.server.ts";
import type { PlanRules, WatchRules } from "./schedule-row.ts";
import type { ShipmentChange } from "./shipment-change.ts";
import { activitiesOf, factsOf } from "./tell-change.ts";

export interface RecordDeps extends FollowDeps {
  db: Database;
  clock: Clock;
  watch: WatchRules;
}

/** Parcels in one transaction. */
export const MAX_BATCH = 200;

/**
 * Records what was heard about one parcel, in a transaction of its own. The only way in which the state of a parcel
 * changes: scans join the log, the state is folded from the whole log, and the audit trail, the facts, the next check
 * and the jobs that follow are written with it or not at all. Safe to repeat.
 */
export function recordEvents(deps: RecordDeps, input: RecordInput & { shopId: string }): Promise<RecordOutcome> {
  return deps.db.forShop(input.shopId, (tx) => recordEventsIn(tx, deps, input));
}

/** The same inside the caller's transaction. */
export async function recordEventsIn(
  tx: ShopTx,
  deps: Omit<RecordDeps, "db">,
  input: RecordInput & { shopId: string },
): Promise<RecordOutcome> {
  const outcomes = await recordBatchIn(tx, deps, { shopId: input.shopId, inputs: [input] });
  return outcomes.get(input.shipmentId) ?? { kind: "gone" };
}

/**
 * The same for many parcels of one shop with the same few statements: carrier answers in bulk, imports, backfills.
 * @throws RangeError above MAX_BATCH parcels.
 */
export async function recordBatchIn(
  tx: ShopTx,
  deps: Omit<RecordDeps, "db">,
  { shopId, inputs }: { shopId: string; inputs: readonly RecordInput[] },
): Promise<Map<string, RecordOutcome>> {
  if (inputs.length > MAX_BATCH) throw new RangeError(`${inputs.length} parcels in one batch`);
  const now = deps.clock.now();
  const heard = mergeInputs(inputs.map((input) => withInstants(input, now)));
  const locked = await lockShipments(tx, shopId, [...heard.keys()]);
  const recordings = locked.map((row): Recording => ({
    before: row,
    input: heard.get(row.id) ?? { shipmentId: row.id },
  }));
  const rows = recordings.flatMap((recording) => newRows(recording, now));
  const added = await insertEvents(tx, shopId, await readByMappings(tx, shopId, rows));
  const refolded = recordings.filter(({ input }) => input.refold).map(({ before }) => before.id);
  const logs = await loadLogs(tx, shopId, [...new Set([...added.keys(), ...refolded])]);
  const rules = {
    ...deps.watch,
    shapeOf: await deps.watch.rhythms.of(tx, { shopId, now }),
    loadOf: await deps.watch.loads.of(tx, { shopId, now }),
  };
  const advanced = recordings.map((recording) =>
    advance(
      recording,
      { log: logs.get(recording.before.id) ?? null, added: added.get(recording.before.id) ?? 0 },
      { rules, now },
    ),
  );
  const settled = await settleSilent(tx, rules, { shopId, recordings: advanced, now });
  await keepLessons(tx, deps.clock, { shopId, heardAt: now, rows: locked, logs });
  return finish(tx, deps, { shopId, recordings: settled, now });
}

function newRows(recording: Recording, now: Date): NewEvent[] {
  return eventsOf(recording.input, now).map((event) => ({ shipmentId: recording.before.id, event }));
}

interface Settling {
  shopId: string;
  recordings: Advanced[];
  now: Date;
}

type Advanced = ReturnType<typeof advance>;

/** Parcels that have been silent for too long get our own row in the log, and are folded with it. */
async function settleSilent(tx: ShopTx, rules: PlanRules, { shopId, recordings, now }: Settling): Promise<Advanced[]> {
  const silent = recordings.filter((recording) => recording.expires);
  if (silent.length === 0) return recordings;
  const decisions = silent.map((recording) => ({
    shipmentId: recording.before.id,
    event: expireIfSilent(recording, now),
  }));
  await insertEvents(tx, shopId, decisions);
  const logs = await loadLogs(
    tx,
    shopId,
    silent.map((recording) => recording.before.id),
  );
  return recordings.map((recording) => {
    const log = recording.expires ? logs.get(recording.before.id) : undefined;
    return log ? advance(recording, { log, added: recording.added }, { rules, now }) : recording;
  });
}

async function finish(
  tx: ShopTx,
  deps: Omit<RecordDeps, "db">,
  { shopId, recordings, now }: Settling,
): Promise<Map<string, RecordOutcome>> {
  const touched = recordings.filter((recording) => recording.touched);
  await writeRows(
    tx,
    shopId,
    touched.map((recording) => recording.after),
    now,
  );
  await recordActivity(tx, deps.clock, shopId, touched.flatMap(activitiesOf));
  await recordFacts(tx, deps.clock, shopId, touched.flatMap(factsOf));
  const outcomes = new Map(recordings.map((recording) => [recording.before.id, outcomeOf(shopId, recording)]));
  const changes = [...outcomes.values()].flatMap((outcome) => ("change" in outcome ? [outcome.change] : []));
  await followChanges(tx, deps, changes);
  return outcomes;
}

function outcomeOf(shopId: string, { before, after, added }: Advanced): RecordOutcome {
  if (before.version === after.version) return { kind: "unchanged" };
  const change: ShipmentChange = {
    shopId,
    shipmentId: after.id,
    orderId: after.orderId,
    fulfillmentId: after.fulfillmentId,
    version: after.version,
    origin: after.origin,
    before: { status: before.status, subStatus: before.subStatus },
    after: { status: after.status, subStatus: after.subStatus },
    newEvents: added,
  };
  const same = before.status === after.status && before.subStatus === after.subStatus;
  return same ? { kind: "news", change } : { kind: "changed", change };
}

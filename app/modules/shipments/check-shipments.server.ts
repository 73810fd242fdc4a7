import { errorMessage } from "#app/lib/errors.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import type { CarrierDirectory, ConnectedAccount } from "./carrier-access.ts";
import { type AskDeps, askCarrier } from "./ask-carrier.server.ts";
import { askAlone } from "./ask-alone.ts";
import { changeCarriers, type Doubted } from "./change-carrier.server.ts";
import { type AccountBatch, assignAccounts } from "./choose-account.ts";
import { nextUtcDay } from "./contract-terms.ts";
import { keepToTerms } from "./keep-to-terms.ts";
import { loadWatched, type WatchedParcel } from "./load-watched.server.ts";
import { enrolNumbers } from "./push-subscriptions.server.ts";
import type { RecordInput } from "./record-input.ts";
import { type RecordDeps, recordBatchIn } from "./record-events.server.ts";
import { INVALID_TRIES } from "./next-check.ts";
import type { NumberAnswer, SortedAnswer } from "./sort-answer.ts";
import { postponeChecks, stopWatching } from "./stop-watching.server.ts";

export interface CheckDeps extends RecordDeps, Omit<AskDeps, "pace"> {
  carriers: CarrierDirectory;
}

export interface CheckReport {
  asked: number;
  postponed: number;
  stopped: number;
}

/**
 * Asks the carriers about parcels that are due, one call per account and batch, and records every answer. An error leaves
 * the state of a parcel untouched: it is noted beside it and the question comes again later. Safe to run twice.
 */
export async function checkShipments(
  deps: CheckDeps,
  { shopId, shipmentIds }: { shopId: string; shipmentIds: readonly string[] },
): Promise<CheckReport> {
  const { parcels, accounts } = await deps.db.forShop(shopId, async (tx) => ({
    parcels: await loadWatched(tx, deps.clock.now(), { shopId, ids: shipmentIds }),
    accounts: await deps.access.accountsFor(tx, shopId),
  }));
  const { pace } = deps.watch;
  const now = deps.clock.now();
  const { batches: assigned, unasked } = assignAccounts(parcels, accounts, deps.carriers);
  const { batches, spent, over } = keepToTerms(assigned, { now, pace });
  const stopped = [...unasked, ...over];
  const report: CheckReport = { asked: 0, postponed: spent.length, stopped: stopped.length };
  const postpone = (ids: string[], until: Date) =>
    deps.db.forShop(shopId, (tx) => postponeChecks(tx, { shopId, ids, until, pace }));
  if (stopped.length > 0) await deps.db.forShop(shopId, (tx) => stopWatching(tx, deps.clock, { shopId, stopped }));
  if (spent.length > 0) await postpone(spent, new Date(nextUtcDay(now)));
  const resting = new Map<string, Date>();
  const later = new Map<Date, string[]>();
  const faults: Error[] = [];
  // Grows while it is gone through: what one number spoiled is asked again one by one.
  for (const batch of batches) {
    const rest = resting.get(batch.account.id);
    const result = rest
      ? postponed(batch.parcels, rest)
      : await askBatch(deps, { shopId, accounts, batch }).catch((error: unknown) => noted(faults, error));
    if (result.restUntil) resting.set(batch.account.id, result.restUntil);
    batches.push(...(result.alone ?? []));
    report.asked += result.faulty || result.alone ? 0 : batch.parcels.length - result.postponed.length;
    report.postponed += result.postponed.length;
    if (result.restUntil) later.set(result.restUntil, [...(later.get(result.restUntil) ?? []), ...result.postponed]);
  }
  for (const [until, ids] of later) await postpone(ids, until);
  if (faults[0]) throw faults[0];
  return report;
}

/** A fault in one batch must not keep the others from being asked: it is thrown when they have been. */
function noted(faults: Error[], error: unknown): BatchResult {
  faults.push(error instanceof Error ? error : new Error(errorMessage(error)));
  return { restUntil: null, postponed: [], faulty: true };
}

interface BatchResult {
  /** The account has to be left alone until then; null = it may be asked again at once. */
  restUntil: Date | null;
  /** Parcels that were not recorded and wait until then. */
  postponed: string[];
  /** Nothing was asked or recorded. */
  faulty?: true;
  /** The same parcels one by one: nothing was recorded, because one number may have spoiled the question. */
  alone?: AccountBatch<WatchedParcel>[];
}

function postponed(parcels: readonly WatchedParcel[], restUntil: Date): BatchResult {
  return { restUntil, postponed: parcels.map(({ id }) => id) };
}

interface Asking {
  shopId: string;
  accounts: readonly ConnectedAccount[];
  batch: AccountBatch<WatchedParcel>;
}

async function askBatch(deps: CheckDeps, { shopId, accounts, batch }: Asking): Promise<BatchResult> {
  const outcome = await askCarrier({ ...deps, pace: deps.watch.pace }, shopId, batch);
  if (outcome.kind === "not_asked") return postponed(batch.parcels, outcome.until);
  const { answer } = outcome;
  const alone = askAlone(batch, answer);
  if (alone) return { restUntil: null, postponed: [], alone };
  const others = answer.general?.kind === "auth" ? othersCanAsk(deps, { accounts, batch }) : [];
  const recorded = batch.parcels.filter((parcel) => !others.includes(parcel));
  await deps.db.forShop(shopId, async (tx) => {
    const inputs = recorded.map((parcel) => toInput(parcel, batch.carrier.id, answer));
    await recordBatchIn(tx, deps, { shopId, inputs });
    await changeCarriers(tx, deps, { shopId, accounts, doubted: doubtedBy(batch, answer) });
    await enrolNumbers(tx, {
      shopId,
      accountId: batch.account.id,
      numbers: toSubscribe(batch, answer),
      now: deps.clock.now(),
    });
  });
  return { restUntil: restAfter(answer, deps), postponed: others.map(({ id }) => id) };
}

/** After refused credentials: the parcels that another account of the shop can be asked about. */
function othersCanAsk(deps: CheckDeps, { accounts, batch }: Omit<Asking, "shopId">): WatchedParcel[] {
  const left = accounts.filter((account) => account.id !== batch.account.id);
  return assignAccounts(batch.parcels, left, deps.carriers).batches.flatMap(({ parcels }) => parcels);
}

/** Numbers that the carrier may push: those that it knows, and those that it does not know yet. */
function toSubscribe({ carrier, parcels }: AccountBatch<WatchedParcel>, answer: SortedAnswer): string[] {
  if (!carrier.push?.subscribe) return [];
  const numbers = parcels
    .map(({ trackingNumber }) => trackingNumber)
    .filter((number) => {
      const own = answer.byNumber.get(number);
      return own?.kind === "shipment" ? !isOver(own.shipment.status) : own?.error.kind === "not_found";
    });
  return [...new Set(numbers)];
}

function isOver(status: ShipmentStatus): boolean {
  return status === "delivered" || status === "cancelled" || status === "expired";
}

const DOUBTFUL: readonly string[] = ["not_found", "invalid_number", "not_supported"];

const REST_AFTER_REFUSAL = 60_000;

/** How long the account is left alone after an answer about the whole call. */
function restAfter({ general }: SortedAnswer, { clock }: CheckDeps): Date | null {
  if (general?.kind !== "auth" && general?.kind !== "rate_limited") return null;
  const wait = Math.max((general.retryAfterSeconds ?? 0) * 1_000, REST_AFTER_REFUSAL);
  return new Date(clock.now().getTime() + wait);
}

function toInput(parcel: WatchedParcel, carrier: string, answer: SortedAnswer): RecordInput {
  const own = answer.byNumber.get(parcel.trackingNumber);
  if (own?.kind === "shipment") {
    const { shipment, pieces } = own;
    const answered = { source: "poll" as const, carrier, shipment, pieces };
    return { shipmentId: parcel.id, answer: answered, check: { asked: carrier, problem: null } };
  }
  return { shipmentId: parcel.id, check: { asked: carrier, problem: own ? problemOf(own) : null } };
}

function problemOf({ error }: Extract<NumberAnswer, { kind: "error" }>) {
  const { kind, message, retryAfterSeconds } = error;
  return { kind, message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

/** Parcels that whom we asked knows nothing about, or will not tell about. */
function doubtedBy(batch: AccountBatch<WatchedParcel>, answer: SortedAnswer): Doubted[] {
  const asked = batch.carrier.id;
  return batch.parcels.flatMap((parcel) => {
    const own = answer.byNumber.get(parcel.trackingNumber);
    const reason = own?.kind === "error" ? own.error.kind : null;
    if (reason === null || !DOUBTFUL.includes(reason)) return [];
    // A carrier that calls a number invalid is asked again before it is believed.
    if (reason === "invalid_number" && parcel.checkFailures + 1 < INVALID_TRIES) return [];
    return [{ ...parcel, asked, reason }];
  });
}

import { AppError, errorMessage } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { CarrierError, CarrierReading, TrackRequest } from "#app/modules/carriers/carrier.ts";
import type { CarrierAccess } from "./carrier-access.ts";
import { BudgetSpentError, budgetedSession } from "./budgeted-session.server.ts";
import { type BudgetDeps, takeBudget } from "./carrier-budget.server.ts";
import type { AccountBatch } from "./choose-account.ts";
import { type SortedAnswer, sortAnswer } from "./sort-answer.ts";

export interface AskDeps extends BudgetDeps {
  access: CarrierAccess;
  log: Logger;
}

export interface AskedParcel {
  id: string;
  trackingNumber: string;
  carrier: string | null;
  postalCode: string | null;
  /** Above 0 when the question cannot wait (share-budget). */
  urgency: number;
}

export type AskOutcome =
  | { kind: "answered"; answer: SortedAnswer }
  /** Not asked: the budget is spent, or the account is not usable at the moment. */
  | { kind: "not_asked"; until: Date };

const ACCOUNT_PAUSE = 15 * 60_000;
const ASK_AGAIN = 60_000;

/** One call for one batch. What the carrier says, network faults included, comes back as data. */
export async function askCarrier(deps: AskDeps, shopId: string, batch: AccountBatch<AskedParcel>): Promise<AskOutcome> {
  const { account, carrier } = batch;
  const opening = await deps.access.openSession(shopId, account.id);
  if (opening.kind === "unusable") {
    deps.log.warn({ shopId, accountId: account.id, reason: opening.reason }, "carrier account is not usable");
    return { kind: "not_asked", until: new Date(deps.clock.now().getTime() + ACCOUNT_PAUSE / deps.pace) };
  }
  const budget = await takeBudget(deps, {
    ...{ shopId, accountId: account.id, limits: carrier.limits },
    pressing: batch.parcels.some((parcel) => parcel.urgency > 0),
  });
  if (budget.kind === "spent") return { kind: "not_asked", until: budget.until };
  const requests = requestsFor(batch.parcels);
  const session = budgetedSession(deps, { shopId, accountId: account.id, limits: carrier.limits }, opening.session);
  const reading = await carrier.track(session, requests).catch((error: unknown) => unreachable(deps, batch, error));
  if (reading instanceof Date) return { kind: "not_asked", until: reading };
  const answer = sortAnswer(
    reading,
    requests.map((request) => request.trackingNumber),
  );
  if (answer.general?.kind === "auth") {
    const counts = await deps.access.markAuthFailed(shopId, account.id, answer.general, opening.openedWith);
    // Somebody entered new credentials while the old ones were being refused: asked again with those.
    if (!counts) return { kind: "not_asked", until: new Date(deps.clock.now().getTime() + ASK_AGAIN / deps.pace) };
  }
  return { kind: "answered", answer };
}

/** A number on two parcels is asked about once: carriers refuse repetitions, or charge for them. */
function requestsFor(parcels: readonly AskedParcel[]): TrackRequest[] {
  const requests = new Map<string, TrackRequest>();
  for (const { trackingNumber, carrier: carrierHint, postalCode } of parcels) {
    if (!requests.has(trackingNumber)) requests.set(trackingNumber, { trackingNumber, carrierHint, postalCode });
  }
  return [...requests.values()];
}

/**
 * A carrier that cannot be reached is a carrier that has answered nothing: the parcels stay as they are. Where it was our
 * own budget that ended the question: the moment at which it can be asked whole.
 */
function unreachable(
  deps: AskDeps,
  { carrier, account }: AccountBatch<AskedParcel>,
  error: unknown,
): CarrierReading | Date {
  if (error instanceof BudgetSpentError) return error.until;
  if (!(error instanceof AppError) || !error.retryable) throw error;
  deps.log.warn({ carrier: carrier.id, accountId: account.id, reason: errorMessage(error) }, "carrier not reached");
  const problem: CarrierError = { kind: "server", retryable: true, message: "The carrier could not be reached." };
  return { shipments: [], errors: [problem] };
}

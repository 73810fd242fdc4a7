import { AppError, errorMessage } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { CarrierError, CarrierReading } from "#app/modules/carriers/carrier.ts";
import type { CarrierAccess } from "./carrier-access.ts";
import { type BudgetDeps, countedTokens, takeBudget } from "./carrier-budget.server.ts";
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
  const requests = batch.parcels.map(({ trackingNumber, carrier: carrierHint, postalCode }) => {
    return { trackingNumber, carrierHint, postalCode };
  });
  const { limits } = carrier;
  const tokens = countedTokens(deps, { shopId, accountId: account.id, limits, tokens: opening.session.tokens });
  const reading = await carrier
    .track({ ...opening.session, tokens }, requests)
    .catch((error: unknown) => unreachable(deps, batch, error));
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

/** A carrier that cannot be reached is a carrier that has answered nothing: the parcels stay as they are. */
function unreachable(deps: AskDeps, { carrier, account }: AccountBatch<AskedParcel>, error: unknown): CarrierReading {
  if (!(error instanceof AppError) || !error.retryable) throw error;
  deps.log.warn({ carrier: carrier.id, accountId: account.id, reason: errorMessage(error) }, "carrier not reached");
  const problem: CarrierError = { kind: "server", retryable: true, message: "The carrier could not be reached." };
  return { shipments: [], errors: [problem] };
}

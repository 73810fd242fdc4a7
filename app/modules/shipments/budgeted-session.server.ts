import { AppError } from "#app/lib/errors.ts";
import type { CarrierHttp, CarrierLimits, CarrierSession, TokenCache } from "#app/modules/carriers/carrier.ts";
import { type BudgetDeps, countedTokens, takeBudget } from "./carrier-budget.server.ts";

/** The account may make no further request before `until`; what the adapter has asked so far is given up. */
export class BudgetSpentError extends AppError {
  readonly code = "carrier_budget_spent";
  readonly retryable = true;
  readonly until: Date;

  constructor(until: Date) {
    super("the account's budget of requests is spent");
    this.until = until;
  }
}

interface Account {
  shopId: string;
  accountId: string;
  limits: CarrierLimits;
}

/**
 * A session in which every request counts: the first was taken out of the account's budget before the session was opened,
 * each further one of a question that takes several is taken as it is made. Fetching a token counts where the carrier
 * counts it. @throws BudgetSpentError from `http.request`.
 */
export function budgetedSession(deps: BudgetDeps, account: Account, session: CarrierSession): CarrierSession {
  let requests = 0;
  let fetchingToken = false;
  const http: CarrierHttp = {
    async request(request) {
      if (!fetchingToken) requests += 1;
      if (!fetchingToken && requests > 1) {
        const budget = await takeBudget(deps, account);
        if (budget.kind === "spent") throw new BudgetSpentError(budget.until);
      }
      return session.http.request(request);
    },
  };
  const counted = countedTokens(deps, { ...account, tokens: session.tokens });
  const tokens: TokenCache = {
    get: (fetchToken) =>
      counted.get(async () => {
        fetchingToken = true;
        return fetchToken().finally(() => (fetchingToken = false));
      }),
    invalidate: () => counted.invalidate(),
  };
  return { ...session, http, tokens };
}

import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { AppError, errorMessage } from "#app/lib/errors.ts";
import type { Http, HttpRequest, HttpResponse } from "#app/lib/http.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { AccountKey } from "./carrier-secrets.ts";

type Outcome = "answered" | "unreachable" | "server" | "rate_limited";

/** The same news of one account is written this often at most, by each process. */
const QUIET_FOR_MS = 60_000;
const MAX_ACCOUNTS = 5_000;

/**
 * When each account last answered, and when and how it last failed to: noted at the one place where every call to a
 * carrier passes, for the merchant to see. What an answer says of the credentials is not its business.
 */
export class AccountHealthLog {
  readonly #deps: { db: Database; clock: Clock; log: Logger };
  /** The last thing written, by account. */
  readonly #written = new Map<string, { outcome: Outcome; at: number }>();

  constructor(deps: { db: Database; clock: Clock; log: Logger }) {
    this.#deps = deps;
  }

  /** The same HTTP, listened to; its calls open and close the circuit of this account alone. */
  watch(key: AccountKey, http: Pick<Http, "request">): Pick<Http, "request"> {
    return {
      request: async (request: HttpRequest): Promise<HttpResponse> => {
        try {
          const answer = await http.request({ ...request, circuit: key.accountId });
          this.#note(key, outcomeOf(answer.status));
          return answer;
        } catch (error) {
          if (error instanceof AppError) this.#note(key, "unreachable");
          throw error;
        }
      },
    };
  }

  /** Not waited for: a call may run inside a transaction of its own, and must not need a second connection to end. */
  #note({ shopId, accountId }: AccountKey, outcome: Outcome): void {
    const now = this.#deps.clock.now();
    const last = this.#written.get(accountId);
    if (last?.outcome === outcome && now.getTime() - last.at < QUIET_FOR_MS) return;
    if (this.#written.size >= MAX_ACCOUNTS) this.#written.clear();
    this.#written.set(accountId, { outcome, at: now.getTime() });
    const data = outcome === "answered" ? { lastAnswerAt: now } : { lastFaultAt: now, lastFault: outcome };
    this.#deps.db
      .forShop(shopId, (tx) => tx.carrierAccount.updateMany({ where: { shopId, id: accountId }, data }))
      .catch((error: unknown) => this.#deps.log.warn({ accountId, reason: errorMessage(error) }, "health not noted"));
  }
}

/** A refusal is an answer, too. */
function outcomeOf(status: number): Outcome {
  if (status === 429) return "rate_limited";
  return status >= 500 ? "server" : "answered";
}

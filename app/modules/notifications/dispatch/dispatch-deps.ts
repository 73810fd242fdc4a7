import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Timer } from "#app/lib/timer.ts";
import type { SmsSender } from "../channels/sms-sender.ts";
import type { TrialSender } from "../domains/sender-ready.server.ts";
import type { MailSender } from "../mail-sender.ts";
import type { MessageContent, RenderAnswer, RenderBatch, RenderedRow } from "../message-content.ts";
import type { Recheck } from "../recheck-message.ts";

/** One row of the ledger. */
export type LedgerRow = Awaited<ReturnType<ShopTx["notification"]["findUniqueOrThrow"]>>;

/** How long and how much. Times in milliseconds, by the database's clock unless said otherwise. */
export interface DispatchLimits {
  /** Longer than recording, waiting for a place, and the call take together. */
  leaseMs: number;
  /** A run takes up no further work after this. */
  runMs: number;
  /** Requests that one run prepares at the same time. */
  lanes: number;
  /** A place in the row that is further away is given up. */
  maxWaitMs: number;
  /** Longest a call may take: beyond it the lease is no protection. */
  callMs: number;
  /** Text messages of one shop in one turn. */
  textsPerTurn: number;
  /** A repetition under the provider's key is safe for so long. */
  repeatableMs: number;
  /** Before an unanswered message is sent anew, the provider must have denied it over this time … */
  deniedForMs: number;
  /** … and the attempt must lie back so long. */
  surelyGoneMs: number;
  /** First pause after an attempt without an answer; doubled each time. */
  backOffMs: number;
}

export const DISPATCH_LIMITS: DispatchLimits = {
  leaseMs: 60_000,
  runMs: 15_000,
  lanes: 3,
  maxWaitMs: 5_000,
  callMs: 25_000,
  textsPerTurn: 5,
  repeatableMs: 23 * 3_600_000,
  deniedForMs: 60_000,
  surelyGoneMs: 180_000,
  backOffMs: 5_000,
};

export interface DispatchDeps {
  db: Database;
  clock: Clock;
  timer: Timer;
  log: Logger;
  limits: DispatchLimits;
  /** Asked of claimed rows of one shop at the moment of sending: still true, and is it time? By the message's id. */
  recheck(tx: ShopTx, claimed: { shopId: string; rows: readonly LedgerRow[] }): Promise<Map<string, Recheck>>;
  /** What is to be sent, by the message's id: an answer for each. @throws where it is worth trying again. */
  render(tx: ShopTx, batch: RenderBatch): Promise<ReadonlyMap<string, RenderAnswer>>;
  /** Opens what was rendered for an earlier attempt, the same to the byte. */
  open(row: RenderedRow): MessageContent;
}

export interface MailDispatchDeps extends DispatchDeps {
  mail: MailSender;
  /** For shops without a domain, and for what is above a warming domain's measure where the merchant allows that. */
  trialSender: TrialSender;
}

/** The channel's account of a shop, or why it has none that works. */
export type SenderOrClosed = SmsSender | { closed: string };

export type CapAnswer = { ok: true } | { ok: false; rule: "cap_reached" | "country_not_served" };

export interface TextDispatchDeps extends DispatchDeps {
  senderOf(tx: ShopTx, shopId: string): Promise<SenderOrClosed>;
  /** Counts the message against the caps, in the transaction that records its attempt. */
  checkCaps(tx: ShopTx, message: { shopId: string; notificationId: string; to: string }): Promise<CapAnswer>;
}

/** What one run did, for the log and the figures. */
export interface DispatchReport {
  sent: number;
  failed: number;
  dropped: number;
  waiting: number;
  unanswered: number;
  unknown: number;
}

export const emptyReport = (): DispatchReport => ({
  sent: 0,
  failed: 0,
  dropped: 0,
  waiting: 0,
  unanswered: 0,
  unknown: 0,
});

import type { ShopTx } from "#app/lib/db.server.ts";
import type { SmsSender, TextMessage, TextOutcome } from "../channels/sms-sender.ts";
import type { Channel } from "../channels/channel.ts";
import { recheckClaimed } from "./check-claimed.server.ts";
import { type Claim, claimDue } from "./claim-messages.server.ts";
import type { StoredMessage } from "../message-content.ts";
import type { DispatchReport, LedgerRow, TextDispatchDeps } from "./dispatch-deps.ts";
import { type Final, finishMessages, restUnanswered, settleMessages } from "./finish-messages.server.ts";
import { startWatch } from "./lease-watch.ts";
import { recordAttempt } from "./record-attempt.server.ts";
import { renderClaimed } from "./render-claimed.server.ts";
import { noteAnswer, readPace, takeTurn } from "./send-pace.server.ts";
import { holdTurn } from "./shop-turn.server.ts";
import { NO_HINT } from "../mail-sender.ts";

export type TextChannel = Exclude<Channel, "email">;

/** Without a working account messages wait so long for one. */
const CLOSED_FOR_MS = 10 * 60_000;

/** What is assumed of an account: whoever sends slower queues at the provider. */
export const TEXTS_PER_SECOND = 5;

/** Every account has a limit of its own. */
export const paceKeyOf = (provider: string, shopId: string): string => `${provider}:${shopId}`;

/** Takes due texts of the shop whose turn it is through to the provider's answer. @returns false when none is due. */
export async function sendFreshTexts(
  deps: TextDispatchDeps,
  channel: TextChannel,
  report: DispatchReport,
): Promise<boolean> {
  const claim = await claimDue(deps, channel, deps.limits.textsPerTurn);
  if (!claim) return false;
  const rows = await recheckClaimed(deps, claim, report);
  const sender = await deps.db.forShop(claim.shopId, (tx) => deps.senderOf(tx, claim.shopId));
  if ("closed" in sender) {
    await letWait(deps, { claim, rows, channel }, { forMs: CLOSED_FOR_MS, reason: sender.closed });
    return true;
  }
  const pace = await readPace(deps, paceKeyOf(sender.provider, claim.shopId));
  if (pace.waitMs > deps.limits.maxWaitMs / 2) {
    await letWait(deps, { claim, rows, channel }, { forMs: pace.waitMs, reason: pace.reason ?? "the provider's pace" });
    return true;
  }
  // Where nobody answers, one message asks whether somebody is back; the others can still be recalled.
  const tried = pace.dark ? rows.slice(0, 1) : rows;
  const items = tried.map((row) => ({ id: row.id, row, sender: "own" as const }));
  const ready = await renderClaimed(deps, { claim, report }, items);
  let done = 0;
  for (const { item, stored } of ready) {
    done += 1;
    if (!(await sendText(deps, { claim, sender, row: item.row, stored, report }))) break;
  }
  await handBack(deps, claim, [...ready.slice(done).map(({ item }) => item.row), ...rows.slice(tried.length)]);
  return true;
}

interface TextSending {
  claim: Claim;
  sender: SmsSender;
  row: LedgerRow;
  stored: StoredMessage;
  report: DispatchReport;
}

/** @returns whether it makes sense to try the next one. */
async function sendText(deps: TextDispatchDeps, sending: TextSending): Promise<boolean> {
  const { claim, sender, row, stored } = sending;
  const text = textOf(stored);
  const watch = startWatch(deps);
  const ready = await deps.db.forShop(claim.shopId, (tx) => record(deps, tx, sending));
  if (!ready) return true;
  const key = paceKeyOf(sender.provider, claim.shopId);
  const wait = { maxWaitMs: deps.limits.maxWaitMs, assumedPerSecond: TEXTS_PER_SECOND };
  if (!(await takeTurn(deps, key, wait))) {
    await handBack(deps, claim, [row]);
    return false;
  }
  // Another worker may have it by now, and nothing but the lease keeps two texts apart.
  if (watch.over()) return false;
  const outcome = await sender.send(text, row.id);
  await notePace(deps, key, outcome);
  await deps.db.forShop(claim.shopId, (tx) => settle(deps, tx, { sending, outcome }));
  return outcome.kind === "accepted" || outcome.kind === "rejected" || outcome.kind === "stopped";
}

function textOf(stored: StoredMessage): TextMessage {
  if (stored.channel === "email") throw new TypeError("a mail was rendered for a channel of texts");
  return stored.text;
}

/** The last look before a text leaves: still ours, and within the caps. */
async function record(deps: TextDispatchDeps, tx: ShopTx, sending: TextSending): Promise<boolean> {
  const { claim, sender, row, stored, report } = sending;
  const { shopId } = claim;
  const caps = await deps.checkCaps(tx, { shopId, notificationId: row.id, to: textOf(stored).to });
  if (!caps.ok) {
    report.dropped += 1;
    await settleMessages(tx, deps.clock, claim, [{ row, final: { id: row.id, state: "dropped", error: caps.rule } }]);
    return false;
  }
  const messages = [{ id: row.id, stored }];
  return (await recordAttempt(tx, claim, { provider: sender.provider, messages, limits: deps.limits })) !== null;
}

async function notePace(deps: TextDispatchDeps, key: string, outcome: TextOutcome): Promise<void> {
  const holdSeconds = outcome.kind === "rate_limited" ? outcome.retryAfterSeconds : 0;
  await noteAnswer(deps, key, {
    answered: outcome.kind !== "unknown",
    pace: { ...NO_HINT, holdSeconds },
    ...(outcome.kind === "channel_closed" ? { closed: { reason: outcome.reason, forMs: CLOSED_FOR_MS } } : {}),
  });
}

interface Settling {
  sending: TextSending;
  outcome: TextOutcome;
}

async function settle(deps: TextDispatchDeps, tx: ShopTx, { sending, outcome }: Settling): Promise<void> {
  const { claim, row, report } = sending;
  if (outcome.kind === "unknown") {
    report.unanswered += 1;
    return restUnanswered(tx, claim, { milliseconds: deps.limits.backOffMs, error: outcome.reason });
  }
  const final = finalOf(outcome);
  if (final.state === "queued") report.waiting += 1;
  else if (final.state !== "dropped") report[final.state] += 1;
  await settleMessages(tx, deps.clock, claim, [{ row, final: { id: row.id, ...final } }]);
}

function finalOf(outcome: Exclude<TextOutcome, { kind: "unknown" }>): Omit<Final, "id"> {
  switch (outcome.kind) {
    case "accepted":
      return { state: "sent", providerId: outcome.providerId, segments: outcome.segments };
    case "rejected":
    case "stopped":
      return { state: "failed", error: outcome.reason };
    case "rate_limited":
      return { state: "queued", error: "rate limited" };
    case "channel_closed":
      return { state: "queued", error: outcome.reason };
  }
}

/** Gives untried messages back to the queue. */
async function handBack(deps: TextDispatchDeps, claim: Claim, rows: readonly LedgerRow[]): Promise<void> {
  if (rows.length === 0) return;
  const finals = rows.map((row) => ({ row, final: { id: row.id, state: "queued" } as const }));
  await deps.db.forShop(claim.shopId, (tx) => settleMessages(tx, deps.clock, claim, finals));
}

/** The shop's account takes nothing now: its messages wait where they are, and the others are served meanwhile. */
async function letWait(
  deps: TextDispatchDeps,
  { claim, rows, channel }: { claim: Claim; rows: readonly LedgerRow[]; channel: TextChannel },
  hold: { forMs: number; reason: string },
): Promise<void> {
  await deps.db.forShop(claim.shopId, async (tx) => {
    await finishMessages(
      tx,
      deps.clock,
      claim,
      rows.map(({ id }) => ({ id, state: "queued" })),
    );
    await holdTurn(tx, { shopId: claim.shopId, channel }, hold);
  });
}

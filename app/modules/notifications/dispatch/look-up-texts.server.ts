import type { ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { LookUp, TextMessage } from "../channels/sms-sender.ts";
import type { RenderedRow } from "../message-content.ts";
import { type Claim, claimUnanswered, readClaimed } from "./claim-messages.server.ts";
import type { DispatchReport, LedgerRow, TextDispatchDeps } from "./dispatch-deps.ts";
import { type Final, restUnanswered, settleMessages, unansweredFor } from "./finish-messages.server.ts";
import { paceKeyOf, TEXTS_PER_SECOND, type TextChannel } from "./send-fresh-texts.server.ts";
import { takeTurn } from "./send-pace.server.ts";

/** Clocks of ours and the provider's may differ by so much. */
const CLOCKS_APART_MS = 5 * 60_000;
/** Between two questions about the same message. */
const ASK_AGAIN_MS = 60_000;
/** After so long the provider's silence is final. */
const GIVE_UP_AFTER_MS = 72 * 3_600_000;

/**
 * Takes up one text whose attempt was not answered: there is no key that makes a repetition safe, so the provider is asked
 * whether it has the message. @returns false when there is none.
 */
export async function lookUpText(
  deps: TextDispatchDeps,
  channel: TextChannel,
  report: DispatchReport,
): Promise<boolean> {
  const claim = await claimUnanswered(deps, channel);
  if (!claim) return false;
  const found = await deps.db.forShop(claim.shopId, (tx) => load(deps, tx, claim));
  if (!found) return true;
  const { row, text, sender } = found;
  const key = paceKeyOf(sender.provider, claim.shopId);
  const since = new Date((row.firstAttemptAt ?? row.decidedAt).getTime() - CLOCKS_APART_MS);
  const answer: LookUp = (await takeTurn(deps, key, {
    maxWaitMs: deps.limits.maxWaitMs,
    assumedPerSecond: TEXTS_PER_SECOND,
  }))
    ? await sender.find(text, since)
    : { kind: "no_answer", reason: "no turn" };
  await deps.db.forShop(claim.shopId, (tx) => settle(deps, tx, { claim, row, answer, report }));
  return true;
}

async function load(deps: TextDispatchDeps, tx: ShopTx, claim: Claim) {
  const [row] = await readClaimed(tx, claim);
  if (!row) return null;
  const end = async (final: Omit<Final, "id">) => {
    await settleMessages(tx, deps.clock, claim, [{ row, final: { id: row.id, ...final } }]);
    return null;
  };
  if (!row.recipient || row.renderedSealed === null) return end({ state: "dropped", error: "no_recipient" });
  const text = openText(deps, { ...row, renderedSealed: row.renderedSealed });
  if (!text) return end({ state: "unknown", error: "unseal" });
  const sender = await deps.senderOf(tx, claim.shopId);
  if (!("closed" in sender)) return { row, text, sender };
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: claim.shopId }, select: { status: true } });
  if (shop.status === "uninstalled") return end({ state: "unknown", error: "uninstalled" });
  await restUnanswered(tx, claim, { milliseconds: 10 * ASK_AGAIN_MS, error: sender.closed });
  return null;
}

function openText(deps: TextDispatchDeps, row: RenderedRow): TextMessage | null {
  try {
    const content = deps.open(row);
    return content.channel === "email" ? null : content.text;
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    return null;
  }
}

interface Settling {
  claim: Claim;
  row: LedgerRow;
  answer: LookUp;
  report: DispatchReport;
}

async function settle(deps: TextDispatchDeps, tx: ShopTx, { claim, row, answer, report }: Settling): Promise<void> {
  const end = (final: Omit<Final, "id">) =>
    settleMessages(tx, deps.clock, claim, [{ row, final: { id: row.id, ...final } }]);
  switch (answer.kind) {
    case "found":
      report.sent += await end({ state: "sent", providerId: answer.providerId });
      return;
    case "not_found": {
      const milliseconds = await untilSurelyGone(deps, tx, claim);
      if (milliseconds > 0) return restUnanswered(tx, claim, { milliseconds, error: "not at the provider yet" });
      report.waiting += await end({ state: "queued", error: "surely not taken" });
      return;
    }
    case "no_answer": {
      const silentMs = (await unansweredFor(tx, claim)).get(row.id) ?? 0;
      if (silentMs > GIVE_UP_AFTER_MS) report.unknown += await end({ state: "unknown", error: answer.reason });
      else await restUnanswered(tx, claim, { milliseconds: ASK_AGAIN_MS, error: answer.reason });
    }
  }
}

/**
 * Milliseconds until a message that the provider denies may be sent anew. Denied twice, a while apart, and the attempt well
 * in the past: a call that was still on its way, or a clock that leapt, cannot make it two messages.
 */
async function untilSurelyGone({ limits }: TextDispatchDeps, tx: ShopTx, { shopId, token }: Claim): Promise<number> {
  const [row] = await tx.$queryRaw<{ denied: number; attempted: number }[]>`
    UPDATE notification SET missing_since = coalesce(missing_since, clock_timestamp())
    WHERE shop_id = ${shopId} AND lease_token = ${token}
    RETURNING (extract(epoch FROM clock_timestamp() - missing_since) * 1000)::float8 AS denied,
      (extract(epoch FROM clock_timestamp() - last_attempt_at) * 1000)::float8 AS attempted`;
  if (!row) return ASK_AGAIN_MS;
  return Math.max(0, limits.deniedForMs - row.denied, limits.surelyGoneMs - row.attempted);
}

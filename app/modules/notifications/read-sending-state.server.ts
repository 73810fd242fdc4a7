import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { readReason } from "./channels/twilio-codes.ts";
import { dayOf } from "./dispatch/day-measure.ts";
import { senderReady, type TrialSender } from "./domains/sender-ready.server.ts";
import type { MailSender } from "./mail-sender.ts";
import { closedReasonOf, type SmsAccountView } from "./sms/sms-account.ts";
import { readSmsAccount } from "./sms/sms-account-store.server.ts";

/** Why nothing of a channel goes out for a shop just now. */
export interface HeldChannel {
  /** email | sms | whatsapp */
  channel: string;
  reason: string;
  until: Date;
}

/** The channels that are closed for this shop at the moment: the product's own mail account, and the shop's accounts. */
export async function readHeldChannels(tx: ShopTx, shopId: string, mailProvider: string): Promise<HeldChannel[]> {
  return tx.$queryRaw<HeldChannel[]>`
    SELECT channel, reason, not_before AS until FROM send_turn
    WHERE shop_id = ${shopId} AND not_before > clock_timestamp() AND reason IS NOT NULL
    UNION ALL
    SELECT 'email', held_reason, held_until FROM send_pace
    WHERE key = ${mailProvider} AND held_until > clock_timestamp() AND held_reason IS NOT NULL
    ORDER BY channel`;
}

/** Something that keeps messages back and that somebody can mend. WhatsApp goes over the account of the texts. */
export interface ChannelProblem {
  channel: "email" | "sms";
  /** A translation key under `held.`. */
  reason: string;
  /** What Twilio says, where it is Twilio that refuses: a translation key under `text_problem.`. */
  detail: string | null;
  /** Messages that wait for it now, or that were dropped for it today. */
  messages: number;
}

/** Whether messages go out, and what keeps some of them from it. */
export interface SendingState {
  live: boolean;
  paused: boolean;
  liveSince: string | null;
  problems: ChannelProblem[];
}

export interface SendingDeps {
  clock: Clock;
  trialSender: TrialSender;
  mail: Pick<MailSender, "provider">;
}

/** What every page about messages says at its top. Nothing is wrong with a channel before the shop is live. */
export async function readSendingState(tx: ShopTx, deps: SendingDeps, shopId: string): Promise<SendingState> {
  const { live, paused, liveSince } = (await loadSettings(tx, shopId)).messages;
  return { live, paused, liveSince, problems: live ? await readProblems(tx, deps, shopId) : [] };
}

type Problem = Pick<ChannelProblem, "reason"> & Partial<ChannelProblem>;

async function readProblems(tx: ShopTx, deps: SendingDeps, shopId: string): Promise<ChannelProblem[]> {
  const held = await readHeldChannels(tx, shopId, deps.mail.provider);
  const mails = await mailProblem(tx, deps, { shopId, held });
  const account = await readSmsAccount(tx, shopId);
  const texts = textProblem(account, held);
  const over = account ? await countOverCaps(tx, deps, shopId) : 0;
  return [
    ...(mails ? [await withWaiting(tx, deps, { shopId, channel: "email", problem: mails })] : []),
    ...(texts ? [await withWaiting(tx, deps, { shopId, channel: "sms", problem: texts })] : []),
    ...(over > 0 ? [{ channel: "sms" as const, reason: "cap_reached", detail: null, messages: over }] : []),
  ];
}

/** As it is now, not as it was when mails were last held back for it. */
async function mailProblem(
  tx: ShopTx,
  { trialSender }: SendingDeps,
  { shopId, held }: { shopId: string; held: readonly HeldChannel[] },
): Promise<Problem | null> {
  const ready = await senderReady(tx, shopId, trialSender);
  if (!ready.ready) return { reason: `sender_${ready.reason}` };
  const refused = held.some(({ channel, reason }) => channel === "email" && !reason.startsWith("sender_"));
  return refused ? { reason: "mail_service" } : null;
}

/** A shop that never set texts up has no problem with them, unless some wait for it. */
function textProblem(account: SmsAccountView | null, held: readonly HeldChannel[]): Problem | null {
  const closed = closedReasonOf(account);
  const waits = held.some(({ channel }) => channel !== "email");
  if (!closed || (!waits && closed !== "refused")) return null;
  const detail = closed === "refused" ? (readReason(account?.problem?.reason ?? "")?.problem ?? null) : null;
  return { reason: closed, detail };
}

function countOverCaps(tx: ShopTx, { clock }: SendingDeps, shopId: string): Promise<number> {
  const { beganAt } = dayOf(clock.now());
  return tx.notification.count({
    where: { shopId, decidedAt: { gte: beganAt }, channel: { not: "email" }, state: "dropped", error: "cap_reached" },
  });
}

async function withWaiting(
  tx: ShopTx,
  { clock }: SendingDeps,
  { shopId, channel, problem }: { shopId: string; channel: ChannelProblem["channel"]; problem: Problem },
): Promise<ChannelProblem> {
  const channels = channel === "email" ? ["email"] : ["sms", "whatsapp"];
  const messages = await tx.notification.count({
    where: { shopId, state: "queued", channel: { in: channels }, dueAt: { lte: clock.now() } },
  });
  return { channel, detail: null, ...problem, messages };
}

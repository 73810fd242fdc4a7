import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { meaningOf, reasonOf } from "../channels/twilio-codes.ts";
import { recordMessageEvents } from "../provider-events/record-message-events.server.ts";
import { blockPhone, unblockPhone } from "./hear-keyword.server.ts";
import { failSmsAccount } from "./manage-sms-account.server.ts";
import { readKeyword } from "./opt-out-words.ts";
import {
  eventKeyOf,
  type InboundForm,
  isFinal,
  readTwilioForm,
  stateOfStatus,
  type StatusForm,
} from "./twilio-form.ts";

export interface TwilioEventDeps {
  db: Database;
  clock: Clock;
  keys: KeyRing;
  queue: Queue;
}

export interface StoredForm {
  shopId: string;
  receivedAt: Date;
  /** The notification named in the address that was called; empty where none was. */
  reference: string;
  body: Uint8Array;
}

type Outcome = { kind: "applied" } | { kind: "ignored"; reason: string };

const ignored = (reason: string): Outcome => ({ kind: "ignored", reason });

/** One stored form of Twilio: how a text fares, or what a person answers. Safe to run twice. */
export async function handleTwilioEvent(deps: TwilioEventDeps, stored: StoredForm): Promise<Outcome> {
  const read = readTwilioForm(new URLSearchParams(Buffer.from(stored.body).toString("utf8")));
  if (!read) return ignored("unreadable");
  return deps.db.forShop(stored.shopId, (tx) =>
    read.kind === "status"
      ? takeStatus(deps, tx, { stored, form: read.form, id: eventKeyOf(read) })
      : takeAnswer(deps, tx, stored, read.form),
  );
}

interface Status {
  stored: StoredForm;
  form: StatusForm;
  id: string;
}

async function takeStatus(deps: TwilioEventDeps, tx: ShopTx, { stored, form, id }: Status): Promise<Outcome> {
  const { shopId, receivedAt: at } = stored;
  const message = await findMessage(tx, stored, form.MessageSid);
  if (!message) return ignored("unknown_message");
  const notificationId = message.id;
  const type = stateOfStatus(form.MessageStatus);
  const code = type === "failed" ? (form.ErrorCode ?? null) : null;
  const detail = { status: form.MessageStatus, ...(code ? { code, problem: meaningOf(code).problem } : {}) };
  await recordMessageEvents(tx, {
    ...{ shopId, notificationId, providerId: form.MessageSid, now: deps.clock.now() },
    events: type ? [{ id, type, at, detail }] : [],
  });
  if (code !== null) await takeCode(deps, tx, { shopId, notificationId, code, phone: form.To, at });
  if (isFinal(form.MessageStatus)) {
    const startAfter = new Date(deps.clock.now().getTime() + PRICE_AFTER_MS);
    await enqueue(
      { queue: deps.queue, tx },
      "notifications.fetch-text-price",
      { shopId, notificationId },
      { startAfter },
    );
  }
  return { kind: "applied" };
}

/** Twilio knows the price a moment after the last status. */
const PRICE_AFTER_MS = 20_000;

/** By the reference in the address, which proves an unanswered sending; else by Twilio's own id. */
async function findMessage(tx: ShopTx, { shopId, reference }: StoredForm, sid: string) {
  const select = { id: true, providerId: true };
  const named = reference
    ? await tx.notification.findUnique({ where: { shopId_id: { shopId, id: reference } }, select })
    : null;
  // A message that was sent anew after a look-up has another id now: the first one's callbacks are not its own.
  if (named && (named.providerId === null || named.providerId === sid)) return named;
  return tx.notification.findFirst({ where: { shopId, providerId: sid }, select });
}

interface FailedText {
  shopId: string;
  notificationId: string;
  code: number;
  phone: string;
  at: Date;
}

/** What a failure says about the number and the account, beyond this one message. */
async function takeCode(deps: TwilioEventDeps, tx: ShopTx, failed: FailedText): Promise<void> {
  const meaning = meaningOf(failed.code);
  if (meaning.verdict === "stopped") await blockPhone(tx, deps, { ...failed, reason: "stopped" });
  if (meaning.deadNumber) await blockPhone(tx, deps, { ...failed, reason: "bounced" });
  if (meaning.verdict === "closed") {
    await failSmsAccount(tx, { shopId: failed.shopId, reason: reasonOf(failed.code), at: failed.at });
  }
}

async function takeAnswer(deps: TwilioEventDeps, tx: ShopTx, stored: StoredForm, form: InboundForm): Promise<Outcome> {
  const { shopId, receivedAt: at } = stored;
  const keyword = form.OptOutType?.toLowerCase() ?? readKeyword(form.Body)?.keyword ?? null;
  if (keyword === "stop") await blockPhone(tx, deps, { shopId, phone: form.From, at });
  else if (keyword === "start") await unblockPhone(tx, deps, { shopId, phone: form.From, at });
  else return ignored(keyword === "help" ? "help" : "no_keyword");
  return { kind: "applied" };
}

import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Http } from "#app/lib/http.server.ts";
import type { SmsSender, TextMessage, TextOutcome } from "../channels/sms-sender.ts";
import { createTwilioSender } from "../channels/twilio-sender.server.ts";
import { blockPhone } from "./hear-keyword.server.ts";
import { failSmsAccount } from "./manage-sms-account.server.ts";
import { closedReasonOf, type SmsClosedReason } from "./sms-account.ts";
import { apiKeyOf, hookUrl, openSmsAccount } from "./sms-account-store.server.ts";

export interface SmsSenderDeps {
  db: Database;
  clock: Clock;
  keys: KeyRing;
  http: Http;
  env: { SHOPIFY_APP_URL: string; TWILIO_BASE_URL?: string | undefined };
}

/** The shop's sender for texts, or why it has none now. The sender outlives the transaction. */
export type SmsSenderOf = (tx: ShopTx, shopId: string) => Promise<SmsSender | { closed: SmsClosedReason }>;

/** For test texts to the merchant's own number, `evenOff`: before the channel is switched on. */
export function createSmsSenderOf(deps: SmsSenderDeps, { evenOff = false } = {}): SmsSenderOf {
  return async (tx, shopId) => {
    const opened = await openSmsAccount(tx, deps.keys, shopId);
    const closed = opened ? closedReasonOf(opened.view) : "not_connected";
    if (!opened || (closed && !evenOff)) return { closed: closed ?? "not_connected" };
    const { view, secrets, hookToken } = opened;
    const sender = createTwilioSender({
      ...{ http: deps.http, baseUrl: deps.env.TWILIO_BASE_URL, callbackUrl: hookUrl(deps.env, hookToken) },
      ...{ key: apiKeyOf(view.accountSid, secrets), origin: view.options.origin },
      whatsappFrom: view.options.whatsappFrom,
      knownIds: (ids) => deps.db.forShop(shopId, (own) => knownIds(own, shopId, ids)),
    });
    return evenOff
      ? sender
      : { ...sender, send: (text, reference) => sendAndNote(deps, { shopId, sender, text, reference }) };
  };
}

interface Sending {
  shopId: string;
  sender: SmsSender;
  text: TextMessage;
  reference: string | undefined;
}

/** What Twilio says about the person or the account is kept at once, whatever becomes of the message. */
async function sendAndNote(deps: SmsSenderDeps, { shopId, sender, text, reference }: Sending): Promise<TextOutcome> {
  const outcome = await sender.send(text, reference);
  const at = deps.clock.now();
  if (outcome.kind === "stopped") {
    const heard = { shopId, phone: text.to, at, notificationId: reference ?? null };
    await deps.db.forShop(shopId, (tx) => blockPhone(tx, deps, heard));
  }
  if (outcome.kind === "channel_closed") {
    await deps.db.forShop(shopId, (tx) => failSmsAccount(tx, { shopId, reason: outcome.reason, at }));
  }
  return outcome;
}

async function knownIds(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.notification.findMany({
    where: { shopId, providerId: { in: [...ids] } },
    select: { providerId: true },
  });
  return new Set(rows.flatMap(({ providerId }) => providerId ?? []));
}

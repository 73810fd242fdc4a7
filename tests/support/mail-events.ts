import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { signSvix } from "#tests/sandbox/resend/mail-webhooks.ts";

export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24, 5).toString("base64")}`;

export interface MailEvent {
  type: string;
  /** Of the mail: our tags, or null for a mail that is not ours. */
  tags?: Record<string, string> | null;
  data?: object;
  createdAt?: string;
}

/** A webhook as Resend signs it; anything about it can be made wrong. */
export function resendWebhook(
  event: MailEvent | string,
  { id = "msg_1", secret = WEBHOOK_SECRET, at = new Date(), headers = {} as Record<string, string | null> } = {},
): Request {
  const body = typeof event === "string" ? event : JSON.stringify(bodyOf(event));
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signed = {
    "svix-id": id,
    "svix-timestamp": timestamp,
    "svix-signature": signSvix({ id, timestamp, body }, secret),
    ...headers,
  };
  const sent = Object.entries(signed).filter((entry): entry is [string, string] => entry[1] !== null);
  return new Request("https://doorstep.example/webhooks/resend", {
    method: "POST",
    headers: { "content-type": "application/json", ...Object.fromEntries(sent) },
    body,
  });
}

function bodyOf({ type, tags, data, createdAt = "2026-11-20T12:00:00.000Z" }: MailEvent): object {
  const to = ["avery@example.com"];
  const mail = { email_id: "00000000-0000-4000-8000-000000000001", message_id: "<1@x>", created_at: createdAt };
  return {
    type,
    created_at: createdAt,
    data: { ...mail, to, subject: "On its way", ...(tags ? { tags } : {}), ...data },
  };
}

type Message = { shopId: string } & Partial<Parameters<ShopTx["notification"]["create"]>[0]["data"]>;

/** Messages of the ledger, sent unless something else is said. @returns their ids */
export async function makeMessages(tx: ShopTx, clock: Clock, messages: readonly Message[]): Promise<string[]> {
  const now = clock.now();
  const rows = messages.map((message) => {
    const id = newId("ntf", clock);
    return {
      ...{ id, businessKey: id, kind: "shipped", channel: "email", recipient: "avery@example.com", state: "sent" },
      ...{ decision: {}, decidedAt: now, sentAt: now, updatedAt: now, ...message },
    };
  });
  type Rows = NonNullable<Parameters<ShopTx["notification"]["createMany"]>[0]>["data"];
  await tx.notification.createMany({ data: rows as Rows });
  return rows.map(({ id }) => id);
}

/** One of them. */
export async function makeMessage(tx: ShopTx, clock: Clock, message: Message): Promise<string> {
  const [id = ""] = await makeMessages(tx, clock, [message]);
  return id;
}

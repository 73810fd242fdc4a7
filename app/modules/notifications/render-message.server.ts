import { type KeyRing, sha256 } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { NotFoundError } from "#app/lib/errors.ts";
import type { TextMessage } from "./channels/sms-sender.ts";
import type { Channel } from "./channels/channel.ts";
import type { Mail } from "./mail-sender.ts";
import type { MessageContent, RenderedRow, RenderTarget, StoredMessage } from "./message-content.ts";
import { makeStaffMail } from "./staff/make-staff-mail.server.ts";
import { staffMailOf } from "./staff/staff-mail.ts";
import { loadFacts } from "./templates/load-facts.server.ts";
import { makeMail } from "./templates/make-mail.server.ts";
import { makeText } from "./templates/make-text.server.ts";
import type { RenderDeps } from "./templates/render-deps.ts";
import { openRendered, sealRendered } from "./templates/seal-rendered.server.ts";

type Rendered = Pick<StoredMessage, "subject" | "templateNumber"> & MessageContent;

/**
 * Renders one message of the ledger for its channel and seals it. A mistake in the merchant's template costs its wording,
 * never the message.
 * @throws NotFoundError when the message or its order is gone; MailTooLargeError; RenderBacklogError and RenderThreadError,
 * which are worth trying again.
 */
export async function renderMessage(
  deps: RenderDeps,
  tx: ShopTx,
  { shopId, notificationId, sharedSender = false }: RenderTarget,
): Promise<StoredMessage> {
  const row = await tx.notification.findUnique({ where: { shopId_id: { shopId, id: notificationId } } });
  // Messages to try a template out are written into the ledger as they were previewed.
  if (row?.renderedSealed) return storedAlready(deps.keys, { ...row, renderedSealed: row.renderedSealed });
  const staffMail = row && staffMailOf(row);
  if (staffMail)
    return sealed(deps, shopId, { channel: "email", ...(await makeStaffMail(deps, tx, { row, staffMail })) });
  if (!row?.orderId) throw new NotFoundError(`no order behind message ${notificationId}`);
  const { orderId, shipmentId, kind, locale } = row;
  const loaded = await loadFacts(tx, deps, { shopId, orderId, shipmentId, kind, locale });
  if (!loaded) throw new NotFoundError(`the order behind message ${notificationId} is gone`);
  const channel = row.channel as Channel;
  const rendered: Rendered =
    channel === "email"
      ? { channel, ...(await makeMail(deps, tx, { row, loaded, sharedSender })) }
      : { channel, ...(await makeText(deps, tx, { row, loaded, channel })) };
  return sealed(deps, shopId, rendered);
}

function sealed({ keys }: RenderDeps, shopId: string, rendered: Rendered): StoredMessage {
  const plain = JSON.stringify(rendered.channel === "email" ? rendered.mail : rendered.text);
  return { ...rendered, sealed: sealRendered(keys, shopId, plain), contentHash: sha256(plain) };
}

function storedAlready(
  keys: KeyRing,
  row: RenderedRow & { contentHash: string | null; subject: string | null; templateNumber: number | null },
): StoredMessage {
  const { renderedSealed: sealed, contentHash, subject, templateNumber } = row;
  const opened = openMessage(keys, row);
  return { ...opened, sealed, contentHash: contentHash ?? "", subject: subject ?? "", templateNumber };
}

/** Opens a message that was rendered before: the same to the byte. @throws UnsealError */
export function openMessage(keys: KeyRing, { shopId, channel, renderedSealed }: RenderedRow): MessageContent {
  const stored: unknown = JSON.parse(openRendered(keys, shopId, renderedSealed));
  if (channel === "email") return { channel, mail: stored as Mail };
  return { channel: channel === "whatsapp" ? "whatsapp" : "sms", text: stored as TextMessage };
}

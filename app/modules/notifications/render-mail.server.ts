import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { InvalidInputError } from "#app/lib/errors.ts";
import type { StoredMail } from "./lease-notification.server.ts";
import type { Mail } from "./mail-sender.ts";
import { openMessage, renderMessage } from "./render-message.server.ts";

/** Renders a message that goes out by mail. @throws InvalidInputError for one that does not. */
export async function renderMail(
  deps: Parameters<typeof renderMessage>[0],
  tx: ShopTx,
  target: { shopId: string; notificationId: string },
): Promise<StoredMail> {
  const message = await renderMessage(deps, tx, target);
  if (message.channel !== "email") throw new InvalidInputError(`message ${target.notificationId} is no mail`);
  return message;
}

/** Opens a mail that was rendered before. @throws UnsealError */
export function openMail(keys: KeyRing, { shopId, sealed }: { shopId: string; sealed: string }): Mail {
  const message = openMessage(keys, { shopId, channel: "email", renderedSealed: sealed });
  if (message.channel !== "email") throw new InvalidInputError("not a mail");
  return message.mail;
}

import type { ShopTx } from "#app/lib/db.server.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import { systemClock } from "#app/lib/clock.ts";
import { makeOrder } from "./factories.ts";
import { HOSTILE_TEXTS } from "./hostile-texts.ts";
import { makeMessage, makeMessages } from "./mail-events.ts";

/** Texts of one line of the log; the list shows fifty lines. */
const TEXTS_PER_LINE = 5;
const PERSON = "hostile";

/** The n-th of the texts, from the beginning again after the last, without what no database takes. */
const textAt = (index: number): string =>
  (HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] ?? "").replace(/[\0\p{Surrogate}]/gu, "");

/**
 * Fills one page of the log with messages to one person of which every text is hostile, each text at least once, and the
 * newest message with all of them in everything that its own page shows.
 * @returns the newest message's id
 */
export async function writeHostileMessages(tx: ShopTx, keys: KeyRing, shopId: string): Promise<string> {
  const messages: Parameters<typeof makeMessages>[2][number][] = [];
  for (let first = 0; first < HOSTILE_TEXTS.length; first += TEXTS_PER_LINE) {
    const [name = "", kind = "", rule = "", error = "", recipient = ""] = Array.from(
      { length: TEXTS_PER_LINE },
      (_, index) => textAt(first + index),
    );
    const { orderId } = await makeOrder(tx, systemClock, { shopId, name });
    const about = {
      shopId,
      orderId,
      personKey: PERSON,
      kind,
      recipient,
      error,
      decision: { action: "suppress", rule },
    };
    messages.push({ ...about, state: "suppressed" });
  }
  await makeMessages(tx, systemClock, messages);
  return writeHostilePage(tx, keys, shopId);
}

async function writeHostilePage(tx: ShopTx, keys: KeyRing, shopId: string): Promise<string> {
  const all = HOSTILE_TEXTS.map((_, index) => textAt(index));
  const [first = "", second = "", third = ""] = all;
  const { orderId } = await makeOrder(tx, systemClock, { shopId, name: first });
  await tx.order.update({ where: { shopId_id: { shopId, id: orderId } }, data: { tags: all.slice(0, 50) } });
  const mail = { from: first, to: second, subject: third, html: all.join("\n"), text: all.join("\n") };
  const evidence = Object.fromEntries(all.map((text, index) => [`${index} ${text}`, text]));
  const id = await makeMessage(tx, systemClock, {
    ...{ shopId, orderId, recipient: first, personKey: PERSON, subject: second, note: third, error: first },
    ...{ provider: first, providerId: second, state: "failed", decision: { action: "send", rule: null, evidence } },
    renderedSealed: keys.seal(JSON.stringify(mail), { shopId, field: "notification.rendered" }),
  });
  const at = systemClock.now();
  await tx.notificationEvent.createMany({
    data: all.map((text, index) => ({
      ...{ shopId, notificationId: id, id: `e${index}`, type: text, at, receivedAt: at },
      detail: { kind: text, cause: text, message: text, link: text },
    })),
  });
  await tx.messageLink.create({
    data: {
      shopId,
      tokenHash: "hostile",
      notificationId: id,
      label: first,
      target: "tracking",
      expiresAt: at,
      clicks: 1,
    },
  });
  return id;
}

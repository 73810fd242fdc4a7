import { spread } from "#app/modules/shipments/spread.ts";
import type { Occasion } from "./occasion.ts";
import type { OrderSituation } from "./situation.ts";

/** Who an order's messages go to, whatever the channel; null where nobody can be reached. */
export function personOf({ recipient }: Pick<OrderSituation, "recipient">): string | null {
  return recipient.email.personKey ?? recipient.sms.personKey ?? recipient.whatsapp.personKey;
}

/**
 * Whether this person is among those who are told nothing of this event, so that what telling does can be measured. The
 * same person always is or is not; a larger share keeps those who were in the smaller one. Urgent news spares nobody.
 */
export function isWithheld({ kind, event, situation }: Occasion): boolean {
  if (kind.urgent || event.controlShare === 0) return false;
  const person = personOf(situation.order);
  return person !== null && spread(`${situation.shop.id}:${kind.key}:${person}`) < event.controlShare;
}

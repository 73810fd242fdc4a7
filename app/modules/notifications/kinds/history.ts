import type { DecidedMessage, Situation } from "../situation.ts";

const SAID = new Set(["queued", "sending", "sent", "unknown"]);

/** What the shopper was told about one parcel, or will be told with what is already queued; the newest first. */
export function toldAbout(
  { history }: Situation,
  { shipmentId, kinds }: { shipmentId: string | null; kinds: readonly string[] },
): DecidedMessage[] {
  return history
    .filter((message) => message.shipmentId === shipmentId && message.audience === "shopper" && isSaid(message))
    .filter(({ kind }) => kinds.includes(kind))
    .sort((left, right) => saidAt(right).getTime() - saidAt(left).getTime());
}

/** What is said of this parcel in the message about another one is said. */
const isSaid = ({ state, rule }: DecidedMessage): boolean => SAID.has(state) || rule === "bundled";

/** When it was, or is to be, sent. */
export function saidAt({ dueAt, decidedAt }: DecidedMessage): Date {
  return dueAt ?? decidedAt;
}

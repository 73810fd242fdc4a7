import type { RehearsedMessage } from "./rehearse-order.ts";

/** What the rehearsed rules change: said now and not before, before and not now, or at another time. */
export type Difference = "added" | "removed" | "moved";

export interface ComparedMessage {
  message: RehearsedMessage;
  difference: Difference | null;
}

/**
 * Messages of the rehearsed rules beside those of the published ones. What only the published rules would have sent is
 * in the list, too, as it would have been sent.
 */
export function compareRuns(
  rehearsed: readonly RehearsedMessage[],
  published: readonly RehearsedMessage[] | null,
): ComparedMessage[] {
  if (!published) return rehearsed.map((message) => ({ message, difference: null }));
  const before = new Map(published.map((message) => [message.decision.businessKey, message]));
  const now = new Set(rehearsed.map(({ decision }) => decision.businessKey));
  const compared = rehearsed.map((message): ComparedMessage => {
    const other = before.get(message.decision.businessKey);
    return { message, difference: differenceOf(message, other) };
  });
  const gone = published.filter((message) => isSaid(message) && !now.has(message.decision.businessKey));
  return [...compared, ...gone.map((message): ComparedMessage => ({ message, difference: "removed" }))];
}

function differenceOf(message: RehearsedMessage, other: RehearsedMessage | undefined): Difference | null {
  const [says, said] = [isSaid(message), other !== undefined && isSaid(other)];
  if (says !== said) return says ? "added" : "removed";
  return says && other && other.at.getTime() !== message.at.getTime() ? "moved" : null;
}

const isSaid = ({ outcome }: RehearsedMessage): boolean => outcome === "sent" || outcome === "waiting";

import type { ShopTx } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { senderReady, type TrialSender } from "./domains/sender-ready.server.ts";
import { eventRulesOf } from "./event-rules.ts";
import { KINDS } from "./kinds/kinds.ts";
import type { MessageRules } from "./message-rules.ts";
import { rehearsalRequest } from "./rehearsal/rehearsal-request.ts";
import { changesBetween } from "./rule-changes.ts";
import { readSeenPreview } from "./seen-previews.server.ts";

export const GO_LIVE_STEPS = ["sender", "event", "preview", "rehearsal"] as const;

export interface GoLiveStep {
  name: (typeof GO_LIVE_STEPS)[number];
  done: boolean;
  /** Why the sender is not ready: a translation key under `sender_reason.`. */
  reason?: string;
  /** What the mails go out from, once they can. */
  address?: string;
  /** It was done, for what has been changed since. */
  stale?: boolean;
  /** An event that is on: whose preview is looked at first. */
  kind?: string;
}

export interface GoLiveState {
  live: boolean;
  paused: boolean;
  liveSince: string | null;
  steps: GoLiveStep[];
}

/** Where the shop stands on its way to sending: the app looks for itself, nobody ticks anything. */
export async function readGoLive(
  tx: ShopTx,
  { shopId, trial, rules }: { shopId: string; trial: TrialSender; rules: MessageRules },
): Promise<GoLiveState> {
  const { messages } = await loadSettings(tx, shopId);
  const sender = await senderReady(tx, shopId, trial);
  const on = Object.values(KINDS).filter((kind) => !kind.dormant && eventRulesOf(rules, kind).on);
  const preview = await readSeenPreview(tx, { shopId, rules, kinds: on });
  const rehearsal = await readRehearsed(tx, shopId, rules);
  const { live, paused, liveSince } = messages;
  return {
    ...{ live, paused, liveSince },
    steps: [
      {
        name: "sender",
        done: sender.ready,
        ...(sender.ready ? { address: sender.address } : { reason: sender.reason }),
      },
      { name: "event", done: on.length > 0 },
      {
        ...{ name: "preview", done: preview === "seen", stale: preview === "changed" },
        ...(on[0] ? { kind: on[0].key } : {}),
      },
      { name: "rehearsal", done: rehearsal === "same", stale: rehearsal === "other" },
    ],
  };
}

/** Whether a rehearsal was finished for these very rules, or only for others; when an event was switched on changes none. */
async function readRehearsed(tx: ShopTx, shopId: string, rules: MessageRules): Promise<"same" | "other" | "none"> {
  const runs = await tx.dryRun.findMany({ where: { shopId, state: "done" }, select: { asked: true } });
  const same = runs.some(({ asked }) => {
    const read = rehearsalRequest.safeParse(asked);
    return read.success && changesBetween(read.data.rules, rules).length === 0;
  });
  return same ? "same" : runs.length > 0 ? "other" : "none";
}

import type { ShopTx } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { senderReady, type TrialSender } from "./domains/sender-ready.server.ts";
import { eventRulesOf } from "./event-rules.ts";
import { KINDS } from "./kinds/kinds.ts";
import type { MessageRules } from "./message-rules.ts";

export const GO_LIVE_STEPS = ["sender", "event", "preview", "rehearsal"] as const;

export interface GoLiveStep {
  name: (typeof GO_LIVE_STEPS)[number];
  done: boolean;
  /** Why the sender is not ready: a translation key under `sender_reason.`. */
  reason?: string;
  /** What the mails go out from, once they can. */
  address?: string;
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
  const rehearsals = await tx.dryRun.count({ where: { shopId, state: "done" } });
  const anyOn = Object.values(KINDS).some((kind) => !kind.dormant && eventRulesOf(rules, kind).on);
  const { live, paused, liveSince } = messages;
  return {
    ...{ live, paused, liveSince },
    steps: [
      {
        name: "sender",
        done: sender.ready,
        ...(sender.ready ? { address: sender.address } : { reason: sender.reason }),
      },
      { name: "event", done: anyOn },
      { name: "preview", done: messages.previewSeen },
      { name: "rehearsal", done: rehearsals > 0 },
    ],
  };
}

import type { ShopTx } from "#app/lib/db.server.ts";
import type { TrialSender } from "./domains/sender-ready.server.ts";
import { type EventView, eventViews } from "./events-view.ts";
import { type GoLiveState, readGoLive } from "./go-live.server.ts";
import type { MessageRules } from "./message-rules.ts";
import { changesBetween, type RuleChange } from "./rule-changes.ts";
import { readDraft, readPublished } from "./rule-sets.server.ts";
import { closedReasonOf, isWhatsappReady } from "./sms/sms-account.ts";
import { readSmsAccount } from "./sms/sms-account-store.server.ts";

export interface EventsPage {
  events: EventView[];
  general: Omit<MessageRules, "events">;
  /** There is something to publish. */
  draft: boolean;
  changes: RuleChange[];
  publishedAt: string | null;
  goLive: GoLiveState;
  /** Which of the ways over a phone are set up. */
  ready: { smsReady: boolean; whatsappReady: boolean };
}

/** All that the pages of the events show. */
export async function readEventsPage(
  tx: ShopTx,
  { shopId, trial }: { shopId: string; trial: TrialSender },
): Promise<EventsPage> {
  const published = await readPublished(tx, shopId);
  const draft = await readDraft(tx, shopId);
  const shown = draft?.rules ?? published.rules;
  const { events: _events, ...general } = shown;
  const account = await readSmsAccount(tx, shopId);
  const smsReady = closedReasonOf(account) === null;
  return {
    events: eventViews(published.rules, shown),
    general,
    draft: draft !== null,
    changes: draft ? changesBetween(published.rules, draft.rules) : [],
    publishedAt: published.publishedAt?.toISOString() ?? null,
    goLive: await readGoLive(tx, { shopId, trial, rules: shown }),
    ready: { smsReady, whatsappReady: smsReady && account !== null && isWhatsappReady(account.options) },
  };
}

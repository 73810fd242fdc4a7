import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { loadSettings, saveSettings } from "#app/modules/shops/settings.server.ts";
import type { TrialSender } from "./domains/sender-ready.server.ts";
import { type EditOutcome, editEvent, editGeneral } from "./edit-rules.ts";
import { eventRulesOf } from "./event-rules.ts";
import { readGoLive } from "./go-live.server.ts";
import { KINDS, kindOf } from "./kinds/kinds.ts";
import type { MessageRules } from "./message-rules.ts";
import { discardDraft, publishDraft, readDraft, readPublished, saveDraft } from "./rule-sets.server.ts";

export interface RulesFormDeps {
  db: Database;
  clock: Clock;
  trialSender: TrialSender;
}

export type RulesFormAnswer =
  | { kind: "saved" | "published" | "discarded" | "live" | "paused" | "resumed" }
  | { kind: "refused"; problems: Record<string, string> }
  /** Going live with a step of the checklist open. */
  | { kind: "not_ready" }
  | { kind: "nothing_to_publish" | "unknown" };

interface RulesForm {
  shopId: string;
  actorId: string;
  fields: Readonly<Record<string, string>>;
}

/** What the pages of the events do with a form: draft, publish, go live, pause. */
export async function answerRulesForm(deps: RulesFormDeps, form: RulesForm): Promise<RulesFormAnswer> {
  return deps.db.forShop(form.shopId, async (tx) => {
    const { intent = "", key = "" } = form.fields;
    switch (intent) {
      case "toggle":
        return keep(tx, deps, form, (rules) => switchEvent(rules, key, form.fields["on"] === "true"));
      case "event":
        return keep(tx, deps, form, (rules) => editEvent(rules, key, readJson(form.fields["value"])));
      case "general":
        return keep(tx, deps, form, (rules) => editGeneral(rules, readJson(form.fields["value"])));
      case "discard":
        await discardDraft(tx, form.shopId);
        return { kind: "discarded" };
      case "publish":
        return publish(tx, deps, form);
      case "go_live":
        return goLive(tx, deps, form);
      case "pause":
        return setMessages(tx, deps, form, { changes: { paused: true }, answer: "paused" });
      case "resume":
        return setMessages(tx, deps, form, { changes: { paused: false }, answer: "resumed" });
      default:
        return { kind: "unknown" };
    }
  });
}

async function keep(
  tx: ShopTx,
  { clock }: RulesFormDeps,
  { shopId }: RulesForm,
  edit: (rules: MessageRules) => EditOutcome,
): Promise<RulesFormAnswer> {
  // Locked before it is read: two people who change two events keep both changes.
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const rules = (await readDraft(tx, shopId))?.rules ?? (await readPublished(tx, shopId)).rules;
  const outcome = edit(rules);
  if (outcome.kind === "refused") return outcome;
  await saveDraft(tx, clock, { shopId, rules: outcome.rules });
  return { kind: "saved" };
}

function switchEvent(rules: MessageRules, key: string, on: boolean): EditOutcome {
  const kind = kindOf(key);
  return editEvent(rules, key, kind ? { ...eventRulesOf(rules, kind), on } : null);
}

async function publish(tx: ShopTx, { clock }: RulesFormDeps, { shopId, actorId }: RulesForm): Promise<RulesFormAnswer> {
  const number = await publishDraft(tx, clock, { shopId, actorId, kinds: Object.values(KINDS) });
  return { kind: number === null ? "nothing_to_publish" : "published" };
}

/** What was drafted is what goes live: nobody checks one set of rules and switches on another. */
async function goLive(tx: ShopTx, deps: RulesFormDeps, form: RulesForm): Promise<RulesFormAnswer> {
  const { shopId } = form;
  const rules = (await readDraft(tx, shopId))?.rules ?? (await readPublished(tx, shopId)).rules;
  const { steps } = await readGoLive(tx, { shopId, trial: deps.trialSender, rules });
  if (steps.some(({ done }) => !done)) return { kind: "not_ready" };
  await publish(tx, deps, form);
  return setMessages(tx, deps, form, { changes: { live: true, paused: false }, answer: "live" });
}

interface MessagesChange {
  changes: { live?: boolean; paused?: boolean };
  answer: "live" | "paused" | "resumed";
}

async function setMessages(
  tx: ShopTx,
  { clock }: RulesFormDeps,
  { shopId, actorId }: RulesForm,
  { changes, answer }: MessagesChange,
): Promise<RulesFormAnswer> {
  const { messages } = await loadSettings(tx, shopId);
  await saveSettings(tx, { clock }, { shopId, actorId, changes: { messages: { ...messages, ...changes } } });
  return { kind: answer };
}

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { KindDefinition } from "./kinds/kind.ts";
import { type MessageRules, messageRulesSchema } from "./message-rules.ts";
import { scheduleDigest } from "./staff/schedule-digest.server.ts";
import { stampSwitchedOn } from "./stamp-switched-on.ts";

/** A shop's rules with their number; 0 = the product's own, as long as the shop has published none. */
export interface NumberedRules {
  number: number;
  rules: MessageRules;
  publishedAt: Date | null;
}

/** The rules that messages are decided by. */
export async function readPublished(tx: ShopTx, shopId: string): Promise<NumberedRules> {
  const row = await tx.ruleSet.findFirst({ where: { shopId, state: "published" } });
  if (!row) return { number: 0, rules: messageRulesSchema.parse({}), publishedAt: null };
  return { number: row.number, rules: messageRulesSchema.parse(row.rules), publishedAt: row.publishedAt };
}

/** The rules that somebody is working on; null where nobody is. */
export async function readDraft(tx: ShopTx, shopId: string): Promise<NumberedRules | null> {
  const row = await tx.ruleSet.findFirst({ where: { shopId, state: "draft" } });
  return row && { number: row.number, rules: messageRulesSchema.parse(row.rules), publishedAt: null };
}

/**
 * Keeps the draft. @returns its number.
 * @throws ZodError when the rules are not valid; forms check before with the same schema.
 */
export async function saveDraft(
  tx: ShopTx,
  clock: Clock,
  { shopId, rules }: { shopId: string; rules: MessageRules },
): Promise<number> {
  const now = clock.now();
  const checked = messageRulesSchema.parse(rules);
  await lockRules(tx, shopId);
  const draft = await readDraft(tx, shopId);
  if (draft) {
    const where = { shopId_number: { shopId, number: draft.number } };
    await tx.ruleSet.update({ where, data: { rules: checked, updatedAt: now } });
    return draft.number;
  }
  const last = await tx.ruleSet.aggregate({ where: { shopId }, _max: { number: true } });
  const number = (last._max.number ?? 0) + 1;
  await tx.ruleSet.create({
    data: { shopId, number, state: "draft", rules: checked, createdAt: now, updatedAt: now },
  });
  return number;
}

/** Throws the draft away; the published rules stay. */
export async function discardDraft(tx: ShopTx, shopId: string): Promise<void> {
  await tx.ruleSet.deleteMany({ where: { shopId, state: "draft" } });
}

export interface Publication {
  shopId: string;
  /** The staff user. */
  actorId: string | null;
  kinds: readonly Pick<KindDefinition, "key" | "onByDefault">[];
}

/**
 * Makes the draft the rules that messages are decided by from now on; those before it are kept as retired. What happened
 * before an event was switched on is never told. @returns the number, or null where there is no draft.
 */
export async function publishDraft(
  tx: ShopTx,
  clock: Clock,
  { shopId, actorId, kinds }: Publication,
): Promise<number | null> {
  const now = clock.now();
  await lockRules(tx, shopId);
  const draft = await readDraft(tx, shopId);
  if (!draft) return null;
  const before = await readPublished(tx, shopId);
  const rules = stampSwitchedOn({ before: before.rules, after: draft.rules }, kinds, now);
  await tx.ruleSet.updateMany({ where: { shopId, state: "published" }, data: { state: "retired", updatedAt: now } });
  await tx.ruleSet.update({
    where: { shopId_number: { shopId, number: draft.number } },
    data: { state: "published", rules, publishedAt: now, publishedBy: actorId, updatedAt: now },
  });
  await scheduleDigest(tx, clock, { shopId, staff: rules.staff });
  const actor = actorId === null ? ({ actor: "system" } as const) : ({ actor: "staff", actorId } as const);
  const data = { number: draft.number, before: before.number };
  const subject = { type: "shop" as const, id: shopId };
  await recordActivity(tx, clock, shopId, [{ type: "messages.rules_published", ...actor, subject, data }]);
  return draft.number;
}

/** Two people who save or publish at once follow each other. */
async function lockRules(tx: ShopTx, shopId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
}

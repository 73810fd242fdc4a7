import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { readSettings, type ShopSettings, shopSettingsSchema } from "./settings.ts";

export interface SaveSettingsInput {
  shopId: string;
  /** Whole parts that replace the stored ones; parts left out stay as they are. */
  changes: Partial<ShopSettings>;
  /** The staff user, or null when the app itself learnt something. */
  actorId: string | null;
}

/** The shop's settings, completed with defaults. */
export async function loadSettings(tx: ShopTx, shopId: string): Promise<ShopSettings> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { settings: true } });
  return readSettings(shop.settings);
}

/**
 * Saves parts of the settings and records which ones changed. Two people saving different parts do not undo each other.
 * @throws ZodError when a part is not valid; forms check before with the same schema
 */
export async function saveSettings(
  tx: ShopTx,
  { clock }: { clock: Clock },
  { shopId, changes, actorId }: SaveSettingsInput,
): Promise<ShopSettings> {
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const before = await loadSettings(tx, shopId);
  const after = stampLive(before, shopSettingsSchema.parse({ ...before, ...changes }), clock.now());
  const parts = (Object.keys(after) as (keyof ShopSettings)[]).filter(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );
  if (parts.length === 0) return after;
  await tx.shop.update({ where: { id: shopId }, data: { settings: after, updatedAt: clock.now() } });
  const actor = actorId === null ? ({ actor: "system" } as const) : ({ actor: "staff", actorId } as const);
  const subject = { type: "shop", id: shopId } as const;
  await recordActivity(tx, clock, shopId, [{ type: "shop.settings_changed", ...actor, subject, data: { parts } }]);
  if (before.messages.live !== after.messages.live) {
    const { live } = after.messages;
    await recordActivity(tx, clock, shopId, [{ type: "shop.went_live", ...actor, subject, data: { live } }]);
  }
  return after;
}

/** Going live begins now, whoever says so. */
function stampLive(before: ShopSettings, after: ShopSettings, now: Date): ShopSettings {
  const goesLive = after.messages.live && !before.messages.live;
  return goesLive ? { ...after, messages: { ...after.messages, liveSince: now.toISOString() } } : after;
}

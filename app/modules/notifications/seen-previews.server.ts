import { isDeepStrictEqual } from "node:util";
import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { loadSettings, saveSettings } from "#app/modules/shops/settings.server.ts";
import { CHANNELS, type Channel } from "./channels/channel.ts";
import { eventRulesOf } from "./event-rules.ts";
import type { KindDefinition } from "./kinds/kind.ts";
import type { MessageRules } from "./message-rules.ts";
import type { PreviewDocument } from "./render-preview.server.ts";
import { readTemplate } from "./template-store.server.ts";

interface Shown {
  shopId: string;
  kind: string;
  document: PreviewDocument;
}

/**
 * Keeps which version of a message somebody has looked at: only when what was shown is what goes out. What stands in the
 * editor and is not saved is nobody's message.
 */
export async function noteSeenPreview(tx: ShopTx, clock: Clock, { shopId, kind, document }: Shown): Promise<void> {
  const { channel } = document;
  const { document: stored, number } = await readTemplate(tx, { shopId, kind, channel });
  if (!isDeepStrictEqual(stored, channel === "email" ? document.mail : document.text)) return;
  const key = keyOf(kind, channel);
  if ((await loadSettings(tx, shopId)).messages.previewed[key] === number) return;
  // Locked before it is read again: two previews at once are both kept.
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const { messages } = await loadSettings(tx, shopId);
  const previewed = { ...messages.previewed, [key]: number };
  await saveSettings(tx, { clock }, { shopId, actorId: null, changes: { messages: { ...messages, previewed } } });
}

/**
 * How it stands with the messages of these kinds: `seen` when one that is on was looked at as it goes out now, `changed`
 * when it was, and has been changed since.
 */
export async function readSeenPreview(
  tx: ShopTx,
  { shopId, rules, kinds }: { shopId: string; rules: MessageRules; kinds: readonly KindDefinition[] },
): Promise<"seen" | "changed" | "never"> {
  const { previewed } = (await loadSettings(tx, shopId)).messages;
  let changed = false;
  for (const kind of kinds) {
    const { on, channels } = eventRulesOf(rules, kind);
    for (const channel of CHANNELS.filter((one) => on && channels.includes(one))) {
      const seen = previewed[keyOf(kind.key, channel)];
      if (seen === undefined) continue;
      const { number } = await readTemplate(tx, { shopId, kind: kind.key, channel });
      if (number === seen) return "seen";
      changed = true;
    }
  }
  return changed ? "changed" : "never";
}

const keyOf = (kind: string, channel: Channel): string => `${kind} ${channel}`;

import { z } from "zod";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { InstallDeps } from "#app/modules/shops/install-shop.server.ts";
import { type AdminAuthenticator, openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { setPersonBlocked } from "./log/block-person.server.ts";
import { liftBlock, type LiftDeps, type LiftOutcome } from "./log/lift-block.server.ts";
import { MUTE_TYPES, setMute } from "./log/mutes.server.ts";
import { readMessage } from "./read-message.server.ts";
import { repeatMessage, type RepeatOutcome } from "./log/repeat-message.server.ts";

const wish = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("repeat"),
    reason: z.string().max(300),
    recipient: z.string().max(320).default(""),
    requestId: z.string().regex(/^[a-z0-9-]{8,60}$/i),
  }),
  z.object({ intent: z.literal("block") }),
  z.object({ intent: z.literal("unblock") }),
  z.object({
    intent: z.enum(["mute", "unmute"]),
    type: z.enum(MUTE_TYPES),
    subjectId: z.string().min(1).max(300),
  }),
]);

export type MessageAnswer = RepeatOutcome | LiftOutcome | { kind: "saved" } | { kind: "invalid" };

/** What the page of one message does: send again, block, mute. */
export async function answerMessageForm(
  services: InstallDeps & LiftDeps & { shopify: AdminAuthenticator; keys: KeyRing },
  request: Request,
  id: string,
): Promise<MessageAnswer> {
  const { shopId, actorId } = await openAdminVisit(services, request);
  const { data: asked } = wish.safeParse(Object.fromEntries(await request.formData()));
  const { db, clock, keys } = services;
  // It asks the mail provider, and no transaction waits for that.
  if (asked?.intent === "unblock") return liftBlock(services, { shopId, actorId, id });
  return db.forShop(shopId, async (tx): Promise<MessageAnswer> => {
    const message = await readMessage(tx, keys, { shopId, id });
    if (!message) return { kind: "not_found" };
    if (!asked) return { kind: "invalid" };
    switch (asked.intent) {
      case "repeat":
        return repeatMessage(tx, services, { ...asked, shopId, actorId, id });
      case "block":
        return (await setPersonBlocked(tx, clock, { shopId, actorId, id }, true))
          ? { kind: "saved" }
          : { kind: "no_recipient" };
      case "mute":
      case "unmute": {
        // Only what stands behind this message: no other id can be slipped in.
        const subject = message.mutes.find(({ type, id: known }) => type === asked.type && known === asked.subjectId);
        if (!subject) return { kind: "not_found" };
        await setMute(tx, clock, { ...subject, shopId, actorId, muted: asked.intent === "mute" });
        return { kind: "saved" };
      }
    }
  });
}

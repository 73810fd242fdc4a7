import { z } from "zod";
import type { InstallDeps } from "#app/modules/shops/install-shop.server.ts";
import { type AdminAuthenticator, openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { saveSettingsForm } from "#app/modules/shops/save-settings-form.server.ts";
import { chooseWarmUp } from "./domains/choose-warm-up.server.ts";
import {
  addSenderDomain,
  type DomainAnswer,
  type DomainDeps,
  recheckSenderDomain,
  removeSenderDomain,
} from "./domains/manage-sender-domains.server.ts";
import { endHold } from "./dispatch/shop-turn.server.ts";
import { domainOf, REGIONS } from "./domains/sender-domain.ts";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");

const wish = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add"), name: z.string().max(300), region: z.enum(REGIONS) }),
  z.object({ intent: z.enum(["check", "remove"]), domainId: z.string().max(60) }),
  z.object({ intent: z.literal("warm_up"), domainId: z.string().max(60), established: flag, overflow: flag }),
  z.object({ intent: z.literal("save") }),
]);

export type SenderAnswer =
  DomainAnswer | { kind: "saved" | "warm_up_saved" } | { kind: "invalid"; problems: Partial<Record<string, string>> };

/** What the sender's page does with its forms: the texts of the sender, and the domains. */
export async function answerSenderForm(
  services: InstallDeps & DomainDeps & { shopify: AdminAuthenticator },
  request: Request,
): Promise<SenderAnswer> {
  const { shopId, actorId } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(await request.formData()) as Record<string, string>;
  const parsed = wish.safeParse({ intent: "save", ...fields });
  if (!parsed.success) return { kind: "invalid_name" };
  switch (parsed.data.intent) {
    case "add":
      return addSenderDomain(services, { shopId, actorId, typed: parsed.data.name, region: parsed.data.region });
    case "check":
      return recheckSenderDomain(services, { shopId, domainId: parsed.data.domainId });
    case "remove":
      return removeSenderDomain(services, { shopId, actorId, domainId: parsed.data.domainId });
    case "warm_up": {
      const { domainId, established, overflow } = parsed.data;
      return chooseWarmUp(services, { shopId, actorId, domainId }, { established, overflow });
    }
    case "save":
      return saveSender(services, { shopId, actorId, fields });
  }
}

/** An address is taken only on a domain that the shop has verified: nobody else's, and not one that was lost. */
async function saveSender(
  services: InstallDeps,
  { shopId, actorId, fields }: { shopId: string; actorId: string; fields: Record<string, string> },
): Promise<SenderAnswer> {
  const address = (fields["fromAddress"] ?? "").trim();
  return services.db.forShop(shopId, async (tx) => {
    if (address) {
      const where = { shopId, name: domainOf(address), status: "verified" };
      if ((await tx.senderDomain.count({ where })) === 0) {
        return { kind: "invalid", problems: { fromAddress: "sender_domain" } } as const;
      }
    }
    await endHold(tx, shopId, ["email"]);
    return saveSettingsForm(tx, services, { shopId, actorId, form: "sender", fields });
  });
}

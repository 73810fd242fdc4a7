import type { Database } from "#app/lib/db.server.ts";
import { concernsUs, resendEvent } from "./provider-events/resend-event.ts";

/** Whose event it is: nobody's events are no business of ours, and their sender need not repeat them. */
export type EventOwner = { kind: "shop"; shopId: string; type: string } | { kind: "nobody" } | { kind: "malformed" };

const SHOP = /^shop_[a-z0-9]{1,40}$/;

/** The shop that a verified webhook of Resend concerns: by the tag of our mails, or as the owner of the domain. */
export async function findEventOwner(db: Database, body: unknown): Promise<EventOwner> {
  const parsed = resendEvent.safeParse(body);
  if (!parsed.success) return { kind: "malformed" };
  const { type, data } = parsed.data;
  if (!concernsUs(type)) return { kind: "nobody" };
  const shopId = type.startsWith("domain.")
    ? await ownerOfDomain(db, data.id ?? "")
    : await existingShop(db, data.tags?.["shop"] ?? "");
  return shopId ? { kind: "shop", shopId, type } : { kind: "nobody" };
}

async function existingShop(db: Database, shopId: string): Promise<string | null> {
  if (!SHOP.test(shopId)) return null;
  return (await db.forShop(shopId, (tx) => tx.shop.count({ where: { id: shopId } }))) > 0 ? shopId : null;
}

async function ownerOfDomain(db: Database, providerId: string): Promise<string | null> {
  const rows = await db.acrossShops(
    (tx) => tx.$queryRaw<{ shop_id: string }[]>`SELECT shop_id FROM owners_of_sender_domain(${providerId})`,
  );
  return rows[0]?.shop_id ?? null;
}

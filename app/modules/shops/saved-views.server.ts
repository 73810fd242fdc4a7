import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";

/** A list as somebody liked to see it: everything that stood in the address, under a name. */
export interface SavedViewItem {
  id: string;
  name: string;
  query: string;
}

export type ViewOutcome =
  | { kind: "saved"; id: string }
  | { kind: "removed" }
  | { kind: "name_taken" }
  | { kind: "name_invalid" }
  | { kind: "too_many" }
  | { kind: "not_found" };

const MAX_VIEWS = 25;
const MAX_NAME = 40;
const MAX_QUERY = 500;
/** Control characters; the database takes no null. */
const UNSTORABLE = /\p{Cc}/u;

interface ViewDoor {
  shopId: string;
  /** The list that the view belongs to: "shipments". */
  page: string;
}

export async function listSavedViews(tx: ShopTx, { shopId, page }: ViewDoor): Promise<SavedViewItem[]> {
  return tx.savedView.findMany({
    where: { shopId, page },
    orderBy: { id: "asc" },
    take: MAX_VIEWS,
    select: { id: true, name: true, query: true },
  });
}

/** Saves a new view; a second one of the same name is refused, so a double click makes one view. */
export async function createSavedView(
  tx: ShopTx,
  { clock }: { clock: Clock },
  { shopId, page, name, query }: ViewDoor & { name: string; query: string },
): Promise<ViewOutcome> {
  const clean = readName(name);
  if (!clean || query.length > MAX_QUERY || UNSTORABLE.test(query)) return { kind: "name_invalid" };
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const views = await listSavedViews(tx, { shopId, page });
  if (views.some((view) => view.name === clean)) return { kind: "name_taken" };
  if (views.length >= MAX_VIEWS) return { kind: "too_many" };
  const id = newId("viw", clock);
  await tx.savedView.create({ data: { shopId, id, page, name: clean, query, createdAt: clock.now() } });
  return { kind: "saved", id };
}

export async function renameSavedView(
  tx: ShopTx,
  { shopId, page, id, name }: ViewDoor & { id: string; name: string },
): Promise<ViewOutcome> {
  const clean = readName(name);
  if (!clean) return { kind: "name_invalid" };
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const views = await listSavedViews(tx, { shopId, page });
  if (views.some((view) => view.name === clean && view.id !== id)) return { kind: "name_taken" };
  const { count } = await tx.savedView.updateMany({ where: { shopId, page, id }, data: { name: clean } });
  return count === 0 ? { kind: "not_found" } : { kind: "saved", id };
}

export async function removeSavedView(
  tx: ShopTx,
  { shopId, page, id }: ViewDoor & { id: string },
): Promise<ViewOutcome> {
  const { count } = await tx.savedView.deleteMany({ where: { shopId, page, id } });
  return count === 0 ? { kind: "not_found" } : { kind: "removed" };
}

function readName(name: string): string | null {
  const clean = name.normalize("NFKC").replace(/\s+/g, " ").trim();
  return clean === "" || clean.length > MAX_NAME || UNSTORABLE.test(clean) ? null : clean;
}

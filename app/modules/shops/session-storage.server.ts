import type { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import type { Clock } from "#app/lib/clock.ts";
import { type KeyRing, UnsealError } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { ensureShopId, findShopId } from "./find-shop.server.ts";
import { type SecretCodec, type SessionRow, toSession, toSessionRow } from "./session-rows.ts";

export interface SessionStorageDeps {
  db: Database;
  keys: KeyRing;
  clock: Clock;
  log: Logger;
}

/**
 * Shopify's sessions in our own table, both tokens sealed and bound to shop and session. Writing is one atomic upsert:
 * parallel first visits each exchange a token, and the last one wins whole.
 */
export class ShopSessionStorage implements SessionStorage {
  readonly #deps: SessionStorageDeps;

  constructor(deps: SessionStorageDeps) {
    this.#deps = deps;
  }

  async storeSession(session: Session): Promise<boolean> {
    const shopId = await ensureShopId(this.#deps, session.shop);
    await this.#deps.db.forShop(shopId, (tx) => writeSession(tx, this.#deps, { shopId, session }));
    return true;
  }

  async loadSession(id: string): Promise<Session | undefined> {
    const [found] = await this.#deps.db.acrossShops(
      (tx) => tx.$queryRaw<{ shop_id: string }[]>`SELECT shop_id FROM session_of_id(${id})`,
    );
    if (!found) return undefined;
    return this.#deps.db.forShop(found.shop_id, (tx) => readSession(tx, this.#deps, { shopId: found.shop_id, id }));
  }

  async deleteSession(id: string): Promise<boolean> {
    return this.deleteSessions([id]);
  }

  async deleteSessions(ids: string[]): Promise<boolean> {
    for (const id of ids) {
      const [found] = await this.#deps.db.acrossShops(
        (tx) => tx.$queryRaw<{ shop_id: string }[]>`SELECT shop_id FROM session_of_id(${id})`,
      );
      if (!found) continue;
      const shopId = found.shop_id;
      await this.#deps.db.forShop(shopId, (tx) => tx.session.deleteMany({ where: { shopId, id } }));
    }
    return true;
  }

  async findSessionsByShop(shop: string): Promise<Session[]> {
    const shopId = await findShopId(this.#deps.db, shop);
    if (!shopId) return [];
    return this.#deps.db.forShop(shopId, async (tx) => {
      const rows = await tx.session.findMany({ where: { shopId }, orderBy: { updatedAt: "desc" }, take: 100 });
      return rows.flatMap((row) => openRow(this.#deps, { shopId, shop, row }) ?? []);
    });
  }
}

/** Writes a session of this shop in the caller's transaction. */
export async function writeSession(
  tx: ShopTx,
  { keys, clock }: { keys: KeyRing; clock: Clock },
  { shopId, session }: { shopId: string; session: Session },
): Promise<void> {
  const seal: SecretCodec = (field, value) => keys.seal(value, { shopId, field: sealField(session.id, field) });
  const row = { ...toSessionRow(session, seal), updatedAt: clock.now() };
  await tx.session.upsert({
    where: { shopId_id: { shopId, id: session.id } },
    create: { shopId, ...row },
    update: row,
  });
}

/** @returns undefined when there is none, or when it can no longer be opened: the next visit makes a new one. */
export async function readSession(
  tx: ShopTx,
  deps: { keys: KeyRing; log: Logger },
  { shopId, id }: { shopId: string; id: string },
): Promise<Session | undefined> {
  const found = await tx.session.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { shop: { select: { domain: true } } },
  });
  if (!found) return undefined;
  const { shop, ...row } = found;
  return openRow(deps, { shopId, shop: shop.domain, row });
}

function openRow(
  { keys, log }: { keys: KeyRing; log: Logger },
  { shopId, shop, row }: { shopId: string; shop: string; row: SessionRow & { shopId: string; updatedAt: Date } },
): Session | undefined {
  const { shopId: _shop, updatedAt: _updated, ...columns } = row;
  try {
    return toSession(shop, columns, (field, value) => keys.open(value, { shopId, field: sealField(row.id, field) }));
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error;
    log.warn({ shopId, code: error.code }, "a session cannot be opened and counts as absent");
    return undefined;
  }
}

function sealField(id: string, field: string): string {
  return `session.${id}.${field}`;
}

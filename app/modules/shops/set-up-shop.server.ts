import { z } from "zod";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { AdminApi } from "./admin-api.ts";
import { addressLine } from "./postal-address.ts";
import { SHOP_FACTS } from "./shop-facts.graphql.ts";

/** Shopify did not give us the shop's facts this time. */
export class ShopFactsUnavailableError extends AppError {
  readonly code = "shop_facts_unavailable";
  readonly retryable = true;
}

/** The mark of the daily question in `sync_mark`. */
export const KEEP_ALIVE_MARK = "shops.keep-alive";

const DAY_MS = 24 * 60 * 60_000;

const factsSchema = z.object({
  shop: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullish(),
    contactEmail: z.string().nullish(),
    ianaTimezone: z.string(),
    currencyCode: z.string(),
    orderNumberFormatPrefix: z.string().nullish(),
    shopAddress: z.object({ countryCodeV2: z.string().nullish(), formatted: z.array(z.string()).nullish() }).nullish(),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }).nullish(),
});

export interface SetUpDeps {
  db: Database;
  clock: Clock;
  admin: AdminApi;
}

export interface SetUpInput {
  shopId: string;
  /** Starts the import of past orders, in the transaction that finds it missing. */
  startImport(tx: ShopTx): Promise<unknown>;
}

/**
 * After an install: reads the shop's facts, starts the daily question, and the import of past orders once per
 * installation; a shop that merely had to be opened again needs none. Safe to run twice.
 * @throws ShopFactsUnavailableError when Shopify has no time for us; the job is repeated
 */
export async function setUpShop(deps: SetUpDeps, { shopId, startImport }: SetUpInput): Promise<void> {
  const answer = await deps.admin.query<unknown>(shopId, { document: SHOP_FACTS, urgency: "person" });
  if (answer.kind === "unauthorised") return;
  if (answer.kind !== "ok") throw new ShopFactsUnavailableError(`shop facts: ${answer.kind}`);
  const facts = factsSchema.parse(answer.data);
  await deps.db.forShop(shopId, async (tx) => {
    const now = deps.clock.now();
    const [shop] = await tx.shop.updateManyAndReturn({
      where: { id: shopId, status: "installed" },
      data: { ...toColumns(facts), updatedAt: now },
      select: { installedAt: true },
    });
    // Uninstalled meanwhile.
    if (!shop) return;
    await tx.syncMark.createMany({
      data: [{ shopId, name: KEEP_ALIVE_MARK, dueAt: new Date(now.getTime() + DAY_MS), updatedAt: now }],
      skipDuplicates: true,
    });
    const since = shop.installedAt ?? now;
    const imports = await tx.importRun.count({ where: { shopId, startedAt: { gte: since } } });
    if (imports === 0) await startImport(tx);
  });
}

function toColumns({ shop, currentAppInstallation }: z.infer<typeof factsSchema>) {
  const scopes = currentAppInstallation?.accessScopes.map(({ handle }) => handle).sort();
  return {
    gid: shop.id,
    name: shop.name,
    email: shop.contactEmail ?? shop.email ?? null,
    currency: shop.currencyCode,
    timezone: shop.ianaTimezone,
    countryCode: shop.shopAddress?.countryCodeV2 ?? null,
    postalAddress: addressLine(shop.shopAddress?.formatted ?? []),
    orderPrefix: shop.orderNumberFormatPrefix ?? "#",
    ...(scopes ? { scopes } : {}),
  };
}

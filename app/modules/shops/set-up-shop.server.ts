import { z } from "zod";
import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { newId } from "#app/lib/ids.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import type { AdminApi } from "./admin-api.ts";
import { SHOP_FACTS } from "./shop-facts.graphql.ts";

/** Shopify did not give us the shop's facts this time. */
export class ShopFactsUnavailableError extends AppError {
  readonly code = "shop_facts_unavailable";
  readonly retryable = true;
}

/** Names of the repeating work of a shop in `sync_mark`. */
export const SYNC_MARKS = { reconcile: "orders.reconcile", keepAlive: "shops.keep-alive" } as const;

const DAY_MS = 24 * 60 * 60_000;
/** As far back as Shopify shows orders without `read_all_orders`. */
const IMPORT_DAYS = 60;

const factsSchema = z.object({
  shop: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullish(),
    contactEmail: z.string().nullish(),
    ianaTimezone: z.string(),
    currencyCode: z.string(),
    orderNumberFormatPrefix: z.string().nullish(),
    shopAddress: z.object({ countryCodeV2: z.string().nullish() }).nullish(),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }).nullish(),
});

export interface SetUpDeps {
  db: Database;
  queue: Queue;
  clock: Clock;
  adminApi: AdminApi;
}

/**
 * After an install: reads the shop's facts, starts its repeating work and, the first time, the import of past orders.
 * Safe to run twice.
 * @throws ShopFactsUnavailableError when Shopify has no time for us; the job is repeated
 */
export async function setUpShop(deps: SetUpDeps, shopId: string): Promise<void> {
  const answer = await deps.adminApi.query<unknown>(shopId, { document: SHOP_FACTS, urgency: "person" });
  if (answer.kind === "unauthorised") return;
  if (answer.kind !== "ok") throw new ShopFactsUnavailableError(`shop facts: ${answer.kind}`);
  const facts = factsSchema.parse(answer.data);
  await deps.db.forShop(shopId, async (tx) => {
    const changed = await tx.shop.updateMany({
      where: { id: shopId, status: "installed" },
      data: { ...toColumns(facts), updatedAt: deps.clock.now() },
    });
    // Uninstalled meanwhile.
    if (changed.count === 0) return;
    await startRepeatingWork(tx, shopId, deps.clock.now());
    await startFirstImport(tx, deps, shopId);
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
    orderPrefix: shop.orderNumberFormatPrefix ?? "#",
    ...(scopes ? { scopes } : {}),
  };
}

async function startRepeatingWork(tx: ShopTx, shopId: string, now: Date): Promise<void> {
  await tx.syncMark.createMany({
    data: [
      { shopId, name: SYNC_MARKS.reconcile, upTo: now, dueAt: now, updatedAt: now },
      { shopId, name: SYNC_MARKS.keepAlive, dueAt: new Date(now.getTime() + DAY_MS), updatedAt: now },
    ],
    skipDuplicates: true,
  });
}

async function startFirstImport(
  tx: ShopTx,
  { queue, clock }: { queue: Queue; clock: Clock },
  shopId: string,
): Promise<void> {
  const earlier = await tx.importRun.count({ where: { shopId, state: { in: ["running", "done"] } } });
  if (earlier > 0) return;
  const now = clock.now();
  const importId = newId("imp", clock);
  const fromAt = new Date(now.getTime() - IMPORT_DAYS * DAY_MS);
  await tx.importRun.create({
    data: { shopId, id: importId, state: "running", fromAt, startedAt: now, updatedAt: now },
  });
  await enqueue({ queue, tx }, "orders.import", { shopId, importId });
}

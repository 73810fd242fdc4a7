import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { AppError, errorMessage, isRetryable } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Delivery, DeliveryOutcome } from "./delivery.ts";

export interface ProcessDeps {
  db: Database;
  clock: Clock;
  log: Logger;
}

/** What to do with a delivery: found by source and topic. */
export interface DeliveryHandler {
  /** Work for a shop that is not (or no longer) installed, too: uninstall and privacy. */
  withoutInstallation: boolean;
  handle(delivery: Delivery): Promise<DeliveryOutcome>;
}

export interface ProcessInput {
  shopId: string;
  deliveryId: string;
  /** @returns null for a topic nobody handles. */
  findHandler(source: string, topic: string): DeliveryHandler | null;
}

/**
 * Tells the queue to repeat the job. The queue keeps errors with their causes and stacks, and those of the database or a
 * parser can quote a row: only our own short description goes there.
 */
export class DeliveryRepeatedError extends AppError {
  readonly code = "delivery_repeated";
  readonly retryable = true;
}

/** Runs of one delivery before it goes to the dead letters. */
export const MAX_ATTEMPTS = 6;

/**
 * Handles one stored delivery. Safe to run twice: a delivery that is finished stays finished. An error that may pass is
 * thrown, so that the queue repeats the job; one that cannot pass, or too many of them, make the delivery `failed`.
 */
export async function processDelivery(deps: ProcessDeps, input: ProcessInput): Promise<void> {
  const claimed = await claim(deps, input);
  if (!claimed) return;
  const { delivery, attempts, shopStatus } = claimed;
  const handler = input.findHandler(delivery.source, delivery.topic);
  if (!handler) return finish(deps, delivery, { kind: "ignored", reason: "unknown_topic" });
  if (shopStatus !== "installed" && shopStatus !== "needs_reopening" && !handler.withoutInstallation) {
    return finish(deps, delivery, { kind: "ignored", reason: "shop_not_installed" }, { dropBody: true });
  }
  if (attempts > MAX_ATTEMPTS) return fail(deps, delivery, new Error("the worker died on every attempt"));
  try {
    await finish(deps, delivery, await handler.handle(delivery));
  } catch (error) {
    if (isRetryable(error) && attempts < MAX_ATTEMPTS) {
      await note(deps, delivery, error);
      throw new DeliveryRepeatedError(describe(error));
    }
    await fail(deps, delivery, error);
  }
}

interface Claimed {
  delivery: Delivery;
  attempts: number;
  shopStatus: string;
}

/** Counts the attempt before it is made: a delivery that kills its worker must not do so for ever. */
async function claim({ db }: ProcessDeps, { shopId, deliveryId }: ProcessInput): Promise<Claimed | null> {
  return db.forShop(shopId, async (tx) => {
    const counted = await tx.inboundDelivery.updateMany({
      where: { shopId, id: deliveryId, status: "stored" },
      data: { attempts: { increment: 1 } },
    });
    if (counted.count === 0) return null;
    const row = await tx.inboundDelivery.findUniqueOrThrow({
      where: { shopId_id: { shopId, id: deliveryId } },
      include: { shop: { select: { status: true } } },
    });
    const { shop, attempts, headers, ...delivery } = row;
    return {
      delivery: { ...delivery, headers: headers as Record<string, string> },
      attempts,
      shopStatus: shop.status,
    };
  });
}

async function finish(
  { db, clock, log }: ProcessDeps,
  delivery: Delivery,
  outcome: DeliveryOutcome,
  { dropBody = false }: { dropBody?: boolean } = {},
): Promise<void> {
  const reason = outcome.kind === "ignored" ? outcome.reason : null;
  await db.forShop(delivery.shopId, (tx) =>
    // Many, because the shop itself may be gone by now.
    tx.inboundDelivery.updateMany({
      where: { shopId: delivery.shopId, id: delivery.id },
      data: {
        status: outcome.kind === "applied" ? "processed" : "ignored",
        outcome: reason,
        error: null,
        processedAt: clock.now(),
        ...(dropBody ? { body: new Uint8Array() } : {}),
      },
    }),
  );
  log.debug({ deliveryId: delivery.id, topic: delivery.topic, outcome: reason ?? outcome.kind }, "delivery handled");
}

async function note({ db, log }: ProcessDeps, delivery: Delivery, error: unknown): Promise<void> {
  log.warn({ deliveryId: delivery.id, topic: delivery.topic, reason: describe(error) }, "delivery to be repeated");
  await db.forShop(delivery.shopId, (tx) =>
    tx.inboundDelivery.updateMany({
      where: { shopId: delivery.shopId, id: delivery.id, status: "stored" },
      data: { error: describe(error) },
    }),
  );
}

async function fail({ db, clock, log }: ProcessDeps, delivery: Delivery, error: unknown): Promise<void> {
  log.error({ deliveryId: delivery.id, topic: delivery.topic, reason: describe(error) }, "delivery failed for good");
  await db.forShop(delivery.shopId, (tx) =>
    tx.inboundDelivery.updateMany({
      // What another worker has finished meanwhile, or a redaction has emptied, stays so.
      where: { shopId: delivery.shopId, id: delivery.id, status: "stored" },
      data: { status: "failed", error: describe(error), processedAt: clock.now() },
    }),
  );
}

/** Our own errors speak without personal data; of others only the name and the place are kept. */
function describe(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${errorMessage(error)}`.slice(0, 300);
  if (!(error instanceof Error)) return "unknown error";
  if (error.name === "ZodError") return `unexpected_shape: ${zodPaths(error)}`.slice(0, 300);
  const place = /\n\s+at (?:.*\()?(?:.*\/)?([\w.-]+:\d+):\d+\)?/.exec(error.stack ?? "")?.[1] ?? "unknown place";
  return `${error.name} at ${place}`;
}

function zodPaths(error: Error): string {
  const issues = (error as { issues?: { path: PropertyKey[]; code: string }[] }).issues ?? [];
  return issues.map((issue) => `${issue.path.map(String).join(".")} (${issue.code})`).join(", ");
}

import type { ShopTx } from "#app/lib/db.server.ts";
import type { NativeEvent } from "./native-events.ts";
import type { FulfillmentSnapshot } from "./snapshot.ts";
import { WRITE_BACK, writeBackIntent, type WriteBackIntent } from "./write-back-intent.ts";

/** An unknown time of ours is filled in by Shopify with the time of the call. */
const CALL_TOLERANCE_MS = 10 * 60_000;

interface OwnEventInput {
  shopId: string;
  fulfillmentId: string;
  event: Pick<NativeEvent, "id" | "status" | "happenedAt" | "message">;
  now: Date;
}

/**
 * The loop guard: true when this event is one that we wrote. The webhook can be faster than the answer to our call; then
 * the event is recognised by what is being written just now, and its id is kept, so that the attempt need not be
 * looked up.
 */
export async function claimOwnEvent(tx: ShopTx, input: OwnEventInput): Promise<boolean> {
  const { shopId, fulfillmentId, event, now } = input;
  const known = await tx.effect.findFirst({
    where: { shopId, kind: WRITE_BACK, providerId: event.id },
    select: { id: true },
  });
  if (known) return true;
  const attempted = await tx.effect.findMany({
    where: { shopId, kind: WRITE_BACK, subjectId: fulfillmentId, providerId: null, lastAttemptAt: { not: null } },
    select: { id: true, payload: true, lastAttemptAt: true },
    take: 50,
  });
  const own = attempted.find((effect) => {
    const intent = writeBackIntent.safeParse(effect.payload);
    return intent.success && effect.lastAttemptAt !== null && isWrittenAs(event, intent.data, effect.lastAttemptAt);
  });
  if (!own) return false;
  await tx.effect.update({
    where: { shopId_id: { shopId, id: own.id } },
    data: { providerId: event.id, updatedAt: now },
  });
  return true;
}

/** Whether an event in Shopify's history is the one that this attempt asked for. */
export function isWrittenAs(
  event: Pick<NativeEvent, "status" | "happenedAt" | "message">,
  intent: WriteBackIntent,
  attemptedAt: Date,
): boolean {
  if (event.status.toUpperCase() !== intent.status || event.happenedAt === null) return false;
  if (event.message !== null && intent.message !== null && event.message !== intent.message) return false;
  if (intent.happenedAt === null) {
    return Math.abs(event.happenedAt.getTime() - attemptedAt.getTime()) <= CALL_TOLERANCE_MS;
  }
  return seconds(event.happenedAt) === seconds(new Date(intent.happenedAt));
}

/** Shopify keeps whole seconds. */
function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}

/**
 * The same guard for `fulfillments/update` and `orders/updated`: a native status that we wrote ourselves is an echo, and no
 * news about the parcels. Returns the snapshots as the parcels should hear them.
 */
export async function withoutOwnEchoes(
  tx: ShopTx,
  shopId: string,
  fulfillments: readonly FulfillmentSnapshot[],
): Promise<FulfillmentSnapshot[]> {
  const told = fulfillments.filter((one) => one.nativeStatus !== null).map((one) => one.id);
  if (told.length === 0) return [...fulfillments];
  const written = await tx.effect.findMany({
    where: { shopId, kind: WRITE_BACK, subjectId: { in: told }, lastAttemptAt: { not: null } },
    select: { subjectId: true, payload: true },
  });
  const own = new Set(
    written.flatMap(({ subjectId, payload }) => {
      const intent = writeBackIntent.safeParse(payload);
      return intent.success ? [`${subjectId} ${intent.data.status.toLowerCase()}`] : [];
    }),
  );
  return fulfillments.map((one) =>
    own.has(`${one.id} ${one.nativeStatus}`) ? { ...one, nativeStatus: null, nativeDeliveredAt: null } : one,
  );
}

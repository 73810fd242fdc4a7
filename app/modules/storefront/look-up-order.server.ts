import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { isExhausted, type RateLimit, withinLimit } from "#app/lib/rate-limit.server.ts";
import { recordFacts } from "#app/modules/analytics/record-fact.server.ts";
import { normaliseOrderName, orderNamesOf } from "#app/modules/orders/order-name.ts";
import { normaliseTrackingNumber } from "#app/modules/shipments/tracking-number.ts";

export interface LookUpInput {
  shopId: string;
  /** What the shopper typed: an order number or a tracking number. */
  number: string;
  /** What this shop puts before its order numbers, "#" or "EU-". */
  orderPrefix: string;
  /** Needed for an order number; anything else is ignored for a tracking number. */
  email: string;
  /** Address of the visitor as the proxy reports it. */
  address: string;
}

export type LookUpOutcome =
  | { kind: "order"; orderId: string }
  | { kind: "parcel"; shipmentId: string }
  /** Unknown number, wrong address, anything: one answer for all of them. */
  | { kind: "missed" }
  | { kind: "limited" }
  | { kind: "empty" };

/** No real tracking number is shorter; order numbers usually are. */
const MIN_TRACKING_LENGTH = 8;

/**
 * Finds what a visitor may see. A known order with a wrong address cannot be told from an unknown order: both take the
 * same single query, count the same, and get the same answer. Tries are limited per visitor, per order and per shop.
 */
export async function lookUpOrder(deps: { db: Database; clock: Clock }, input: LookUpInput): Promise<LookUpOutcome> {
  const number = input.number.trim().slice(0, 100);
  // PostgreSQL takes no NUL; what holds one is nobody's address.
  const email = input.email.trim().toLowerCase().slice(0, 254).replaceAll("\0", "\ufffd");
  if (number.length === 0) return { kind: "empty" };
  if (!(await mayTry(deps, input, number))) return { kind: "limited" };
  const outcome = email
    ? await findOrder(deps, input.shopId, { names: orderNamesOf(number, input.orderPrefix), email })
    : await findParcel(deps, input.shopId, number);
  if (outcome.kind === "missed") await withinLimit(deps, input.shopId, wrongTries(number));
  if (outcome.kind === "order" || outcome.kind === "parcel") await noteQuestion(deps, input.shopId, outcome);
  return outcome;
}

type Found = Extract<LookUpOutcome, { kind: "order" | "parcel" }>;

/** Keeps that this order was asked about today: what messages are there to spare. Not who asked, nor how often. */
async function noteQuestion(
  { db, clock }: { db: Database; clock: Clock },
  shopId: string,
  found: Found,
): Promise<void> {
  const at = clock.now();
  const happenedOn = at.toISOString().slice(0, 10);
  await db.forShop(shopId, async (tx) => {
    const orderId = found.kind === "order" ? found.orderId : await readOrderOf(tx, shopId, found.shipmentId);
    if (orderId === null) return;
    const fact = { at, happenedOn, subjectId: `${orderId} ${happenedOn}`, carrier: null, countryCode: null };
    await recordFacts(tx, clock, shopId, [{ kind: "order.looked_up", ...fact, data: { orderId } }]);
  });
}

async function readOrderOf(tx: ShopTx, shopId: string, shipmentId: string): Promise<string | null> {
  const where = { shopId_id: { shopId, id: shipmentId } };
  return (await tx.shipment.findUnique({ where, select: { orderId: true } }))?.orderId ?? null;
}

const wrongTries = (number: string): RateLimit => ({
  name: "look-up.wrong",
  of: normaliseOrderName(number),
  limit: 5,
  windowSeconds: 3_600,
});

async function mayTry(
  deps: { db: Database; clock: Clock },
  { shopId, address }: LookUpInput,
  number: string,
): Promise<boolean> {
  const perVisitor: RateLimit = { name: "look-up.visitor", of: address, limit: 10, windowSeconds: 900 };
  const perShop: RateLimit = { name: "look-up.shop", of: shopId, limit: 600, windowSeconds: 60 };
  const [visitor, shop, spent] = await Promise.all([
    withinLimit(deps, shopId, perVisitor),
    withinLimit(deps, shopId, perShop),
    isExhausted(deps, shopId, wrongTries(number)),
  ]);
  return visitor && shop && !spent;
}

async function findOrder(
  { db }: { db: Database },
  shopId: string,
  { names, email }: { names: string[]; email: string },
): Promise<LookUpOutcome> {
  const found = await db.forShop(
    shopId,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM orders
      WHERE shop_id = ${shopId} AND lookup_name = ANY (${names}::text[]) AND lower(email) = ${email}
        AND redacted_at IS NULL
      ORDER BY placed_at DESC LIMIT 1`,
  );
  return found[0] ? { kind: "order", orderId: found[0].id } : { kind: "missed" };
}

async function findParcel({ db }: { db: Database }, shopId: string, number: string): Promise<LookUpOutcome> {
  const tracking = normaliseTrackingNumber(number);
  const found =
    tracking === null || tracking.length < MIN_TRACKING_LENGTH
      ? []
      : await db.forShop(
          shopId,
          (tx) => tx.$queryRaw<{ id: string }[]>`
            SELECT id FROM shipment WHERE shop_id = ${shopId} AND tracking_number = ${tracking} AND lifecycle = 'active'
            ORDER BY created_at DESC LIMIT 1`,
        );
  return found[0] ? { kind: "parcel", shipmentId: found[0].id } : { kind: "missed" };
}

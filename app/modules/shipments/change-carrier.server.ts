import { Prisma } from "#app/generated/prisma/client.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { CarrierDirectory, ConnectedAccount } from "./carrier-access.ts";
import { chooseAccount } from "./choose-account.ts";
import { carrierAfterNotFound, type Detection, readDetection } from "./detection.ts";
import { NOT_FOUND_GRACE } from "./next-check.ts";
import type { WatchRules } from "./schedule-row.ts";

/** A parcel that whom we asked does not know. */
export interface Doubted {
  id: string;
  carrier: string | null;
  detection: unknown;
  createdAt: Date;
  /** Whom we asked: our id of a carrier or aggregator. */
  asked: string;
  /** Why it is no use to ask there: "not_found", "invalid_number", "not_supported". */
  reason: string;
}

const ASK_AGAIN_AFTER = 5 * 60_000;

/** No carrier has said a word about it. What Shopify shows says nothing of who carries it. */
export const UNHEARD_OF = { events: { none: { source: { in: ["poll", "push"] } } } };

interface Doubts {
  shopId: string;
  accounts: readonly ConnectedAccount[];
  doubted: readonly Doubted[];
}

/**
 * Where next with parcels without a single scan: to the next candidate among the carriers that can be asked, once; and when
 * there is none, to another account that can tell of the same carrier, an aggregator above all. Nobody is tried twice.
 */
export async function changeCarriers(
  tx: ShopTx,
  deps: { clock: Clock; watch: Pick<WatchRules, "pace">; carriers: CarrierDirectory },
  { shopId, accounts, doubted }: Doubts,
): Promise<void> {
  const now = deps.clock.now();
  const usable = accounts.filter((account) => account.status === "active");
  // An aggregator is somebody to ask, not somebody who carries.
  const askable = usable.map(({ carrier }) => carrier).filter((id) => deps.carriers.find(id)?.kind === "carrier");
  for (const parcel of doubted) {
    const next = nextCarrier(parcel, { askable, now }) ?? nextAsked(parcel, { usable, now, carriers: deps.carriers });
    if (!next) continue;
    const { count } = await tx.shipment.updateMany({
      where: { shopId, id: parcel.id, carrier: parcel.carrier, lifecycle: "active", ...UNHEARD_OF },
      data: {
        carrier: next.carrier,
        detection: next.detection,
        nextCheckAt: new Date(now.getTime() + ASK_AGAIN_AFTER / deps.watch.pace),
        ...{ stopReason: null, checkFailures: 0, checkProblem: Prisma.DbNull, updatedAt: now },
      },
    });
    if (count === 0) continue;
    const subject = { type: "shipment" as const, id: parcel.id };
    const data = { from: parcel.asked, to: next.asked, reason: parcel.reason };
    await recordActivity(tx, deps.clock, shopId, [
      { type: "shipment.carrier_changed", actor: "system", subject, data },
    ]);
  }
}

interface Next {
  carrier: string | null;
  asked: string;
  detection: Detection;
}

/** An aggregator's ignorance says nothing of the carrier, and neither does a service that it does not support. */
function nextCarrier(parcel: Doubted, { askable, now }: { askable: readonly string[]; now: Date }): Next | null {
  const { asked, carrier, reason } = parcel;
  if (reason !== "not_found" || asked !== carrier) return null;
  const age = now.getTime() - parcel.createdAt.getTime();
  const next = carrierAfterNotFound({ carrier, detection: readDetection(parcel.detection), askable, age });
  return next && { ...next, asked: next.carrier };
}

interface Choices {
  usable: readonly ConnectedAccount[];
  now: Date;
  carriers: CarrierDirectory;
}

/** "Not found" is normal in the first days; the other answers do not get better with time. */
function nextAsked(parcel: Doubted, { usable, now, carriers }: Choices): Next | null {
  const detection = readDetection(parcel.detection);
  const young = now.getTime() - parcel.createdAt.getTime() < NOT_FOUND_GRACE;
  if (detection.givenUp.some(({ asked }) => asked === parcel.asked)) return null;
  if (young && parcel.reason === "not_found") return null;
  const mark = { asked: parcel.asked, reason: parcel.reason, at: now.toISOString() };
  const without = { ...detection, givenUp: [...detection.givenUp, mark] };
  const choice = chooseAccount({ carrier: parcel.carrier, detection: without }, usable, carriers);
  if (choice.kind === "none" || without.givenUp.some(({ asked }) => asked === choice.carrier.id)) return null;
  return { carrier: parcel.carrier, asked: choice.carrier.id, detection: without };
}

/** Somebody who was given up knows the number after all: it is asked again, in its turn. */
export async function trustAgain(
  tx: ShopTx,
  { shopId, asked, parcels }: { shopId: string; asked: string; parcels: readonly { id: string; detection: unknown }[] },
): Promise<void> {
  for (const parcel of parcels) {
    const detection = readDetection(parcel.detection);
    const givenUp = detection.givenUp.filter((one) => one.asked !== asked);
    if (givenUp.length === detection.givenUp.length) continue;
    await tx.shipment.updateMany({ where: { shopId, id: parcel.id }, data: { detection: { ...detection, givenUp } } });
  }
}

import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";

export const MUTE_TYPES = ["parcel", "order", "customer", "tag"] as const;
export type MuteType = (typeof MUTE_TYPES)[number];

/** Something a merchant can silence, and whether it is. */
export interface MuteSubject {
  type: MuteType;
  id: string;
  muted: boolean;
}

/** Tags of one order that are offered to be silenced. */
const MAX_TAGS = 10;

/** What stands behind a message and can be silenced: its parcel, its order, the customer, the order's tags. */
export async function mutesOf(
  tx: ShopTx,
  about: {
    shopId: string;
    orderId: string | null;
    shipmentId: string | null;
    customerId: string | null;
    tags: readonly string[];
  },
): Promise<MuteSubject[]> {
  const one = (type: MuteType, id: string | null) => (id ? [{ type, id }] : []);
  const subjects = [
    ...one("parcel", about.shipmentId),
    ...one("order", about.orderId),
    ...one("customer", about.customerId),
    ...about.tags.slice(0, MAX_TAGS).flatMap((tag) => one("tag", tag)),
  ];
  const rows = await tx.mute.findMany({
    where: { shopId: about.shopId, subjectId: { in: subjects.map(({ id }) => id) } },
  });
  return subjects.map((subject) => ({
    ...subject,
    muted: rows.some(({ subjectType, subjectId }) => subjectType === subject.type && subjectId === subject.id),
  }));
}

/** Silences a subject, or lets it speak again. Muted parcels are still followed. */
export async function setMute(
  tx: ShopTx,
  clock: Clock,
  { shopId, actorId, type, id, muted }: { shopId: string; actorId: string } & MuteSubject,
): Promise<void> {
  const key = { shopId, subjectType: type, subjectId: id };
  const { count } = muted
    ? await tx.mute.createMany({ data: [{ ...key, createdBy: actorId, at: clock.now() }], skipDuplicates: true })
    : await tx.mute.deleteMany({ where: key });
  if (count === 0) return;
  await recordActivity(tx, clock, shopId, [
    { type: "messages.muted", actor: "staff", actorId, subject: { type, id }, data: { muted } },
  ]);
}

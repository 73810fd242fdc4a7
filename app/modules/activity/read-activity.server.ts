import type { ShopTx } from "#app/lib/db.server.ts";

/** One line of the audit trail. */
export interface ActivityEntry {
  id: string;
  at: Date;
  actor: string;
  type: string;
  data: Record<string, string | number | boolean | null>;
}

const SHOWN = 100;

/** The newest entries about one thing, newest first. */
export async function readActivity(
  tx: ShopTx,
  { shopId, subjectType, subjectId }: { shopId: string; subjectType: string; subjectId: string },
): Promise<ActivityEntry[]> {
  const rows = await tx.activity.findMany({
    where: { shopId, subjectType, subjectId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: SHOWN,
    select: { id: true, at: true, actor: true, type: true, data: true },
  });
  return rows.map((row) => ({ ...row, data: row.data as ActivityEntry["data"] }));
}

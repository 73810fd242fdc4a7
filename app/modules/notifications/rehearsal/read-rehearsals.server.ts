import type { ShopTx } from "#app/lib/db.server.ts";
import { rehearsalRequest } from "./rehearsal-request.ts";
import type { RehearsalSummary } from "./rehearsal-summary.ts";

export interface RehearsalView {
  id: string;
  /** queued | running | done | failed */
  state: string;
  of: "draft" | "published";
  from: Date;
  to: Date;
  ordersDone: number;
  ordersTotal: number | null;
  summary: RehearsalSummary | null;
  digest: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** The newest rehearsal, or the one with that id; null where there is none. */
export async function readRehearsal(tx: ShopTx, shopId: string, id?: string): Promise<RehearsalView | null> {
  const row = await tx.dryRun.findFirst({
    where: { shopId, ...(id ? { id } : {}) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  if (!row) return null;
  const { of, from, to } = rehearsalRequest.parse(row.asked);
  const { state, ordersDone, ordersTotal, digest, createdAt, finishedAt } = row;
  const summary = row.summary as RehearsalSummary | null;
  return { id: row.id, of, from, to, state, ordersDone, ordersTotal, summary, digest, createdAt, finishedAt };
}

export interface RehearsedFilter {
  kind?: string | undefined;
  /** `said` = sent, or waiting at the end. */
  outcome?: string | undefined;
  rule?: string | undefined;
  difference?: string | undefined;
  on?: string | undefined;
  person?: string | undefined;
}

export interface RehearsedLine {
  position: number;
  kind: string;
  channel: string;
  orderId: string;
  shipmentId: string | null;
  at: Date;
  outcome: string;
  rule: string | null;
  difference: string | null;
  audience: string;
  wait: string | null;
  decidedAt: string;
  evidence: Record<string, string | number | boolean | null>;
}

const PAGE = 50;

/** One page of what would have been sent or held back, in the order of its time. */
export async function listRehearsed(
  tx: ShopTx,
  { shopId, dryRunId, filter, page }: { shopId: string; dryRunId: string; filter: RehearsedFilter; page: number },
): Promise<{ lines: RehearsedLine[]; total: number; pages: number }> {
  const { person, outcome, ...rest } = filter;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const became = outcome ? { outcome: outcome === "said" ? { in: ["sent", "waiting"] } : outcome } : {};
  const where = { shopId, dryRunId, ...given, ...became, ...(person ? { personKey: person } : {}) };
  const total = await tx.dryRunMessage.count({ where });
  const rows = await tx.dryRunMessage.findMany({
    where,
    orderBy: [{ at: "asc" }, { position: "asc" }],
    skip: page * PAGE,
    take: PAGE,
  });
  const lines = rows.map(({ decision, ...row }): RehearsedLine => {
    const about = decision as unknown as Pick<RehearsedLine, "audience" | "wait" | "evidence" | "decidedAt">;
    const { position, kind, channel, orderId, shipmentId, at, outcome, rule, difference } = row;
    const { audience, wait, evidence, decidedAt } = about;
    return {
      ...{ position, kind, channel, orderId, shipmentId, at, outcome, rule, difference },
      ...{ audience, wait, evidence, decidedAt },
    };
  });
  return { lines, total, pages: Math.max(1, Math.ceil(total / PAGE)) };
}

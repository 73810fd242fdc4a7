import type { ShopTx } from "#app/lib/db.server.ts";
import { type DnsRecord, type DomainState, readRecords, readState } from "./domains/sender-domain.ts";
import { warmUpDay, warmUpLimit } from "./domains/warm-up.ts";

export interface ListedDomain {
  id: string;
  name: string;
  region: string;
  state: DomainState;
  /** `lost` or `gone`: it was verified once. */
  problem: string | null;
  records: DnsRecord[];
  checkedAt: Date | null;
  /** How it stands with its first days; the limit is null when it is warm. */
  warmUp: {
    day: number;
    limit: number | null;
    sentToday: number;
    started: boolean;
    established: boolean;
    overflow: boolean;
    /** Mails on the first day, by what is chosen. */
    firstDay: { fresh: number; established: number };
  };
}

/** The shop's sender domains, the oldest first. `today` is a civil date (UTC). */
export async function listSenderDomains(tx: ShopTx, shopId: string, today: string): Promise<ListedDomain[]> {
  const rows = await tx.senderDomain.findMany({
    where: { shopId },
    orderBy: { createdAt: "asc" },
    include: { days: { where: { on: today } } },
    take: 20,
  });
  return rows.map(
    ({ id, name, region, status, problem, records, checkedAt, warmFrom, established, overflow, days }) => ({
      ...{ id, name, region, problem, checkedAt },
      state: readState(status),
      records: readRecords(records),
      warmUp: {
        day: warmUpDay(warmFrom, today),
        limit: warmUpLimit(warmFrom, today, established),
        sentToday: days[0]?.sent ?? 0,
        started: warmFrom !== null,
        ...{ established, overflow },
        firstDay: {
          fresh: warmUpLimit(null, today) ?? 0,
          established: warmUpLimit(null, today, true) ?? 0,
        },
      },
    }),
  );
}

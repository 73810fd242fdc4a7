import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import type { NewEvent } from "./recording-store.server.ts";
import { MAPPED } from "./stored-event.ts";

/** How a scan is read: the part of its row that a mapping decides. */
export interface Reading {
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  rule: string;
}

interface Mapping {
  carrier: string;
  code: string;
  status: string;
  subStatus: string | null;
}

/** The rule names the code, so that the parcel's page can say who read it and by what. */
export function readingOf({ code, status, subStatus }: Omit<Mapping, "carrier">): Reading {
  return { status: status as ShipmentStatus, subStatus: subStatus as SubStatus | null, rule: MAPPED + code };
}

/** Scans with codes that only the merchant has explained, read as they say. Asks nothing while every code is known. */
export async function readByMappings(tx: ShopTx, shopId: string, rows: readonly NewEvent[]): Promise<NewEvent[]> {
  const codes = rows.flatMap(({ event }) => (event.unknownCode && event.code !== null ? [event.code] : []));
  if (codes.length === 0) return [...rows];
  const mappings = await tx.codeMapping.findMany({
    where: { shopId, code: { in: [...new Set(codes)] }, removedAt: null },
    select: { carrier: true, code: true, status: true, subStatus: true },
  });
  if (mappings.length === 0) return [...rows];
  const readings = new Map(mappings.map((mapping) => [keyOf(mapping), readingOf(mapping)]));
  return rows.map(({ shipmentId, event }) => {
    const reading = event.unknownCode ? readings.get(keyOf(event)) : undefined;
    return { shipmentId, event: reading ? { ...event, ...reading } : event };
  });
}

function keyOf({ carrier, code }: { carrier: string; code: string | null }): string {
  return `${carrier}:${code ?? ""}`;
}

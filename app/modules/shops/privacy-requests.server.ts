import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";

export interface PrivacyRequestView {
  id: string;
  kind: string;
  state: string;
  receivedAt: Date;
  completedAt: Date | null;
  downloadable: boolean;
}

interface RequestKey {
  shopId: string;
  id: string;
}

/** The shop's privacy requests, newest first, for the settings page. */
export async function listPrivacyRequests(tx: ShopTx, shopId: string): Promise<PrivacyRequestView[]> {
  const rows = await tx.privacyRequest.findMany({ where: { shopId }, orderBy: { id: "desc" }, take: 100 });
  return rows.map(({ id, kind, state, receivedAt, completedAt, exportSealed }) => ({
    id,
    kind,
    state,
    receivedAt,
    completedAt,
    downloadable: exportSealed !== null,
  }));
}

/** The collected data of one request as a JSON document, for the merchant to hand on; null when there is none. */
export async function readPrivacyExport(tx: ShopTx, keys: KeyRing, key: RequestKey): Promise<string | null> {
  const row = await tx.privacyRequest.findUnique({ where: { shopId_id: key }, select: { exportSealed: true } });
  return row?.exportSealed ? keys.open(row.exportSealed, exportContext(key)) : null;
}

export function sealExport(keys: KeyRing, key: RequestKey, json: string): string {
  return keys.seal(json, exportContext(key));
}

function exportContext({ shopId, id }: RequestKey) {
  return { shopId, field: `privacy_request.${id}.export` };
}

import type { ShopTx } from "#app/lib/db.server.ts";
import type { TrackingInfo } from "#app/modules/orders/snapshot.ts";
import type { ConnectedAccount, DetectedCarrier } from "./carrier-access.ts";
import { readCarrierHistory } from "./read-carrier-history.server.ts";
import type { SyncDeps } from "./sync-deps.ts";

interface Question {
  shopId: string;
  numbers: readonly TrackingInfo[];
  accounts: readonly ConnectedAccount[];
}

interface Found {
  info: TrackingInfo;
  detected: DetectedCarrier;
}

/** Who may carry these parcels. The shop's history is read only where Shopify and the number leave a doubt. */
export async function detectAll(
  tx: ShopTx,
  { clock, carriers }: Pick<SyncDeps, "clock" | "carriers">,
  { shopId, numbers, accounts }: Question,
): Promise<Found[]> {
  const connectedCarriers = accounts.filter((account) => account.status === "active").map((account) => account.carrier);
  const inputs = numbers.map((info) => {
    return { info, input: { trackingNumber: info.number, company: info.company, url: info.url, connectedCarriers } };
  });
  const found = inputs.map(({ info, input }) => ({ info, input, detected: carriers.detect(input) }));
  if (found.every(({ detected }) => isCertain(detected))) return found;
  const history = await readCarrierHistory(tx, { shopId, now: clock.now() });
  return found.map(({ info, input, detected }) => {
    return { info, detected: isCertain(detected) ? detected : carriers.detect({ ...input, history }) };
  });
}

function isCertain({ reason, candidates }: DetectedCarrier): boolean {
  if (reason === "company" || reason === "url") return true;
  return reason === "pattern" && candidates[0]?.strength === "strong";
}

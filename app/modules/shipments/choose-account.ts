import type { Carrier } from "#app/modules/carriers/carrier.ts";
import type { CarrierDirectory, ConnectedAccount } from "./carrier-access.ts";

export type AccountChoice =
  { kind: "ask"; account: ConnectedAccount; carrier: Carrier } | { kind: "none"; reason: "no_account" | "auth_failed" };

/**
 * Whom to ask about a parcel: an account with its own carrier first, then an aggregator, each in the merchant's order of
 * priority. Where only refused accounts would fit, that is the reason shown.
 */
export function chooseAccount(
  carrierId: string | null,
  accounts: readonly ConnectedAccount[],
  directory: CarrierDirectory,
): AccountChoice {
  const fitting = accounts
    .map((account) => ({ account, carrier: directory.find(account.carrier) }))
    .filter((pair): pair is { account: ConnectedAccount; carrier: Carrier } => {
      return pair.carrier !== null && (pair.carrier.id === carrierId || pair.carrier.kind === "aggregator");
    })
    .sort(
      (a, b) =>
        Number(b.carrier.id === carrierId) - Number(a.carrier.id === carrierId) || compare(a.account, b.account),
    );
  const usable = fitting.find(({ account }) => account.status === "active");
  if (usable) return { kind: "ask", ...usable };
  const refused = fitting.some(({ account }) => account.status === "auth_failed");
  return { kind: "none", reason: refused ? "auth_failed" : "no_account" };
}

function compare(a: ConnectedAccount, b: ConnectedAccount): number {
  return a.priority - b.priority || (a.id < b.id ? -1 : 1);
}

export interface AccountBatch<Parcel> {
  account: ConnectedAccount;
  carrier: Carrier;
  parcels: Parcel[];
}

export interface Assignment<Parcel> {
  batches: AccountBatch<Parcel>[];
  unasked: { parcel: Parcel; reason: "no_account" | "auth_failed" }[];
}

/** Groups parcels by the account that is asked, in batches as large as the carrier takes. */
export function assignAccounts<Parcel extends { carrier: string | null }>(
  parcels: readonly Parcel[],
  accounts: readonly ConnectedAccount[],
  directory: CarrierDirectory,
): Assignment<Parcel> {
  const open = new Map<string, AccountBatch<Parcel>>();
  const assignment: Assignment<Parcel> = { batches: [], unasked: [] };
  for (const parcel of parcels) {
    const choice = chooseAccount(parcel.carrier, accounts, directory);
    if (choice.kind === "none") {
      assignment.unasked.push({ parcel, reason: choice.reason });
      continue;
    }
    let batch = open.get(choice.account.id);
    if (!batch || batch.parcels.length >= choice.carrier.limits.batchSize) {
      batch = { account: choice.account, carrier: choice.carrier, parcels: [] };
      open.set(choice.account.id, batch);
      assignment.batches.push(batch);
    }
    batch.parcels.push(parcel);
  }
  return assignment;
}

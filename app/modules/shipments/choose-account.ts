import type { Carrier } from "#app/modules/carriers/carrier.ts";
import type { CarrierDirectory, ConnectedAccount } from "./carrier-access.ts";
import { readDetection } from "./detection.ts";

export type AccountChoice =
  { kind: "ask"; account: ConnectedAccount; carrier: Carrier } | { kind: "none"; reason: "no_account" | "auth_failed" };

/** A parcel as far as it matters for whom to ask. */
export interface Askable {
  carrier: string | null;
  /** How its carrier was found, and who has been given up; as stored. */
  detection?: unknown;
}

/**
 * Whom to ask about a parcel, in the merchant's order of priority: an account with its own carrier, or an aggregator. The
 * own carrier goes first where they are alike, so an aggregator goes first only if the merchant puts it there. Who does
 * not know the number comes last. Where only refused accounts would fit, that is the reason shown.
 */
export function chooseAccount(
  parcel: Askable,
  accounts: readonly ConnectedAccount[],
  directory: CarrierDirectory,
): AccountChoice {
  const givenUp = readDetection(parcel.detection).givenUp.map(({ asked }) => asked);
  const rank = ({ account, carrier }: Fitting) => [
    Number(givenUp.includes(carrier.id)),
    account.priority,
    Number(carrier.id !== parcel.carrier),
  ];
  const fitting = accounts
    .map((account) => ({ account, carrier: directory.find(account.carrier) }))
    .filter((pair): pair is Fitting => {
      return pair.carrier !== null && (pair.carrier.id === parcel.carrier || pair.carrier.kind === "aggregator");
    })
    .sort((a, b) => compare(rank(a), rank(b)) || (a.account.id < b.account.id ? -1 : 1));
  const usable = fitting.find(({ account }) => account.status === "active");
  if (usable) return { kind: "ask", ...usable };
  const refused = fitting.some(({ account }) => account.status === "auth_failed");
  return { kind: "none", reason: refused ? "auth_failed" : "no_account" };
}

interface Fitting {
  account: ConnectedAccount;
  carrier: Carrier;
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.reduce((order, value, index) => order || value - (b[index] ?? 0), 0);
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
export function assignAccounts<Parcel extends Askable>(
  parcels: readonly Parcel[],
  accounts: readonly ConnectedAccount[],
  directory: CarrierDirectory,
): Assignment<Parcel> {
  const open = new Map<string, AccountBatch<Parcel>>();
  const assignment: Assignment<Parcel> = { batches: [], unasked: [] };
  for (const parcel of parcels) {
    const choice = chooseAccount(parcel, accounts, directory);
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

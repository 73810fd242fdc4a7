import type { ShopTx } from "#app/lib/db.server.ts";
import type { Carrier, CarrierError, CarrierSession } from "#app/modules/carriers/carrier.ts";
import type { CarrierHistory } from "#app/modules/carriers/number-shape.ts";

/** A shop's account with a carrier or aggregator, without its secrets. */
export interface ConnectedAccount {
  id: string;
  /** Our carrier id: "ups", "easypost". */
  carrier: string;
  status: "active" | "auth_failed" | "disabled";
  /** Lower goes first. */
  priority: number;
}

export type SessionOpening =
  | {
      kind: "open";
      session: CarrierSession;
      /** Stands for the credentials that the session was opened with; says nothing to anybody else. */
      openedWith?: string;
    }
  /** The account was removed, disabled, or refused meanwhile; or its credentials cannot be read any more. */
  | { kind: "unusable"; reason: string };

/**
 * What shipments need from a shop's carrier accounts. Given by the composition root: the watch knows neither how
 * credentials are kept nor how a token is fetched.
 */
export interface CarrierAccess {
  /** Every account of the shop, unusable ones included, in order of priority. Reads inside the caller's transaction. */
  accountsFor(tx: ShopTx, shopId: string): Promise<ConnectedAccount[]>;
  /** Opens a session for one call; called outside any transaction. A fresh `requestId` each time. */
  openSession(shopId: string, accountId: string): Promise<SessionOpening>;
  /**
   * The carrier refused the credentials: the account becomes `auth_failed` with the reason and the audit trail says so
   * (`carrier_account.failed`), once, in a transaction of its own. An account that is not active stays as it is.
   * `openedWith` of the refused session: false means that the credentials have been replaced since, and that the refusal
   * says nothing of the new ones.
   */
  markAuthFailed(shopId: string, accountId: string, error: CarrierError, openedWith?: string): Promise<boolean>;
}

/** A carrier that a number may belong to, best first in a list. */
export interface DetectionCandidate {
  carrier: string;
  /** "strong" | "medium" | "weak" and the like; shown, never decided on here. */
  strength: string;
}

export interface DetectionInput {
  trackingNumber: string;
  company: string | null;
  url: string | null;
  connectedCarriers: readonly string[];
  /** Which carriers the shop's parcels turned out to be with; settles what the number leaves open. */
  history?: CarrierHistory;
}

export interface DetectedCarrier {
  /** Null while it is not certain enough. */
  carrier: string | null;
  /** How it was found: "company", "url", "connected", "history", "pattern", "none". */
  reason: string;
  candidates: readonly DetectionCandidate[];
}

/** The registry and the detector of `carriers`, as shipments use them. */
export interface CarrierDirectory {
  find(carrierId: string): Carrier | null;
  detect(input: DetectionInput): DetectedCarrier;
}

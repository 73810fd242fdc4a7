import type { Clock } from "#app/lib/clock.ts";
import type { ShipmentStatus, SubStatus } from "./status.ts";

/**
 * A moment as a carrier tells it. `local` is the wall clock as written (`YYYY-MM-DDTHH:mm:ss`, or `YYYY-MM-DD` when only
 * a date was given); `offset` is `±HH:MM` when the answer states one; `utc` (`…Z`) is the instant if, and only if, it can
 * be known. `inferred: true` marks an instant whose zone came from the place of the scan and not from the carrier.
 */
export interface CarrierTime {
  local: string;
  offset: string | null;
  utc: string | null;
  inferred?: true;
  /** Zone label sent by the carrier that cannot be turned into an offset safely ("EST" in July). */
  zoneName?: string;
}

/**
 * The carrier's own idea of the arrival: an instant, a civil date (`YYYY-MM-DD`), or a window; some tell an instant and a
 * window. `hours` is the time of day on that date as the carrier writes it, where it cannot be made a moment.
 */
export type EstimatedDelivery =
  { at: CarrierTime } | { date: string; hours?: { from: string; to: string } } | { from: CarrierTime; to: CarrierTime };

/** One scan in our normal form. */
export interface CarrierEvent {
  /** Null when the carrier gave no readable time at all. */
  at: CarrierTime | null;
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  /** The carrier's code as sent (after trimming); null when it sent none. */
  code: string | null;
  /** The carrier's words, control characters removed, at most 500 characters. Third-party text: escape before showing. */
  description: string | null;
  /** "CITY, REGION, ZIP, COUNTRY" with absent parts left out, at most 200 characters. */
  location: string | null;
  /** ISO 3166-1 alpha-2 of the scan, when the carrier states it. */
  countryCode: string | null;
  /** True when the code is in no table: `status` is then `unknown`, and operators see the code in a list. */
  unknownCode: boolean;
  /** Which rule decided the status: "code:DL", "type:D", "text:delivered", "none". */
  rule: string;
  /** Position in the carrier's own chronological order (0 = oldest), for scans without an instant. */
  sequence: number;
  /** The piece of the answer this event was read from, bounded; shown on demand, never parsed again. */
  raw: unknown;
}

export interface CarrierShipment {
  trackingNumber: string;
  /** Reduced by the adapter: the carrier's top-level status where it is a code with a published meaning, else from events. */
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  /** The carrier's top-level status where it is published and authoritative; null when the events decide. */
  topLevelStatus: { status: ShipmentStatus; subStatus: SubStatus | null; code: string } | null;
  deliveredAt: CarrierTime | null;
  estimatedDelivery: EstimatedDelivery | null;
  /** The date promised at purchase of the service, where the carrier states one. */
  promisedDelivery: EstimatedDelivery | null;
  service: string | null;
  /** Name of the carrier behind an aggregator, as sent. */
  underlyingCarrier: string | null;
  /** Our id of that carrier, where its name or code is one that we know. */
  underlyingCarrierId: string | null;
  /** Distinguishes shipments that reuse one number. */
  carrierUniqueId: string | null;
  /** Other numbers the carrier names for the same parcel (partner hand-over). */
  alternateNumbers: string[];
  /** Number of parcels in the carrier's shipment, when stated. */
  pieceCount: number | null;
  /** Chronological order is NOT promised: the fold sorts. Exact duplicates are removed. */
  events: CarrierEvent[];
}

export type CarrierErrorKind =
  | "not_found"
  | "invalid_number"
  | "invalid_request"
  | "auth"
  | "rate_limited"
  | "server"
  | "not_supported"
  | "conflict"
  | "not_registered"
  | "unreadable"
  | "unknown";

/**
 * `key`: key, secret or password are wrong. `scope`: the key is right but may not track. `account`: the account or customer
 * number does not belong to the key. `ip`: calls from our addresses are not allowed. `plan`: not paid for, or used up.
 */
export type CredentialCause = "key" | "scope" | "account" | "ip" | "plan";

export interface CarrierError {
  kind: CarrierErrorKind;
  /** Whether trying again later makes sense without human action. */
  retryable: boolean;
  /** Plain words, safe to show a merchant, at most 300 characters. */
  message: string;
  carrierCode?: string;
  /** What exactly is wrong with the account, where the answer tells; shown in words by *Test connection*. */
  cause?: CredentialCause;
  /** Set when one number inside a good answer was refused. */
  trackingNumber?: string;
  retryAfterSeconds?: number;
}

/** What reading one raw answer gives; reading never throws. */
export interface CarrierReading {
  shipments: CarrierShipment[];
  errors: CarrierError[];
}

/** A raw answer or webhook body. Adapters decode and bound it themselves; bad UTF-8 is an `unreadable` error. */
export interface RawAnswer {
  body: Uint8Array | string;
  httpStatus?: number;
  headers?: Readonly<Record<string, string>>;
}

export interface CredentialField {
  name: string;
  /** Translation key suffix under `carriers.<id>.fields`. */
  secret: boolean;
  required: boolean;
  maxLength: number;
}

export type Credentials = Readonly<Record<string, string>>;

/** Declared by data so that the watch schedule can respect contracts without knowing the carrier. */
export interface CarrierLimits {
  /** Numbers per request. */
  batchSize: number;
  requestsPerSecond: number | null;
  requestsPerDay: number | null;
  /** Questions per parcel and UTC day that the contract allows. */
  perParcelPerDay: number | null;
  /** After a clean "not found": ask on, or stop because the terms ask for it. */
  stopOnNotFound: boolean;
  /** Requests of an account per clock hour; absent = no such term. */
  requestsPerHour?: number;
  /** Fetching a token counts as a request of the hour. */
  tokenCallsCount?: true;
  /** No question after the delivery was seen: not even the one that confirms it. */
  silentAfterDelivery?: true;
  /** Days after dispatch from which on nobody may ask about a parcel any more. */
  askForDays?: number;
  /** Where the figures come from. */
  source: string;
}

/** The HTTP the adapters are given: bounded, timed, budgeted and logged by `lib/http.server.ts`; never throws for a status. */
export interface CarrierHttp {
  request(request: CarrierRequest): Promise<CarrierResponse>;
}

export interface CarrierRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface CarrierResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** OAuth tokens are cached per account behind a lock, because token calls are limited too. */
export interface TokenCache {
  get(fetchToken: () => Promise<{ token: string; expiresInSeconds: number }>): Promise<string>;
  /** Called after a 401: the next `get` fetches anew. */
  invalidate(): Promise<void>;
}

export interface CarrierSession {
  credentials: Credentials;
  http: CarrierHttp;
  tokens: TokenCache;
  /** Overrides the carrier's public base URL (its test host, or the sandbox). */
  baseUrl?: string;
  /** A fresh id per call, for carriers that demand a transaction id. */
  requestId: string;
  /** For carriers whose signature covers the moment of the call; the system's clock when left out. */
  clock?: Clock;
}

export interface TrackRequest {
  trackingNumber: string;
  /** For numbers that an aggregator needs a carrier for. */
  carrierHint?: string | null;
  postalCode?: string | null;
}

/** Verifies a push with the account's secret on the raw bytes; pure, constant-time. */
export interface PushVerification {
  body: Uint8Array;
  headers: Readonly<Record<string, string>>;
  /** Every live secret of the account (two during a rotation). */
  secrets: readonly string[];
  /** For carriers that sign with something of their own, which the merchant has typed in ("apiKey", "webhookSecret"). */
  credentials?: Credentials;
}

export interface CarrierPush {
  verify(input: PushVerification): boolean;
  /** Stable key of one delivery for de-duplication; null = hash of the body. */
  deliveryKey(input: { body: Uint8Array; headers: Readonly<Record<string, string>> }): string | null;
  read(answer: RawAnswer): CarrierReading;
  /** Days that a subscription of a number lasts; without `subscribe` there is none. */
  subscriptionDays?: number;
  /**
   * Subscribes up to 100 numbers to pushes where the carrier demands it per number. Safe to repeat. An error with a
   * `trackingNumber` is about that number alone, and the others were taken.
   */
  subscribe?(
    session: CarrierSession,
    numbers: readonly TrackRequest[],
    callback: PushCallback,
  ): Promise<CarrierError | null>;
}

export interface PushCallback {
  url: string;
  secret: string;
}

export interface Carrier {
  /** Stable id, also the folder name of its fixtures: "ups", "fedex", "easypost". */
  id: string;
  /** Shown to merchants and shoppers. */
  displayName: string;
  kind: "carrier" | "aggregator";
  /** Exact spelling Shopify links to (`trackingInfo.company`); null for aggregators. */
  shopifyCompany: string | null;
  baseUrl: string;
  limits: CarrierLimits;
  credentialFields: readonly CredentialField[];
  /** Public page where a shopper can look a number up; null when there is none. */
  trackingPage(trackingNumber: string): string | null;
  /** Pure: bytes in, normal form out. Never throws. */
  read(answer: RawAnswer): CarrierReading;
  /** Asks for up to `limits.batchSize` numbers. Network faults throw; everything the carrier says is in the reading. */
  track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading>;
  /** One cheap call that tells a merchant exactly what is wrong with the credentials; null = they work. */
  testConnection(session: CarrierSession): Promise<CarrierError | null>;
  push?: CarrierPush;
}

/** One webhook as it came in, already verified: who sent it, what makes it unique, and its bytes. Knows nothing of HTTP. */
export interface NewDelivery {
  owner: DeliveryOwner;
  /** "shopify", or a carrier's id. */
  source: string;
  /** Shopify's topic ("orders/create"), or "push" for carriers. */
  topic: string;
  /** Unique within shop, source and topic: the same delivery repeated carries the same key. */
  deliveryKey: string;
  /** One action at the sender; several topics share it. Kept for tracing. */
  eventId: string | null;
  /** The carrier account whose address was called. */
  accountId: string | null;
  apiVersion: string | null;
  triggeredAt: Date | null;
  /** Only what a parser needs: never signatures or tokens. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  receivedAt: Date;
}

/** Shopify names a shop by domain, which may be unknown to us yet; a carrier's address belongs to a shop of ours. */
export type DeliveryOwner = { domain: string } | { shopId: string };

/** What became of a request that wants to hand in a delivery. */
export type AcceptOutcome =
  | { kind: "accepted" }
  /** Known already: nothing to do, and nothing wrong. */
  | { kind: "duplicate" }
  /** The signature does not fit the bytes. */
  | { kind: "unauthorised" }
  /** Not a webhook at all: headers missing or senseless. */
  | { kind: "malformed"; reason: string }
  | { kind: "too_large" }
  /** Only POST is answered here. */
  | { kind: "wrong_method" }
  /** Nobody lives at this address. */
  | { kind: "not_found" }
  /** It could not be stored: the sender must repeat it. */
  | { kind: "unavailable" };

/** A stored delivery, read and decoded, as a topic's handler gets it. */
export interface Delivery {
  id: string;
  shopId: string;
  source: string;
  topic: string;
  accountId: string | null;
  eventId: string | null;
  triggeredAt: Date | null;
  receivedAt: Date;
  headers: Readonly<Record<string, string>>;
  /** The bytes as they came. */
  body: Uint8Array;
}

/** What handling a delivery came to; faults are thrown. */
export type DeliveryOutcome = { kind: "applied" } | { kind: "ignored"; reason: string };

/** Bytes of one webhook at most: Shopify's largest orders stay far below. */
export const MAX_DELIVERY_BYTES = 2_000_000;

/** Where a parcel starts, passes or ends. `zone` is an IANA zone, so that local times follow daylight saving. */
export interface Place {
  city: string;
  /** State or province as carriers write it ("NY"); empty where a country has none. */
  region: string;
  zip: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  zone: string;
}

export const SCENARIOS = [
  "on_time",
  "delayed_weather",
  "attempted_then_delivered",
  "pickup_point",
  "returned",
  "lost",
  "customs",
  "label_only",
  "unknown_number",
  "two_pieces",
  "lost_confirmed",
  "held_back",
  "handed_to_partner",
  "recycled_number",
  "wrong_carrier",
] as const;

export type Scenario = (typeof SCENARIOS)[number];

/** A key of `carriers/sandbox-carriers.ts`. */
export type SandboxCarrierId = string;

export interface SandboxParcel {
  trackingNumber: string;
  /** Whose server answers for the number. */
  carrierId: SandboxCarrierId;
  /** The company as Shopify spells it in `trackingInfo.company`; behind the aggregator this is the underlying carrier. */
  company: string;
  scenario: Scenario;
  /** The instant the label was made (ISO, UTC). */
  createdAt: string;
  /** 1 = natural days; see `DEMO_SPEED` for the live demo. */
  speed: number;
  origin: Place;
  destination: Place;
  /** Sent by the quicker of the carrier's services. */
  express?: boolean;
  /** All tracking numbers of the shipment, this one included, when it has several pieces. */
  pieces?: readonly string[];
}

/** With this speed the journey of an undisturbed parcel (72 natural hours) takes one minute. */
export const DEMO_SPEED = 72 * 60;

export const SCAN_KINDS = [
  "label",
  "accepted",
  "departed",
  "arrived",
  "arrived_destination",
  "customs_held",
  "customs_cleared",
  "weather_delay",
  "out_for_delivery",
  "attempted",
  "available_for_pickup",
  "collected",
  "refused",
  "returning",
  "returned",
  "handed_over",
  "declared_lost",
  "delivered",
] as const;

export type ScanKind = (typeof SCAN_KINDS)[number];

/** One scan of the journey, as the world knows it; the carriers' servers translate it into their own words. */
export interface Scan {
  /** 0 = oldest. */
  sequence: number;
  kind: ScanKind;
  /** The instant, whole seconds, UTC (`…Z`). */
  at: string;
  /** Wall clock at the place of the scan, `YYYY-MM-DDTHH:mm:ss`. */
  local: string;
  /** Offset at that place and instant, `±HH:MM`. */
  offset: string;
  place: Place;
}

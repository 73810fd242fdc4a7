import type { ShipmentStatus } from "#app/modules/carriers/status.ts";

/**
 * How much a visitor has proven. `number`: knows a tracking number, sees status and dates. `order`: knows the order and
 * its e-mail address, or holds the link from a mail: items and the town as well. `customer`: is signed in as the buyer.
 */
export type ViewTier = "number" | "order" | "customer";

/** Four steps every shopper understands; what the eleven statuses mean in them. */
export const STEPS = ["ordered", "shipped", "out", "delivered"] as const;

const STEP_OF: Readonly<Record<ShipmentStatus, number>> = {
  unknown: 1,
  pre_transit: 1,
  in_transit: 2,
  exception: 2,
  return_to_sender: 2,
  expired: 2,
  cancelled: 1,
  out_for_delivery: 3,
  delivery_attempted: 3,
  available_for_pickup: 3,
  delivered: 4,
};

export interface ViewEvent {
  /** Civil date at the place of the scan, `YYYY-MM-DD`, or null. */
  date: string | null;
  /** `HH:MM` at the place of the scan, or null. */
  time: string | null;
  zone: "carrier" | "inferred" | "unknown";
  status: ShipmentStatus;
  /** The carrier's words; escape before showing. */
  description: string | null;
  location: string | null;
}

export interface ViewParcel {
  index: number;
  count: number;
  status: ShipmentStatus;
  /** 1 to 4 */
  step: number;
  /** True when the parcel needs the shopper's attention or is not coming. */
  troubled: boolean;
  carrierName: string | null;
  trackingNumber: string;
  /** The carrier's public page for this number. */
  carrierUrl: string | null;
  /** The link the shop gave; it may carry a postal code. */
  shopUrl: string | null;
  expected: string | null;
  /** Local date and time of the delivery as the carrier wrote it. */
  deliveredLocal: string | null;
  lastCheckAt: Date | null;
  /** The carrier could not be asked at the last try. */
  stale: boolean;
  events: ViewEvent[];
  items: ViewItem[];
}

export interface ViewItem {
  title: string;
  variant: string | null;
  quantity: number;
  imageUrl: string | null;
}

export interface TrackingView {
  tier: ViewTier;
  /** Null in the tier `number`: an order's name is not told to somebody who knows a number only. */
  orderName: string | null;
  cancelled: boolean;
  /** Town and region; null in the tier `number`. */
  destination: string | null;
  parcels: ViewParcel[];
  /** Items without a parcel yet; empty in the tier `number`. */
  unshipped: ViewItem[];
  /** Subjects of messages sent, newest first; only for the signed-in buyer. */
  messages: { subject: string; sentAt: Date }[];
}

/** The step of the progress bar, 1 to 4. */
export function stepOf(status: ShipmentStatus): number {
  return STEP_OF[status];
}

export function isTroubled(status: ShipmentStatus): boolean {
  return status === "exception" || status === "return_to_sender" || status === "cancelled" || status === "expired";
}

/** Takes out of a view whatever its tier must not see: the one place where privacy is cut. */
export function redactView(view: TrackingView): TrackingView {
  if (view.tier === "customer") return view;
  if (view.tier === "order") return { ...view, messages: [] };
  return {
    ...view,
    orderName: null,
    destination: null,
    unshipped: [],
    messages: [],
    parcels: view.parcels.map((parcel) => ({
      ...parcel,
      shopUrl: null,
      items: [],
      events: parcel.events.map((event) => ({ ...event, location: null, description: null })),
    })),
  };
}

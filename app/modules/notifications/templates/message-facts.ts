import type { Locale } from "#app/lib/i18n.ts";

/** One line of an order as a message shows it. */
export interface ItemFacts {
  title: string;
  variant_title: string | null;
  sku: string | null;
  quantity: number;
  /** Formatted in the order's currency. */
  price: string | null;
  image_url: string | null;
}

/** One parcel as a message shows it; every text is in the reader's language, and carrier words are masked. */
export interface ParcelFacts {
  tracking_number: string;
  tracking_url: string;
  carrier: string;
  service: string | null;
  /** One of the eleven, and in words. */
  status: string;
  /** `nobody_home`, `customs_hold`, `lost` …: the detail beside the status; empty when there is none. */
  sub_status: string;
  status_text: string;
  /** Civil dates YYYY-MM-DD at the destination. */
  expected_on: string | null;
  expected_from: string | null;
  promised_on: string | null;
  delivered_on: string | null;
  /** The date or window in words; never in the past; empty when nobody knows. */
  expected: string;
  /** The last day of it as short as can be read ("24 Nov"), for texts that are paid by length; empty when nobody knows. */
  expected_short: string;
  days_late: number | null;
  /** Why it is late or where it is stuck, from the phrase catalogue; empty when unknown. */
  reason: string;
  /** When we look at it again, as a sentence; empty when nothing is planned. */
  next_update: string;
  /** Where it was seen last, unless masked. */
  last_place: string;
  origin_place: string;
  destination_place: string;
  /** 0 = label, 1 = shipped, 2 = on the way, 3 = out for delivery, 4 = delivered. */
  step: number;
  index: number;
  count: number;
  items: ItemFacts[];
}

/**
 * The variables of a message: a plain tree, made for each message, in which nothing but this can be reached by a
 * template. Names follow Shopify's notification templates where they have one, so that texts can be brought along.
 */
export interface MessageFacts {
  kind: string;
  locale: Locale;
  shop: { name: string; url: string; email: string; support_email: string; support_url: string; address: string };
  brand: { logo_url: string; colour: string; on_colour: string };
  order: {
    name: string;
    created_at: string;
    /** Formatted. */
    total_price: string;
    item_count: number;
    shipping_method: string;
    order_status_url: string;
  };
  customer: { first_name: string };
  shipping_address: { name: string; city: string; province: string; zip: string; country: string };
  /** The parcel this message is about; the first one where it is about the order. */
  parcel: ParcelFacts;
  parcels: ParcelFacts[];
  line_items: ItemFacts[];
  /** The same parcel under the names that Shopify's templates use. */
  fulfillment: {
    tracking_number: string;
    tracking_url: string;
    tracking_company: string;
    estimated_delivery_at: string;
  };
  links: { tracking: string; support: string; feedback: string; unsubscribe: string; preferences: string };
  promo: { heading: string; text: string; code: string; url: string; image_url: string } | null;
  recommendations: { title: string; url: string; image_url: string; price: string }[];
  /** Discrepancies, refunds and labels of a return; null for every other kind. */
  return: { name: string; status_text: string; label_url: string; refund: string; note: string } | null;
}

import type { Locale } from "#app/lib/i18n.ts";
import type { ItemFacts, MessageFacts, ParcelFacts } from "#app/modules/notifications/templates/message-facts.ts";

const ITEM: ItemFacts = {
  title: "Merino base layer",
  variant_title: "L / forest green",
  sku: "MBL-L-FG",
  quantity: 2,
  price: "129.00",
  image_url: null,
};

const LINK = "https://www.nordic-outdoor.example/a/t/Ab3dE5gH1jK";

function parcel(locale: Locale, changes: Partial<ParcelFacts>): ParcelFacts {
  const day = new Date("2026-09-23T12:00:00Z");
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(day);
  return {
    tracking_number: "003404341234567890",
    tracking_url: LINK,
    carrier: "Australia Post Intl",
    service: "Express",
    status: "in_transit",
    sub_status: "",
    status_text: "On its way",
    expected_on: "2026-09-23",
    expected_from: null,
    promised_on: "2026-09-19",
    delivered_on: null,
    expected: format({ weekday: "long", day: "numeric", month: "long" }),
    expected_short: format({ day: "numeric", month: "short" }),
    days_late: 4,
    reason: "Bad weather",
    next_update: "",
    last_place: "Leipzig, Germany",
    origin_place: "Hamburg, Germany",
    destination_place: "Munich, Germany",
    step: 2,
    index: 10,
    count: 12,
    items: [ITEM],
    ...changes,
  };
}

/** Everything a text may use, with data as long as a real shop has; `changes` are of the parcel. */
export function longFacts(locale: Locale, changes: Partial<ParcelFacts> = {}): MessageFacts {
  const about = parcel(locale, changes);
  return {
    kind: "shipped",
    locale,
    shop: {
      name: "Nordic Outdoor & Living",
      url: "https://www.nordic-outdoor.example",
      email: "hello@nordic-outdoor.example",
      support_email: "hello@nordic-outdoor.example",
      support_url: "https://www.nordic-outdoor.example/help",
      address: "1 Harbour Street, Hamburg",
    },
    brand: { logo_url: "", colour: "#114411", on_colour: "#ffffff" },
    order: {
      name: "#EU-1048572",
      created_at: "2026-09-14",
      total_price: "258.00",
      item_count: 2,
      shipping_method: "Standard",
      order_status_url: LINK,
    },
    customer: { first_name: "Avery" },
    shipping_address: { name: "Avery Example", city: "Munich", province: "", zip: "80331", country: "Germany" },
    parcel: about,
    parcels: [about],
    line_items: [ITEM],
    fulfillment: {
      tracking_number: about.tracking_number,
      tracking_url: LINK,
      tracking_company: about.carrier,
      estimated_delivery_at: "2026-09-23",
    },
    links: { tracking: LINK, support: LINK, feedback: LINK, unsubscribe: LINK, preferences: LINK },
    promo: null,
    recommendations: [],
    return: {
      name: "#EU-1048572-R1",
      status_text: "Approved",
      label_url: LINK,
      refund: "EUR 1,258.00",
      note: "The size label is missing.",
    },
  };
}

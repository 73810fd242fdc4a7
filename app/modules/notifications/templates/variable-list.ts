/** One variable that a text may use. */
export interface Variable {
  path: string;
  /** Shown beside it in the editor. */
  example: string;
  /** May be empty for some orders: a text should say what to write instead. */
  maybeEmpty?: true;
}

const item = (path: string): Variable[] => [
  { path: `${path}.title`, example: "Trail Shell Jacket" },
  { path: `${path}.variant_title`, example: "Pine / M", maybeEmpty: true },
  { path: `${path}.sku`, example: "TSJ-M-PINE", maybeEmpty: true },
  { path: `${path}.quantity`, example: "1" },
  { path: `${path}.price`, example: "$148.00", maybeEmpty: true },
  { path: `${path}.image_url`, example: "https://…/jacket.jpg", maybeEmpty: true },
];

const parcel = (path: string): Variable[] => [
  { path: `${path}.tracking_number`, example: "1Z999AA10123456784" },
  { path: `${path}.tracking_url`, example: "https://…/track/…" },
  { path: `${path}.carrier`, example: "UPS" },
  { path: `${path}.service`, example: "UPS Ground", maybeEmpty: true },
  { path: `${path}.status`, example: "in_transit" },
  { path: `${path}.status_text`, example: "On the way" },
  { path: `${path}.expected`, example: "Friday, November 27", maybeEmpty: true },
  { path: `${path}.expected_short`, example: "Nov 27", maybeEmpty: true },
  { path: `${path}.sub_status`, example: "customs_hold", maybeEmpty: true },
  { path: `${path}.expected_on`, example: "2026-11-27", maybeEmpty: true },
  { path: `${path}.expected_from`, example: "2026-11-25", maybeEmpty: true },
  { path: `${path}.promised_on`, example: "2026-11-24", maybeEmpty: true },
  { path: `${path}.delivered_on`, example: "2026-11-27", maybeEmpty: true },
  { path: `${path}.days_late`, example: "3", maybeEmpty: true },
  { path: `${path}.reason`, example: "Bad weather is slowing the carrier down.", maybeEmpty: true },
  { path: `${path}.next_update`, example: "We look at it again on Saturday, November 28.", maybeEmpty: true },
  { path: `${path}.last_place`, example: "Louisville, KY", maybeEmpty: true },
  { path: `${path}.origin_place`, example: "Portland, OR", maybeEmpty: true },
  { path: `${path}.destination_place`, example: "Austin, TX", maybeEmpty: true },
  { path: `${path}.step`, example: "2" },
  { path: `${path}.index`, example: "1" },
  { path: `${path}.count`, example: "2" },
  { path: `${path}.items`, example: "[…]" },
];

/** Every variable of a message, in the order in which the editor offers them. */
export const VARIABLES: readonly Variable[] = [
  { path: "customer.first_name", example: "Avery", maybeEmpty: true },
  { path: "order.name", example: "#1042" },
  { path: "order.created_at", example: "2026-11-20T09:30:00-05:00" },
  { path: "order.total_price", example: "$148.00" },
  { path: "order.item_count", example: "2" },
  { path: "order.shipping_method", example: "Standard", maybeEmpty: true },
  { path: "order.order_status_url", example: "https://…/track/…" },
  ...parcel("parcel"),
  { path: "parcels", example: "[…]" },
  { path: "line_items", example: "[…]" },
  { path: "shop.name", example: "Northpeak" },
  { path: "shop.url", example: "https://northpeak.example" },
  { path: "shop.email", example: "hello@northpeak.example", maybeEmpty: true },
  { path: "shop.support_email", example: "help@northpeak.example", maybeEmpty: true },
  { path: "shop.support_url", example: "https://northpeak.example/help", maybeEmpty: true },
  { path: "shop.address", example: "Northpeak, 12 Elm Street, Portland", maybeEmpty: true },
  { path: "shipping_address.name", example: "Avery Lindqvist", maybeEmpty: true },
  { path: "shipping_address.city", example: "Austin", maybeEmpty: true },
  { path: "shipping_address.province", example: "TX", maybeEmpty: true },
  { path: "shipping_address.zip", example: "78704", maybeEmpty: true },
  { path: "shipping_address.country", example: "United States", maybeEmpty: true },
  { path: "links.tracking", example: "https://…/t/…" },
  { path: "links.support", example: "https://…/t/…", maybeEmpty: true },
  { path: "links.feedback", example: "https://…/t/…" },
  { path: "fulfillment.tracking_number", example: "1Z999AA10123456784" },
  { path: "fulfillment.tracking_url", example: "https://…/track/…" },
  { path: "fulfillment.tracking_company", example: "UPS" },
  { path: "fulfillment.estimated_delivery_at", example: "2026-11-27", maybeEmpty: true },
  { path: "return.name", example: "#1042-R1", maybeEmpty: true },
  { path: "return.status_text", example: "Approved", maybeEmpty: true },
  { path: "return.label_url", example: "https://…", maybeEmpty: true },
  { path: "return.refund", example: "$148.00", maybeEmpty: true },
  { path: "return.note", example: "The zip was damaged.", maybeEmpty: true },
];

/** Known, but not offered: names of Shopify's own templates, lists and their items, and what texts seldom need. */
const ALSO_KNOWN = [
  ...[
    "kind",
    "locale",
    "name",
    "order_name",
    "order_status_url",
    "order_number",
    "email_title",
    "item_count",
    "shop_name",
  ],
  ...["created_at", "total_price", "shipping_method", "service_name", "customer.name"],
  ...["fulfillment.tracking_numbers", "fulfillment.tracking_urls", "fulfillment.item_count", "fulfillment.service"],
  ...["fulfillment.fulfillment_line_items", "brand.logo_url", "brand.colour", "brand.on_colour", "shop.email_logo_url"],
  ...["links.unsubscribe", "links.preferences", "promo.heading", "promo.text", "promo.code", "promo.url"],
  ...["promo.image_url", "recommendations", "shipping_address.first_name", "shipping_address.zip_code"],
];

const LISTS = ["parcels", "line_items", "parcel.items", "recommendations", "fulfillment.fulfillment_line_items"];
const known = new Set([
  ...[...VARIABLES, ...parcel("parcels.*"), ...item("line_items.*"), ...item("parcel.items.*")].map(({ path }) => path),
  ...ALSO_KNOWN,
  ...["tracking_numbers", "tracking_urls"].map((name) => `fulfillment.${name}.*`),
]);
const objects = new Set(
  [...known].flatMap((path) => path.split(".").map((_, at, parts) => parts.slice(0, at).join("."))),
);
const maybeEmpty = new Set(VARIABLES.filter((variable) => variable.maybeEmpty).map(({ path }) => path));

/** Whether there is such a variable; `*` stands for any item of a list. */
export function isKnownVariable(segments: readonly (string | number)[]): boolean {
  const path = pathOf(segments);
  if (known.has(path) || objects.has(path)) return true;
  const parent = path.slice(0, path.lastIndexOf("."));
  const last = path.slice(path.lastIndexOf(".") + 1);
  return ["size", "first", "last", "*"].includes(last) && (LISTS.includes(parent) || known.has(parent));
}

export function mayBeEmpty(segments: readonly (string | number)[]): boolean {
  return maybeEmpty.has(pathOf(segments));
}

const pathOf = (segments: readonly (string | number)[]): string =>
  segments.map((part) => (typeof part === "number" ? "*" : part === "first" || part === "last" ? "*" : part)).join(".");

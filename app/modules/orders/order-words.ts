/** Display states of a fulfillment that say nothing about delivery. */
const NOT_ABOUT_DELIVERY = new Set([
  "submitted",
  "fulfilled",
  "marked_as_fulfilled",
  "canceled",
  "cancelled",
  "label_voided",
]);

/**
 * One word for Shopify's delivery status, whether it came as REST `shipment_status` or as GraphQL `displayStatus`; null
 * while Shopify knows nothing about the delivery, and for a cancelled fulfillment.
 */
export function nativeDeliveryStatus(word: string | null, fulfillmentStatus: string): string | null {
  if (word === null || fulfillmentStatus === "cancelled") return null;
  const lower = word.toLowerCase();
  return NOT_ABOUT_DELIVERY.has(lower) ? null : lower;
}

/** REST says `partial`, GraphQL `PARTIALLY_FULFILLED`; everything that is not shipped at all is null, as in REST. */
export function orderFulfillmentStatus(word: string | null): string | null {
  switch (word?.toLowerCase()) {
    case "fulfilled":
      return "fulfilled";
    case "partial":
    case "partially_fulfilled":
      return "partial";
    case "restocked":
      return "restocked";
    default:
      return null;
  }
}

/** Lines of a fulfillment in one order, so that both sources give the same row. */
export function sortLines(lines: { lineId: string; quantity: number }[]): { lineId: string; quantity: number }[] {
  return lines.toSorted((left, right) => (left.lineId < right.lineId ? -1 : 1));
}

/** Shopify's tags in one order; REST joins them with commas. */
export function sortTags(tags: readonly string[]): string[] {
  // Cut before cleaning: cutting can leave half a surrogate pair behind, which PostgreSQL's JSON refuses.
  const clean = tags.map((tag) =>
    tag
      .trim()
      .slice(0, 255)
      .replace(/[\p{Cc}\p{Cs}]+/gu, " ")
      .trim(),
  );
  return [...new Set(clean.filter((tag) => tag !== ""))].sort().slice(0, 250);
}

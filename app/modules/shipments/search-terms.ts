export interface SearchTerms {
  /** Beginnings, in the form in which the columns are stored; null when the text cannot be one. */
  trackingNumber: string | null;
  orderName: string | null;
  email: string | null;
}

/** What a search text can mean. */
export function searchTerms(text: string): SearchTerms {
  const trackingNumber = text.replace(/[\s-]+/g, "").toUpperCase();
  const orderName = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return {
    trackingNumber: trackingNumber.length >= 4 ? trackingNumber : null,
    orderName: orderName === "" || text.includes("@") ? null : orderName,
    email: text.length >= 3 && !/\s/.test(text) ? text.toLowerCase() : null,
  };
}

/** The smallest text after every text with this beginning, in byte order: the upper end of a prefix range. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

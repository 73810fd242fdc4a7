/** As people and shops write numbers: spaces and case do not count. */
export function normaliseNumber(trackingNumber: string): string {
  return trackingNumber.replace(/\s+/g, "").toUpperCase();
}

import { formatScan } from "./format-scan.ts";
import type { ShipmentStatus } from "./parse-answer.ts";
import type { Translate } from "./translate.ts";

/** Red is kept for what a shopper has to act on or know at once. */
const CRITICAL: ReadonlySet<string> = new Set(["exception", "delivery_attempted", "return_to_sender"]);

interface ShipmentCardProps {
  shipment: ShipmentStatus;
  /** Counted from 1. */
  number: number;
  total: number;
  language: string;
  translate: Translate;
}

/** One parcel: status, latest scan, estimate, way to the whole timeline. */
export function ShipmentCard({ shipment, number, total, language, translate }: ShipmentCardProps) {
  const { status, statusLabel, lastEvent, estimatedDelivery, trackingUrl, trackingNumber, carrier } = shipment;
  const scan = lastEvent === null ? "" : formatScan(lastEvent, language);
  return (
    <s-stack direction="block" gap="small-200">
      {total > 1 && <s-text type="strong">{translate("parcel", { number, total })}</s-text>}
      <s-stack direction="inline" gap="small-200" alignItems="center">
        <s-badge tone={CRITICAL.has(status) ? "critical" : "auto"}>{statusLabel}</s-badge>
        <s-text color="subdued">{[carrier, trackingNumber].filter(Boolean).join(" ")}</s-text>
      </s-stack>
      {estimatedDelivery !== null && <s-text>{translate("estimated", { text: estimatedDelivery })}</s-text>}
      {scan !== "" && <s-text color="subdued">{translate("lastScan", { text: scan })}</s-text>}
      {trackingUrl !== null && (
        <s-link href={trackingUrl} target="_blank" accessibilityLabel={translate("detailsFor", { trackingNumber })}>
          {translate("details")}
        </s-link>
      )}
    </s-stack>
  );
}

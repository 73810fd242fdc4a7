import type { CarrierShipment, EstimatedDelivery } from "../carrier.ts";
import { compactDate, parseSplitTime } from "../carrier-time.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { byCode, byText, unknownCode, type MappedStatus } from "../map-status.ts";
import { buildShipment } from "../reduce-events.ts";
import { trackAlert, type UpsAlert } from "./ups-schema.ts";
import { UPS_ACTIVITY_CODES, UPS_STATUS_CODES, UPS_TYPES } from "./ups-status.ts";

/**
 * Reads the body of a Track Alert push: exactly one scan, no history. Null when it is something else.
 * Format: github.com/UPS-API/api-documentation, UPSTrackAlertEnhanced-Ready.yaml, `TrackingEventRequest`.
 */
export function readTrackAlert(value: unknown): CarrierShipment | null {
  const parsed = trackAlert.safeParse(value);
  if (!parsed.success || parsed.data.trackingNumber === null) return null;
  const alert = parsed.data;
  const place = alert.activityLocation;
  const country = countryCode(place?.countryCode ?? null) ?? countryCode(place?.country ?? null);
  const event = {
    at: parseSplitTime({
      date: alert.localActivityDate,
      time: alert.localActivityTime,
      offset: alert.gmtOffset,
      gmtDate: alert.gmtActivityDate,
      gmtTime: alert.gmtActivityTime,
    }),
    ...mapAlert(alert),
    code: alert.activityStatus.code ?? alert.activityStatus.descriptionCode,
    description: alert.activityStatus.description,
    location: joinPlace([
      place?.city ?? null,
      place?.stateProvince ?? null,
      place?.postalCode ?? null,
      country ?? place?.country ?? null,
    ]),
    countryCode: country,
    sequence: 0,
    raw: boundedCopy(alert.raw),
  };
  return buildShipment({ trackingNumber: alert.trackingNumber ?? "", estimatedDelivery: scheduled(alert) }, [event]);
}

/**
 * Letters first: the number beside them is a simplified text, and it loses its leading zeros (or worse, is taken for an
 * octal number) wherever it passes through something that reads it as a number.
 */
function mapAlert(alert: UpsAlert): MappedStatus {
  const { code, descriptionCode, type, description } = alert.activityStatus;
  const number =
    descriptionCode !== null && /^\d{1,3}$/.test(descriptionCode) ? descriptionCode.padStart(3, "0") : null;
  const known = byCode(UPS_ACTIVITY_CODES, code) ?? byCode(UPS_STATUS_CODES, number, "descriptionCode");
  if (known) return known;
  if (code !== null || descriptionCode !== null) return unknownCode();
  return byCode(UPS_TYPES, type, "type") ?? byText(description);
}

function scheduled(alert: UpsAlert): EstimatedDelivery | null {
  const date = compactDate(alert.scheduledDeliveryDate);
  if (date === null) return null;
  const from = parseSplitTime({ date, time: alert.deliveryStartTime });
  const to = parseSplitTime({ date, time: alert.deliveryEndTime });
  return from && to && from.local !== date && to.local !== date ? { from, to } : { date };
}

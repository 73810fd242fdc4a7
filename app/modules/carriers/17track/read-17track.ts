import type {
  CarrierError,
  CarrierEvent,
  CarrierReading,
  CarrierShipment,
  CarrierTime,
  EstimatedDelivery,
  RawAnswer,
} from "../carrier.ts";
import { parseIsoTime, parseSplitTime } from "../carrier-time.ts";
import { classifyError, failedReading } from "../classify-error.ts";
import { boundedCopy, countryCode, joinPlace } from "../clean-text.ts";
import { readEstimate } from "../estimated-delivery.ts";
import { byCode, byText, type MappedStatus, unknownCode } from "../map-status.ts";
import { carrierOfPartnerCode } from "../partner-codes.ts";
import { decodeJson, MAX_EVENTS, unreadable } from "../read-json.ts";
import { buildShipment } from "../reduce-events.ts";
import { oldestFirst } from "../scan-order.ts";
import {
  type Accepted,
  answer,
  pushed,
  type Provider,
  type Refusal,
  type Scan,
  type TrackInfo,
} from "./17track-schema.ts";
import { SEVENTEEN_TRACK_CARRIERS, SEVENTEEN_TRACK_ERRORS, SEVENTEEN_TRACK_STATUSES } from "./17track-status.ts";

/**
 * Reads an answer of `register` or `gettrackinfo`, a webhook, or 17TRACK's errors, those inside a good answer included: a
 * refused number is an error with its `trackingNumber`. Never throws.
 */
export function readSeventeenTrack(raw: RawAnswer): CarrierReading {
  const decoded = decodeJson(raw);
  if (!decoded.ok) return failedReading(raw, decoded.error);
  const push = pushed.safeParse(decoded.value);
  if (push.success && push.data.event !== null) return readPush(push.data);
  const read = answer.safeParse(decoded.value);
  const body = read.success ? read.data : null;
  if (body?.code === "0" && body.data) {
    const shipments = body.data.accepted.filter((one) => one.number !== null).map(toShipment);
    const refused = body.data.rejected.map(({ number, error }) => toError(error, raw, number));
    return { shipments, errors: [...refused, ...body.data.errors.map((error) => toError(error, raw))] };
  }
  if (body?.code && /^-?\d+$/.test(body.code) && body.code !== "0") {
    return { shipments: [], errors: [toError(body.data?.errors[0] ?? { code: body.code, message: null }, raw)] };
  }
  return failedReading(raw, unreadable("This is not an answer of the 17TRACK tracking service."));
}

/** `TRACKING_STOPPED` comes without scans: the number is no longer followed there, which says nothing about the parcel. */
function readPush({ data }: { data: Accepted | null }): CarrierReading {
  return { shipments: data?.track_info && data.number !== null ? [toShipment(data)] : [], errors: [] };
}

function toError(error: Refusal | null, raw: RawAnswer, trackingNumber: string | null = null): CarrierError {
  const { code, message } = error ?? { code: null, message: null };
  return classifyError(SEVENTEEN_TRACK_ERRORS, { ...raw, code, message, trackingNumber });
}

function toShipment({ number, carrier, track_info: info }: Accepted): CarrierShipment {
  const providers = info?.tracking?.providers ?? [];
  const main = providers.find(({ provider }) => provider?.key === carrier) ?? providers[0];
  const local = info?.misc_info?.local_number ?? null;
  return buildShipment(
    {
      trackingNumber: number ?? "",
      topLevelStatus: topLevel(info),
      estimatedDelivery: estimate(info),
      service: info?.misc_info?.service_type ?? main?.service_type ?? null,
      underlyingCarrier: main?.provider?.name ?? info?.misc_info?.local_provider ?? carrier,
      underlyingCarrierId: carrierOfPartnerCode(SEVENTEEN_TRACK_CARRIERS, carrier, main?.provider?.name),
      alternateNumbers: local === null || local === number ? [] : [local],
    },
    inOrder(providers).map(toEvent),
  );
}

/** The first and the last mile are listed separately, each in an order of its own. */
function inOrder(providers: readonly Provider[]): Scan[] {
  const legs = providers.map(({ events }) => oldestFirst(events, moment)).filter((leg) => leg.length > 0);
  const start = (leg: readonly Scan[]) => (leg[0] ? (moment(leg[0]) ?? "") : "");
  return legs
    .toSorted((left, right) => (start(left) < start(right) ? -1 : 1))
    .flat()
    .slice(-MAX_EVENTS);
}

/** Only good for telling which end of a list is the older one: local and universal time are days apart there. */
function moment({ time_utc: utc, time_iso: iso, time_raw: raw }: Scan): string | null {
  return utc ?? iso ?? (raw?.date ? `${raw.date}T${raw.time ?? ""}` : null);
}

/** "NotFound" and words that nobody published have nothing to say, so the scans decide. */
function topLevel(info: TrackInfo | null): CarrierShipment["topLevelStatus"] {
  const { status = null, sub_status: sub = null } = info?.latest_status ?? {};
  const known = lookUp(sub, status);
  if (!known || known.status === "unknown") return null;
  return { status: known.status, subStatus: known.subStatus, code: sub ?? status ?? "" };
}

/** The finer word first; a new one counts as its family ("InTransit_…"). */
function lookUp(fine: string | null, coarse: string | null): MappedStatus | null {
  const exact = byCode(SEVENTEEN_TRACK_STATUSES, fine);
  if (exact || fine === null) return exact ?? byCode(SEVENTEEN_TRACK_STATUSES, coarse);
  return byCode(SEVENTEEN_TRACK_STATUSES, fine.split("_", 1)[0] ?? "") ?? byCode(SEVENTEEN_TRACK_STATUSES, coarse);
}

function toEvent(scan: Scan, sequence: number): CarrierEvent {
  const { address, description, stage, sub_status: sub } = scan;
  const code = sub ?? stage;
  const status = code === null ? byText(description) : (lookUp(sub, stage) ?? unknownCode());
  const place = joinPlace([address?.city ?? null, address?.state ?? null, address?.country ?? null]);
  return {
    at: timeOf(scan),
    ...status,
    code,
    description,
    location: scan.location ?? place,
    countryCode: countryCode(address?.country ?? null),
    sequence,
    raw: boundedCopy(scan.raw),
  };
}

/** `time_iso` is null where the carrier gave no zone; `time_raw` keeps what it wrote, sometimes a date alone. */
function timeOf({ time_iso: iso, time_utc: utc, time_raw: raw }: Scan): CarrierTime | null {
  const written = () => raw && parseSplitTime({ date: raw.date, time: raw.time, offset: raw.timezone });
  // A date that 17TRACK made an instant of by adding midnight.
  const day = raw?.time === null ? written() : null;
  return day ?? parseIsoTime(iso) ?? written() ?? parseIsoTime(utc);
}

function estimate(info: TrackInfo | null): EstimatedDelivery | null {
  const { from = null, to = null } = info?.time_metrics?.estimated_delivery_date ?? {};
  return readEstimate(from, to);
}

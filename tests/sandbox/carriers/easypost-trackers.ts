import { createHash } from "node:crypto";

import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import type { Scan } from "../world/parcel.ts";
import { FINAL_KINDS } from "../world/scenarios.ts";
import { EASYPOST_WORDS, easypostCarrierDetail, easypostDetail } from "./easypost-words.ts";

export interface Tracker {
  id: string;
  trackingCode: string;
  carrier: string;
  createdAt: number;
  /** Scans that webhooks have told so far. */
  told: number;
  /** Status in the last webhook, for `previous_attributes`. */
  toldStatus: string;
  nextDueAt: number | null;
}

export interface TrackerChange {
  tracker: Tracker;
  previousStatus: string;
}

export interface EasypostTrackers {
  /** One tracker per number and carrier: a second request gives the first tracker. */
  create(trackingCode: string, carrier: string): Tracker;
  /** By EasyPost id or by tracking number. */
  find(idOrCode: string): Tracker | null;
  /** Newest first. */
  list(): Tracker[];
  /** The tracker as EasyPost writes it now. */
  render(tracker: Tracker): Record<string, unknown>;
  /** Trackers with news since the last call. */
  takeChanges(): TrackerChange[];
  restore(saved: readonly Tracker[]): void;
}

const hexId = (prefix: string, text: string) =>
  `${prefix}_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;

/**
 * EasyPost answers the creation with `unknown` and asks the carrier afterwards: scans show up `firstAnswerMs` later, in
 * the webhook and in `GET`.
 */
export function createEasypostTrackers(world: World, firstAnswerMs: number): EasypostTrackers {
  const trackers = new Map<string, Tracker>();
  const now = () => world.clock.now().getTime();
  // An aggregator asks every carrier, so it knows all parcels of the world.
  const visible = (tracker: Tracker): Scan[] =>
    now() < tracker.createdAt + firstAnswerMs ? [] : world.scans(tracker.trackingCode);
  const statusOf = (scans: readonly Scan[]) => {
    const newest = scans.at(-1);
    return newest === undefined ? { status: "unknown", detail: "unknown" } : EASYPOST_WORDS[newest.kind];
  };
  return {
    create(trackingCode, carrier) {
      const id = hexId("trk", `${carrier}:${trackingCode}`);
      const known = trackers.get(id);
      if (known !== undefined) return known;
      const tracker: Tracker = {
        id,
        trackingCode,
        carrier,
        createdAt: now(),
        told: 0,
        toldStatus: "unknown",
        nextDueAt: now() + firstAnswerMs,
      };
      trackers.set(id, tracker);
      return tracker;
    },
    find: (idOrCode) =>
      trackers.get(idOrCode) ?? [...trackers.values()].find((tracker) => tracker.trackingCode === idOrCode) ?? null,
    list: () => [...trackers.values()].reverse(),
    render: (tracker) => renderTracker({ world, tracker, scans: visible(tracker), ...statusOf(visible(tracker)) }),
    takeChanges() {
      const changes: TrackerChange[] = [];
      for (const tracker of trackers.values()) {
        if (tracker.nextDueAt === null || tracker.nextDueAt > now()) continue;
        const scans = visible(tracker);
        if (scans.length > tracker.told) changes.push({ tracker, previousStatus: tracker.toldStatus });
        tracker.told = scans.length;
        tracker.toldStatus = statusOf(scans).status;
        const known = world.parcel(tracker.trackingCode) !== null;
        // A number the world does not know yet may still be added to it: look again at the next tick.
        tracker.nextDueAt = known ? world.nextScanAt(tracker.trackingCode) : now();
      }
      return changes;
    },
    restore(saved) {
      trackers.clear();
      for (const tracker of saved.toReversed()) trackers.set(tracker.id, { ...tracker });
    },
  };
}

interface Rendering {
  world: World;
  tracker: Tracker;
  scans: readonly Scan[];
  status: string;
  detail: string;
}

function renderTracker({ world, tracker, scans, status, detail }: Rendering): Record<string, unknown> {
  const parcel = scans.length === 0 ? null : world.parcel(tracker.trackingCode);
  const expectedOn = parcel === null ? null : (arrivalOf(parcel, world.clock.now())?.expectedOn ?? null);
  const iso = (epochMs: number) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
  return {
    id: tracker.id,
    object: "Tracker",
    mode: "production",
    tracking_code: tracker.trackingCode,
    status,
    status_detail: detail,
    created_at: iso(tracker.createdAt),
    updated_at: scans.at(-1)?.at ?? iso(tracker.createdAt),
    signed_by: null,
    weight: null,
    // A date dressed as an instant, as EasyPost sends it.
    est_delivery_date: expectedOn === null ? null : `${expectedOn}T00:00:00Z`,
    shipment_id: null,
    carrier: tracker.carrier,
    tracking_details: scans.map((scan) => easypostDetail(scan, tracker.carrier)),
    fees: [],
    carrier_detail:
      parcel === null
        ? null
        : easypostCarrierDetail({ origin: parcel.origin, destination: parcel.destination, expectedOn }),
    finalized: scans.some((scan) => FINAL_KINDS.has(scan.kind)),
    is_return: false,
    public_url: `https://track.easypost.com/${tracker.id}`,
  };
}

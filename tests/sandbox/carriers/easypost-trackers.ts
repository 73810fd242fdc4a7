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

const hexId = (prefix: string, text: string) =>
  `${prefix}_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;

function statusOf(scans: readonly Scan[]): { status: string; detail: string } {
  const newest = scans.at(-1);
  return newest === undefined ? { status: "unknown", detail: "unknown" } : EASYPOST_WORDS[newest.kind];
}

/**
 * EasyPost answers the creation with `unknown` and asks the carrier afterwards: scans show up `firstAnswerMs` later, in
 * the webhook and in `GET`.
 */
export class EasypostTrackers {
  readonly #world: World;
  readonly #firstAnswerMs: number;
  readonly #trackers = new Map<string, Tracker>();

  constructor(world: World, firstAnswerMs: number) {
    this.#world = world;
    this.#firstAnswerMs = firstAnswerMs;
  }

  /** One tracker per number and carrier: a second request gives the first tracker. */
  create(trackingCode: string, carrier: string): Tracker {
    const id = hexId("trk", `${carrier}:${trackingCode}`);
    const known = this.#trackers.get(id);
    if (known !== undefined) return known;
    const createdAt = this.#now();
    const nextDueAt = createdAt + this.#firstAnswerMs;
    const tracker: Tracker = { id, trackingCode, carrier, createdAt, told: 0, toldStatus: "unknown", nextDueAt };
    this.#trackers.set(id, tracker);
    return tracker;
  }

  /** By EasyPost id or by tracking number. */
  find(idOrCode: string): Tracker | null {
    const byCode = () => [...this.#trackers.values()].find((tracker) => tracker.trackingCode === idOrCode);
    return this.#trackers.get(idOrCode) ?? byCode() ?? null;
  }

  /** Newest first. */
  list(): Tracker[] {
    return [...this.#trackers.values()].reverse();
  }

  /** The tracker as EasyPost writes it now. */
  render(tracker: Tracker): Record<string, unknown> {
    const scans = this.#visible(tracker);
    return renderTracker({ world: this.#world, tracker, scans, ...statusOf(scans) });
  }

  /** Trackers with news since the last call. */
  takeChanges(): TrackerChange[] {
    const changes: TrackerChange[] = [];
    for (const tracker of this.#trackers.values()) {
      if (tracker.nextDueAt === null || tracker.nextDueAt > this.#now()) continue;
      const scans = this.#visible(tracker);
      if (scans.length > tracker.told) changes.push({ tracker, previousStatus: tracker.toldStatus });
      tracker.told = scans.length;
      tracker.toldStatus = statusOf(scans).status;
      const known = this.#world.parcel(tracker.trackingCode) !== null;
      // A number the world does not know yet may still be added to it: look again at the next tick.
      tracker.nextDueAt = known ? this.#world.nextScanAt(tracker.trackingCode) : this.#now();
    }
    return changes;
  }

  /** Takes what `list()` of an earlier run gave. */
  restore(saved: readonly Tracker[]): void {
    this.#trackers.clear();
    for (const tracker of saved.toReversed()) this.#trackers.set(tracker.id, { ...tracker });
  }

  /** An aggregator asks every carrier, so it knows all parcels of the world. */
  #visible(tracker: Tracker): Scan[] {
    return this.#now() < tracker.createdAt + this.#firstAnswerMs ? [] : this.#world.scans(tracker.trackingCode);
  }

  #now(): number {
    return this.#world.clock.now().getTime();
  }
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

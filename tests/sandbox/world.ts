import type { Clock } from "#app/lib/clock.ts";

import { nextScanAt, scansSoFar } from "./world/journey.ts";
import type { SandboxParcel, Scan } from "./world/parcel.ts";
import { normaliseNumber } from "./world/normalise-number.ts";

export interface WorldSnapshot {
  serial: number;
  parcels: SandboxParcel[];
}

/** All parcels that exist. Their movement is not state: it is computed from the parcel and the clock. */
export interface World {
  readonly clock: Clock;
  /** Adds a parcel; throws when the number is taken, because a carrier's numbers are unique. */
  addParcel(parcel: SandboxParcel): SandboxParcel;
  /** The parcel with this number (spaces and case ignored), or null. */
  parcel(trackingNumber: string): SandboxParcel | null;
  /** Newest first. */
  list(): SandboxParcel[];
  size(): number;
  /** What has happened to the parcel by now, oldest first; empty for an unknown number. */
  scans(trackingNumber: string): Scan[];
  /** When the next scan of the parcel is due (epoch milliseconds); null when nothing more will happen. */
  nextScanAt(trackingNumber: string): number | null;
  /** A number that no parcel has, made from the next serial. */
  newTrackingNumber(make: (serial: number) => string): string;
  snapshot(): WorldSnapshot;
  /** Replaces everything; used to bring back a demo after a restart. */
  restore(snapshot: WorldSnapshot): void;
}

/** `firstSerial` sets where fresh tracking numbers start, so that two worlds need not share numbers. */
export function createWorld(options: { clock: Clock; firstSerial?: number }): World {
  const { clock } = options;
  let serial = options.firstSerial ?? 4_210;
  const parcels = new Map<string, SandboxParcel>();
  const find = (trackingNumber: string) => parcels.get(normaliseNumber(trackingNumber)) ?? null;

  return {
    clock,
    addParcel(parcel) {
      const key = normaliseNumber(parcel.trackingNumber);
      if (parcels.has(key)) throw new Error(`The sandbox already has a parcel ${key}.`);
      if (!(parcel.speed > 0)) throw new Error("The speed of a parcel must be positive.");
      parcels.set(key, parcel);
      return parcel;
    },
    parcel: find,
    list: () => [...parcels.values()].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt)),
    size: () => parcels.size,
    scans(trackingNumber) {
      const parcel = find(trackingNumber);
      return parcel === null ? [] : scansSoFar(parcel, clock.now());
    },
    nextScanAt(trackingNumber) {
      const parcel = find(trackingNumber);
      return parcel === null ? null : nextScanAt(parcel, clock.now());
    },
    newTrackingNumber(make) {
      do serial += 1;
      while (parcels.has(make(serial)));
      return make(serial);
    },
    snapshot: () => ({ serial, parcels: [...parcels.values()] }),
    restore(snapshot) {
      serial = snapshot.serial;
      parcels.clear();
      for (const parcel of snapshot.parcels) parcels.set(normaliseNumber(parcel.trackingNumber), parcel);
    },
  };
}

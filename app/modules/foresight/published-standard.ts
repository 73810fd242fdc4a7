/** Where a published transit time holds; the first row that fits a parcel counts, so the nearer areas come first. */
export type StandardArea =
  /** Within one state or province, and between two of one country. */
  "region" | "other_region" | "country" | "overseas" | "french_overseas" | "europe" | "us_canada" | "abroad";

/** Where the days of a row come from. */
export type Evidence =
  /** The carrier's own text at `source` says them. */
  | { said: "by_carrier"; source: string; published: number | null }
  /** Somebody else's text at `source` says them of the carrier. */
  | { said: "of_carrier"; source: string; published: number | null }
  /** From memory: nobody has read them. `source` is the carrier's page that ought to say them. */
  | { said: "from_memory"; source: string };

/** What was measured of a service, by somebody who says how. */
export interface OnTimeFigure {
  /** A working day before the last published one, and the share that had arrived when it was over; null: not measured. */
  early: readonly [day: number, share: number] | null;
  /**
   * The same share for the last day. Where parcels are measured against a day of their own, which is that day or an
   * earlier one, it is at least this.
   */
  byLast: number;
  source: string;
  published: number;
}

export interface PublishedStandard {
  /** The carrier's id in this application. */
  carrier: string;
  /** Whole words of the service's name in lower case; null: nobody named a service. */
  services: readonly (string | null)[];
  area: StandardArea;
  /** The one country within which it holds, for carriers that promise different things in different countries. */
  within?: string;
  /** Working days after the hand-over: the earliest and the last that the carrier names. */
  days: readonly [number, number];
  evidence: Evidence;
  onTime?: OnTimeFigure;
}

/** The year is that of the text; null: it bears none. */
export const byCarrier = (source: string, published: number | null): Evidence => {
  return { said: "by_carrier", source, published };
};
export const ofCarrier = (source: string, published: number | null): Evidence => {
  return { said: "of_carrier", source, published };
};
export const fromMemory = (source: string): Evidence => {
  return { said: "from_memory", source };
};

/** Rows of one carrier. */
export function rowsOf(carrier: string, rows: readonly Omit<PublishedStandard, "carrier">[]): PublishedStandard[] {
  return rows.map((row) => ({ carrier, ...row }));
}

import { describe, expect, it } from "vitest";
import { type ArrivalShares, arrivalShares } from "#app/modules/foresight/arrival-shares.ts";

const spread = {
  windows: {
    w90: { from: "2026-03-09", to: "2026-03-20" },
    w80: { from: "2026-03-10", to: "2026-03-16" },
    w50: { from: "2026-03-11", to: "2026-03-13" },
  },
  likelyOn: "2026-03-12",
};

const sharesOf = (forecast: Parameters<typeof arrivalShares>[0]): ArrivalShares => {
  const found = arrivalShares(forecast);
  if (!found) throw new Error("nothing was forecast");
  return found;
};

/** Share of the arrivals up to the end of a day. */
const arrivedBy = ({ shares }: ArrivalShares, day: string): number =>
  shares.filter(({ to }) => to <= day).reduce((sum, { share }) => sum + share, 0);

describe("the arrivals by day", () => {
  it("add up to everything, with what comes later", () => {
    const { shares, later } = sharesOf(spread);
    expect(shares.reduce((sum, { share }) => sum + share, later)).toBeCloseTo(1, 10);
    expect(later).toBeCloseTo(0.05, 10);
    expect(shares).toHaveLength(12);
  });

  it("pass through the points of the forecast", () => {
    const found = sharesOf(spread);
    for (const [day, before, share] of [
      ["2026-03-09", 0, 0.05],
      ["2026-03-12", 0.25, 0.5],
      ["2026-03-16", 0.75, 0.9],
    ] as const) {
      expect(arrivedBy(found, day), day).toBeGreaterThanOrEqual(share);
      expect(arrivedBy(found, new Date(Date.parse(day) - 1).toISOString().slice(0, 10)), day).toBeLessThan(share);
      expect(arrivedBy(found, day), day).toBeGreaterThan(before);
    }
  });

  it("are one bar when everything comes on one day", () => {
    const today = { from: "2026-03-09", to: "2026-03-09" };
    const { shares, later } = sharesOf({ windows: { w50: today, w80: today, w90: today }, likelyOn: "2026-03-09" });
    expect(shares).toHaveLength(1);
    expect(shares[0]?.share).toBeCloseTo(0.95, 10);
    expect(later).toBeCloseTo(0.05, 10);
  });

  it("share bars between days when there are many, without gaps", () => {
    const windows = { ...spread.windows, w90: { from: "2026-03-09", to: "2026-05-30" } };
    const { shares } = sharesOf({ ...spread, windows });
    expect(shares.length).toBeLessThanOrEqual(24);
    for (const [position, { from }] of shares.slice(1).entries())
      expect(Date.parse(from) - Date.parse(shares[position]?.to ?? "")).toBe(86_400_000);
    expect(shares.at(-1)?.to).toBe("2026-05-30");
  });

  it("are nothing while nothing was forecast", () => {
    expect(arrivalShares({ windows: null, likelyOn: null })).toBeNull();
  });
});

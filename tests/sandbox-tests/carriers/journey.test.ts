import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { adoptParcel, carrierOfCompany } from "#tests/sandbox/world/adopt-parcel.ts";
import { addLiveParcels, freshNumber } from "#tests/sandbox/world/add-live-parcels.ts";
import { arrivalOf, nextScanAt, planJourney, scansSoFar } from "#tests/sandbox/world/journey.ts";
import type { SandboxParcel } from "#tests/sandbox/world/parcel.ts";
import { SANDBOX_CARRIERS } from "#tests/sandbox/carriers/sandbox-carriers.ts";
import { DEMO_SPEED, SCENARIOS } from "#tests/sandbox/world/parcel.ts";
import { DEMO_DESTINATIONS, placeOfAddress, WAREHOUSE } from "#tests/sandbox/world/places.ts";
import { SCENARIO_STEPS } from "#tests/sandbox/world/scenarios.ts";
import { createWorld } from "#tests/sandbox/world.ts";

import { manualClock } from "./sandbox-server.ts";

const destination = DEMO_DESTINATIONS[1] ?? WAREHOUSE;

function parcelOf(overrides: Partial<SandboxParcel> = {}): SandboxParcel {
  return {
    trackingNumber: "1ZDS4W73030042110",
    carrierId: "ups",
    company: "UPS",
    scenario: "on_time",
    createdAt: "2026-03-06T18:20:30.000Z",
    speed: 1,
    origin: WAREHOUSE,
    destination,
    ...overrides,
  };
}

const arbitraryParcel = fc.record({
  trackingNumber: fc.string({ minLength: 6, maxLength: 20 }),
  scenario: fc.constantFrom(...SCENARIOS),
  createdAt: fc
    .date({ min: new Date("2026-01-01"), max: new Date("2026-12-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  speed: fc.constantFrom(1, 60, DEMO_SPEED),
  destination: fc.constantFrom(...DEMO_DESTINATIONS),
});

describe("journey", () => {
  it("has steps that grow strictly in every scenario", () => {
    for (const steps of Object.values(SCENARIO_STEPS)) {
      for (const [index, step] of steps.entries()) expect(step.hours).toBeGreaterThan(steps[index - 1]?.hours ?? -1);
    }
  });

  it("is pure, ordered, starts at the label and never shows the future", () => {
    fc.assert(
      fc.property(arbitraryParcel, fc.nat(20 * 86_400_000), (overrides, sinceLabel) => {
        const parcel = parcelOf(overrides);
        const now = new Date(Date.parse(parcel.createdAt) + sinceLabel);
        const scans = scansSoFar(parcel, now);
        expect(scans).toEqual(scansSoFar(structuredClone(parcel), new Date(now)));
        for (const [index, scan] of scans.entries()) {
          expect(Date.parse(scan.at)).toBeLessThanOrEqual(now.getTime());
          expect(Date.parse(scan.at)).toBeGreaterThanOrEqual(
            Date.parse(scans[index - 1]?.at ?? "1970-01-01T00:00:00Z"),
          );
          expect(new Date(`${scan.local}${scan.offset}`).toISOString()).toBe(new Date(scan.at).toISOString());
        }
      }),
    );
  });

  it("only ever adds scans as time passes", () => {
    fc.assert(
      fc.property(arbitraryParcel, fc.nat(9 * 86_400_000), fc.nat(9 * 86_400_000), (overrides, first, more) => {
        const parcel = parcelOf(overrides);
        const start = Date.parse(parcel.createdAt);
        const earlier = scansSoFar(parcel, new Date(start + first));
        const later = scansSoFar(parcel, new Date(start + first + more));
        expect(later.slice(0, earlier.length)).toEqual(earlier);
      }),
    );
  });

  it("takes a minute from the label to the door at demo speed", () => {
    const plan = planJourney(parcelOf({ speed: DEMO_SPEED }));
    const seconds = (kind: string) =>
      (Date.parse(plan.find((scan) => scan.kind === kind)?.at ?? "") - Date.parse("2026-03-06T18:20:30Z")) / 1000;
    expect(seconds("delivered")).toBe(60);
    expect(seconds("out_for_delivery")).toBe(43);
  });

  it("keeps a van's hours at the destination at natural speed", () => {
    for (const serial of ["A", "B", "C", "D", "E"]) {
      const van = planJourney(parcelOf({ trackingNumber: serial })).find((scan) => scan.kind === "out_for_delivery");
      expect(van?.local.slice(11, 16) ?? "").toMatch(/^0[789]:/);
      expect(van?.offset).toMatch(/^-0[78]:00$/);
    }
  });

  it("writes local time across a daylight-saving change", () => {
    const plan = planJourney(parcelOf({ createdAt: "2026-03-07T02:00:00.000Z" }));
    expect(new Set(plan.map((scan) => scan.offset))).toEqual(new Set(["-05:00", "-04:00", "-07:00"]));
  });

  it("stops where the scenario stops", () => {
    const end = new Date("2026-05-01T00:00:00Z");
    const lastKind = (scenario: SandboxParcel["scenario"]) => scansSoFar(parcelOf({ scenario }), end).at(-1)?.kind;
    expect(lastKind("lost")).toBe("arrived");
    expect(lastKind("label_only")).toBe("label");
    expect(lastKind("unknown_number")).toBeUndefined();
    expect(lastKind("returned")).toBe("returned");
    expect(lastKind("pickup_point")).toBe("collected");
    expect(nextScanAt(parcelOf({ scenario: "lost" }), end)).toBeNull();
  });

  it("promises a date once accepted and moves it after a set-back", () => {
    const parcel = parcelOf({ scenario: "delayed_weather" });
    const delay = planJourney(parcel).find((scan) => scan.kind === "weather_delay");
    expect(arrivalOf(parcel, new Date(parcel.createdAt))).toBeNull();
    const before = arrivalOf(parcel, new Date(Date.parse(delay?.at ?? "") - 1));
    const after = arrivalOf(parcel, new Date(delay?.at ?? ""));
    expect(before).toMatchObject({ rescheduled: false });
    expect(after).toMatchObject({ rescheduled: true, promisedOn: before?.promisedOn });
    expect((after?.expectedOn ?? "") > (after?.promisedOn ?? "")).toBe(true);
  });
});

describe("world", () => {
  it("gives fresh numbers in the carriers' formats, never one twice", () => {
    const world = createWorld({ clock: manualClock() });
    expect(freshNumber(world, "ups")).toMatch(/^1Z[0-9A-Z]{16}$/);
    expect(freshNumber(world, "fedex")).toMatch(/^\d{12}$/);
    expect(freshNumber(world, "easypost")).toMatch(/^94\d{20}$/);
    for (const carrierId of SANDBOX_CARRIERS) {
      expect(freshNumber(world, carrierId)).not.toBe(freshNumber(world, carrierId));
    }
  });

  it("refuses a number twice and finds it however it is written", () => {
    const world = createWorld({ clock: manualClock() });
    const parcel = world.addParcel(parcelOf());
    expect(() => world.addParcel(parcelOf())).toThrow(/already/);
    expect(world.parcel(" 1zds4w7303 0042110 ")).toBe(parcel);
    expect(world.parcel("1Z0")).toBeNull();
  });

  it("comes back from a snapshot with the same scans and no number given twice", () => {
    const clock = manualClock();
    const world = createWorld({ clock });
    const [parcel] = addLiveParcels(world, { carrierId: "ups", scenario: "on_time", count: 1 });
    clock.advance(50_000);
    const copy = createWorld({ clock });
    copy.restore(JSON.parse(JSON.stringify(world.snapshot())));
    expect(copy.scans(parcel?.trackingNumber ?? "")).toEqual(world.scans(parcel?.trackingNumber ?? ""));
    expect(copy.scans(parcel?.trackingNumber ?? "").at(-1)?.kind).toBe("out_for_delivery");
    expect(freshNumber(copy, "ups")).toBe(freshNumber(world, "ups"));
    expect(copy.parcel(freshNumber(copy, "ups"))).toBeNull();
  });

  it("makes the pieces of one shipment travel a little apart", () => {
    const clock = manualClock();
    const world = createWorld({ clock });
    const pieces = addLiveParcels(world, { carrierId: "ups", scenario: "two_pieces", count: 1 });
    clock.advance(61_000);
    expect(pieces.map((piece) => world.scans(piece.trackingNumber).at(-1)?.kind)).toEqual([
      "delivered",
      "out_for_delivery",
    ]);
    clock.advance(3_000);
    expect(world.scans(pieces[1]?.trackingNumber ?? "").at(-1)?.kind).toBe("delivered");
  });

  it("adopts parcels that a shop shipped, once, with a mix of fates and the right server", () => {
    const world = createWorld({ clock: manualClock() });
    const shipped = { company: "UPS", createdAt: "2026-03-01T10:00:00Z", speed: 1, destination };
    const scenarios = Array.from(
      { length: 400 },
      (_, index) => adoptParcel(world, { ...shipped, trackingNumber: `N${index}` }).scenario,
    );
    expect(scenarios.filter((scenario) => scenario === "on_time").length).toBeGreaterThan(280);
    expect(new Set(scenarios).size).toBeGreaterThan(4);
    expect(adoptParcel(world, { ...shipped, trackingNumber: "n 0", scenario: "customs" }).scenario).toBe(scenarios[0]);
    expect(world.size()).toBe(400);
    expect(["UPS", "FedEx", "USPS", "DHL Express"].map(carrierOfCompany)).toEqual([
      "ups",
      "fedex",
      "easypost",
      "easypost",
    ]);
  });

  it("knows the zone of an address", () => {
    const zone = (country: string, region: string) => placeOfAddress({ city: "X", zip: "1", country, region }).zone;
    expect(zone("US", "AZ")).toBe("America/Phoenix");
    expect(zone("US", "NY")).toBe("America/New_York");
    expect(zone("CA", "NL")).toBe("America/St_Johns");
    expect(zone("JP", "")).toBe("Asia/Tokyo");
  });
});

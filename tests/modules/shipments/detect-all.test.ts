import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { carrierDirectory } from "#app/carrier-directory.server.ts";
import type { CarrierDirectory, ConnectedAccount, DetectionInput } from "#app/modules/shipments/carrier-access.ts";
import { detectAll } from "#app/modules/shipments/detect-all.server.ts";
import { HOUR } from "#tests/support/test-clock.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());

/** Twelve digits that FedEx and Purolator both accept. */
const SHARED = "320610804900";

/** The real directory, and how often it was given the shop's history. */
function spying(): { carriers: CarrierDirectory; informed: () => number } {
  let informed = 0;
  const detect = (input: DetectionInput) => {
    if (input.history) informed += 1;
    return carrierDirectory.detect(input);
  };
  return { carriers: { find: carrierDirectory.find, detect }, informed: () => informed };
}

async function detect(number: string, company: string | null = null, accounts: ConnectedAccount[] = []) {
  const { carriers, informed } = spying();
  const numbers = [{ number, company, url: null }];
  const found = await world.db.forShop(world.shopId, (tx) =>
    detectAll(tx, { clock: world.clock, carriers }, { shopId: world.shopId, numbers, accounts }),
  );
  return { detected: found[0]?.detected, informed: informed() };
}

describe("detectAll", () => {
  test("a name or a number that leaves no doubt needs no history", async () => {
    expect(await detect("1Z12345E0205271686")).toMatchObject({ detected: { carrier: "ups" }, informed: 0 });
    expect(await detect(SHARED, "Purolator")).toMatchObject({ detected: { reason: "company" }, informed: 0 });
  });

  test("what its number leaves open is settled by what the shop's scanned parcels turned out to be", async () => {
    expect((await detect(SHARED)).detected).toMatchObject({ carrier: null, reason: "none" });
    for (let index = 0; index < 6; index += 1) {
      const { shipmentId } = await world.addShipment({ carrier: "purolator", trackingNumber: `33142674995${index}` });
      await setFirstScan(shipmentId);
    }
    // Supposed, but never scanned: proves nothing.
    for (let index = 0; index < 6; index += 1) {
      await world.addShipment({ carrier: "fedex", trackingNumber: `61234567890${index}` });
    }
    expect((await detect(SHARED)).detected).toMatchObject({ carrier: null });
    world.clock.advance(HOUR);
    expect(await detect(SHARED)).toMatchObject({ detected: { carrier: "purolator", reason: "history" }, informed: 1 });
    // Old ones are another time.
    world.clock.advance(91 * 24 * HOUR);
    expect((await detect(SHARED)).detected).toMatchObject({ carrier: null });
  });
});

function setFirstScan(shipmentId: string) {
  const { shopId, clock } = world;
  return world.db.forShop(shopId, (tx) =>
    tx.shipment.update({ where: { shopId_id: { shopId, id: shipmentId } }, data: { firstScanAt: clock.now() } }),
  );
}

describe("the directory acts on what is more than a guess", () => {
  const ask = (trackingNumber: string, connectedCarriers: string[] = []) =>
    carrierDirectory.detect({ trackingNumber, company: null, url: null, connectedCarriers });

  test("a shape alone, and two carriers that fit equally well, are left to an aggregator; the candidates stay", () => {
    expect(ask("12345678901234", ["easypost"])).toMatchObject({ carrier: null, reason: "none" });
    const shared = ask(SHARED, ["easypost"]);
    expect(shared).toMatchObject({ carrier: null, reason: "none" });
    expect(shared.candidates.map(({ carrier }) => carrier)).toEqual(["fedex", "purolator", "gls", "easypost"]);
  });

  test("a connected carrier is asked first, the other after it", () => {
    const found = ask(SHARED, ["purolator", "easypost"]);
    expect(found).toMatchObject({ carrier: "purolator", reason: "connected" });
    expect(found.candidates[1]).toMatchObject({ carrier: "fedex" });
  });

  test("a check digit without a rival, or a prefix, is enough", () => {
    expect(ask("7035114477138472")).toMatchObject({ carrier: "canada-post", reason: "pattern" });
    expect(ask("1Z12345E0205271686")).toMatchObject({ carrier: "ups", reason: "pattern" });
    expect(ask("")).toEqual({ carrier: null, reason: "none", candidates: [] });
  });
});

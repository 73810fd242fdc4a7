import { describe, expect, it } from "vitest";

import { credentialsOf, SANDBOX_CARRIERS } from "#tests/sandbox/carriers/sandbox-carriers.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import type { Scenario } from "#tests/sandbox/world/parcel.ts";
import { makeTrackingNumber } from "#tests/sandbox/world/tracking-numbers.ts";
import { SAMPLES } from "#tests/modules/carriers/carrier-samples.ts";

import { adapter, setUp } from "./adapter-session.ts";
import { receivePushes } from "./sandbox-server.ts";

/** Where each scenario must have ended for our readers. */
const ENDS: Readonly<Record<Scenario, string[]>> = {
  on_time: ["delivered"],
  two_pieces: ["delivered"],
  delayed_weather: ["delivered"],
  attempted_then_delivered: ["delivered"],
  pickup_point: ["delivered"],
  customs: ["delivered"],
  returned: ["return_to_sender"],
  lost: ["in_transit"],
  label_only: ["pre_transit"],
  unknown_number: ["not_found", "unknown"],
  lost_confirmed: ["exception"],
  // For a week: longer than anybody waits here.
  held_back: ["in_transit"],
  handed_to_partner: ["delivered"],
  recycled_number: ["delivered"],
  wrong_carrier: ["delivered"],
};

describe.each(SANDBOX_CARRIERS)("the %s adapter against the sandbox", (carrierId) => {
  it("finds the credentials good, and wrong ones bad", async () => {
    const { session } = await setUp(carrierId);
    expect(await adapter(carrierId).testConnection(session)).toBeNull();
    const refused = Object.fromEntries(Object.keys(credentialsOf(carrierId)).map((name) => [name, "wrong"]));
    const wrong = await setUp(carrierId, refused);
    expect(await adapter(carrierId).testConnection(wrong.session)).toMatchObject({ kind: "auth" });
  });

  it.each(Object.entries(ENDS))("reads every step of %s without an unknown code", async (scenario, ends) => {
    const { clock, world, track } = await setUp(carrierId);
    const [parcel] = addLiveParcels(world, { carrierId, scenario: scenario as Scenario, count: 1 });
    const number = parcel?.trackingNumber ?? "";
    await track(number);
    clock.advance(110_000);
    const { shipments, errors } = await track(number);
    const shipment = shipments.find((one) => one.trackingNumber === number);
    expect(ends).toContain(shipment?.status ?? errors[0]?.kind);
    expect(shipment?.events.filter((event) => event.unknownCode) ?? []).toEqual([]);
    const zoned = SAMPLES[carrierId]?.zoned;
    const told =
      shipment?.events.map(({ at }) => (zoned ? Date.parse(at?.utc ?? "") : (at?.local.slice(0, 16) ?? ""))) ?? [];
    const happened = world.scans(number).map(({ at, local }) => (zoned ? Date.parse(at) : local.slice(0, 16)));
    expect(told.toSorted()).toEqual(happened.toSorted());
  });

  it.each(["rate_limited", "server_error", "forbidden", "html"] as const)("names the fault %s", async (fault) => {
    const { sandbox, track } = await setUp(carrierId);
    sandbox.faults.set(carrierId, { [fault]: 1 });
    const kinds = {
      rate_limited: ["rate_limited"],
      server_error: ["server"],
      forbidden: ["auth"],
      html: ["server", "unreadable"],
    };
    expect(kinds[fault]).toContain((await track(makeTrackingNumber(carrierId, 4_211))).errors[0]?.kind);
  });

  it("lets an answer that breaks off be a network fault, whatever its format", async () => {
    const { sandbox, track } = await setUp(carrierId);
    sandbox.faults.set(carrierId, { truncated: 1 });
    await expect(track("1ZDS4W73030042110")).rejects.toThrow();
  });
});

describe("pushes", () => {
  it("of UPS are verified and read by the adapter", async () => {
    const { clock, world, sandbox, session } = await setUp("ups");
    const { url, received } = await receivePushes();
    const trackingNumber =
      addLiveParcels(world, { carrierId: "ups", scenario: "on_time", count: 1 })[0]?.trackingNumber ?? "";
    const { push } = adapter("ups");
    expect(await push?.subscribe?.(session, [{ trackingNumber }], { url, secret: "s3cret" })).toBeNull();
    clock.advance(61_000);
    await sandbox.tick();
    expect(received).toHaveLength(7);
    for (const { body, headers } of received) {
      const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      expect(push?.verify({ body: Buffer.from(body), headers: plain, secrets: ["old", "s3cret"] })).toBe(true);
      expect(push?.read({ body }).errors).toEqual([]);
    }
    const last = push?.read({ body: received.at(-1)?.body ?? "" }).shipments[0];
    expect(last).toMatchObject({ trackingNumber, status: "delivered" });
    expect(last?.events[0]?.at?.utc).toBe(world.scans(trackingNumber).at(-1)?.at);
  });

  it("of USPS are verified and read by the adapter, also after a restart", async () => {
    const { clock, world, sandbox, session } = await setUp("usps");
    const { url, received } = await receivePushes();
    const trackingNumber =
      addLiveParcels(world, { carrierId: "usps", scenario: "on_time", count: 1 })[0]?.trackingNumber ?? "";
    const { push } = adapter("usps");
    expect(await push?.subscribe?.(session, [{ trackingNumber }], { url, secret: "s3cret" })).toBeNull();
    sandbox.restore(sandbox.snapshot());
    clock.advance(61_000);
    await sandbox.tick();
    await sandbox.tick();
    expect(received).toHaveLength(1);
    const { body, headers } = received[0] ?? { body: "", headers: {} };
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(push?.verify({ body: Buffer.from(body), headers: plain, secrets: ["old", "s3cret"] })).toBe(true);
    expect(push?.verify({ body: Buffer.from(body), headers: plain, secrets: ["old"] })).toBe(false);
    expect(push?.read({ body }).shipments[0]).toMatchObject({ trackingNumber, status: "delivered" });
  });

  it("of EasyPost are verified and read by the adapter", async () => {
    const { clock, world, sandbox, session, track } = await setUp("easypost");
    const { url, received } = await receivePushes();
    sandbox.easypostWebhooks.create(url, "s3cret");
    const trackingNumber =
      addLiveParcels(world, { carrierId: "easypost", scenario: "on_time", count: 1 })[0]?.trackingNumber ?? "";
    await track(trackingNumber);
    clock.advance(61_000);
    await sandbox.tick();
    const { push } = adapter(session.baseUrl?.endsWith("easypost") ? "easypost" : "ups");
    const { body, headers } = received[0] ?? { body: "", headers: {} };
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(push?.verify({ body: Buffer.from(body), headers: plain, secrets: ["s3cret"] })).toBe(true);
    expect(push?.deliveryKey({ body: Buffer.from(body), headers: plain })).toMatch(/^evt_/);
    expect(push?.read({ body }).shipments[0]).toMatchObject({ trackingNumber, status: "delivered" });
  });
});

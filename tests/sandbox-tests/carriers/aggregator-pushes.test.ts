import { describe, expect, it } from "vitest";

import { SAMPLES } from "#tests/modules/carriers/carrier-samples.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";

import { adapter, setUp } from "./adapter-session.ts";
import { receivePushes } from "./sandbox-server.ts";

describe.each(["17track", "aftership", "ship24", "shippo", "trackingmore"])("webhooks of %s", (carrierId) => {
  async function hear(statuses: number[] = []) {
    const parts = await setUp(carrierId);
    const { world, sandbox, clock, track, session } = parts;
    const { url, received } = await receivePushes(statuses);
    sandbox.more.get(carrierId)?.registerHook?.(url, "hook-secret");
    const [parcel] = addLiveParcels(world, { carrierId, scenario: "on_time", count: 1 });
    const number = parcel?.trackingNumber ?? "";
    await track(number);
    await adapter(carrierId).push?.subscribe?.(
      session,
      [{ trackingNumber: number, carrierHint: SAMPLES[carrierId]?.carrierHint ?? null }],
      { url, secret: "hook-secret" },
    );
    const pass = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1_000);
        await sandbox.tick();
      }
    };
    return { ...parts, number, received, pass };
  }

  it("are verified and read by the adapter, and tell the whole journey", async () => {
    const { world, session, number, received, pass } = await hear();
    const { push } = adapter(carrierId);
    await pass(62);
    const zoned = SAMPLES[carrierId]?.zoned;
    const told = new Set<string>();
    for (const { body, headers } of received) {
      const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      const input = { body: Buffer.from(body), headers: plain, credentials: session.credentials };
      expect(push?.verify({ ...input, secrets: ["hook-secret"] })).toBe(true);
      expect(push?.verify({ ...input, body: Buffer.from(`${body} `), secrets: ["hook-secret"] })).toBe(
        carrierId === "ship24" || (carrierId === "shippo" && !plain["shippo-auth-signature"]),
      );
      const reading = push?.read({ body });
      expect(reading?.errors).toEqual([]);
      expect(reading?.shipments[0]?.trackingNumber).toBe(number);
      for (const event of reading?.shipments[0]?.events ?? [])
        told.add((zoned ? event.at?.utc : event.at?.local) ?? "");
    }
    const last = push?.read({ body: received.at(-1)?.body ?? "" }).shipments[0];
    expect(last?.status).toBe("delivered");
    expect([...told].toSorted()).toEqual(
      world
        .scans(number)
        .map(({ at, local }) => (zoned ? at : local))
        .toSorted(),
    );
  });

  it("are repeated with the same bytes until they are received", async () => {
    const { received, pass } = await hear([500, 503]);
    await pass(4);
    const [first, second] = received;
    expect(received.length).toBeGreaterThan(1);
    expect(second?.body).toBe(first?.body);
  });

  it("go on after a restart where they stopped", async () => {
    const { sandbox, received, pass } = await hear();
    await pass(30);
    const before = received.length;
    const server = sandbox.more.get(carrierId);
    server?.restore?.(JSON.parse(JSON.stringify(server.snapshot?.())));
    await pass(1);
    expect(received.length - before).toBeLessThanOrEqual(1);
    await pass(40);
    expect(received.length).toBeGreaterThan(before);
  });
});

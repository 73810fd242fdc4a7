import { describe, expect, it } from "vitest";

import { freshNumber } from "#tests/sandbox/world/add-live-parcels.ts";
import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";

import { receivePushes } from "./sandbox-server.ts";
import { errorsOf, setUpUps as setUp } from "./ups-client.ts";

describe("UPS Track Alert", () => {
  const request = (url: string, numbers: string[]) => ({
    locale: "en_US",
    countryCode: "US",
    trackingNumberList: numbers,
    destination: { url, credentialType: "Bearer", credential: "our-secret" },
  });

  it("pushes each later scan once, with the credential, and no history", async () => {
    const { subscribe, add, clock, carriers } = await setUp();
    const { url, received } = await receivePushes();
    const number = add("on_time")[0]?.trackingNumber ?? "";
    clock.advance(5_000);
    const answer = await subscribe(request(url, [number, "1Z$bad"]));
    expect(await answer.json()).toEqual({ validTrackingNumbers: [number], invalidTrackingNumbers: ["1Z$bad"] });
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      await carriers.tick();
    }
    const bodies = received.map((push) => JSON.parse(push.body));
    expect(bodies.map((body) => body.activityStatus.descriptionCode)).toEqual([
      "005",
      "005",
      "005",
      "005",
      "021",
      "011",
    ]);
    expect(bodies.at(-1)).toMatchObject({ trackingNumber: number, actualDeliveryDate: "20260310" });
    expect(received[0]?.headers).toMatchObject({ credential: "our-secret", "user-agent": "UPSPubSubTrackingService" });
  });

  it("does not repeat a push that was not received", async () => {
    const { subscribe, add, clock, carriers } = await setUp();
    const { url, received } = await receivePushes([500]);
    await subscribe(request(url, [add("on_time")[0]?.trackingNumber ?? ""]));
    clock.advance(5_000);
    await carriers.tick();
    clock.advance(1_000);
    await carriers.tick();
    expect(received).toHaveLength(1);
  });

  it("goes on after a restart of the sandbox", async () => {
    const { subscribe, add, clock, carriers, world } = await setUp();
    const { url, received } = await receivePushes();
    await subscribe(request(url, [add("on_time")[0]?.trackingNumber ?? ""]));
    clock.advance(5_000);
    await carriers.tick();
    const restarted = createSandboxCarriers({ world, clock });
    restarted.restore(JSON.parse(JSON.stringify(carriers.snapshot())));
    clock.advance(5_000);
    await restarted.tick();
    expect(received.map((push) => JSON.parse(push.body).activityStatus.code)).toEqual(["PU", "DP"]);
  });

  it("stops after 14 days", async () => {
    const { subscribe, carriers, clock, world } = await setUp();
    const { url } = await receivePushes();
    await subscribe(request(url, [freshNumber(world, "ups")]));
    expect(carriers.upsAlerts.count()).toBe(1);
    clock.advance(14 * 86_400_000);
    await carriers.tick();
    expect(carriers.upsAlerts.count()).toBe(0);
  });

  it("version 2 uses the webhook set up for the account", async () => {
    const { subscribe, carriers, add, clock } = await setUp();
    const { url, received } = await receivePushes();
    const body = { locale: "en_US", trackingNumberList: [add("on_time")[0]?.trackingNumber] };
    expect(await errorsOf(await subscribe(body, "v2"))).toBe("VSS500");
    carriers.upsAlerts.setManagedWebhook({ url, credential: "managed" });
    expect((await subscribe(body, "v2")).status).toBe(200);
    clock.advance(5_000);
    await carriers.tick();
    expect(received[0]?.headers["credential"]).toBe("managed");
  });

  const good = request("https://example.com/hook", ["1ZDS4W73030042110"]);
  it.each([
    ["VSS300", { ...good, locale: undefined }],
    ["VSS310", { ...good, locale: "english" }],
    ["VSS400", { ...good, countryCode: "USA" }],
    ["VSS200", { ...good, trackingNumberList: [] }],
    ["VSS210", { ...good, trackingNumberList: ["123"] }],
    ["VSS220", { ...good, trackingNumberList: Array.from({ length: 101 }, () => "1ZDS4W73030042110") }],
    ["VSS500", { ...good, destination: undefined }],
    ["VSS600", { ...good, destination: { ...good.destination, url: "" } }],
    ["VSS610", { ...good, destination: { ...good.destination, url: `https://example.com/${"x".repeat(2_000)}` } }],
    ["VSS700", { ...good, destination: { ...good.destination, credential: "" } }],
    ["VSS800", { ...good, destination: { ...good.destination, credentialType: "" } }],
    ["VSS110", "nothing"],
  ])("refuses with %s", async (code, body) => {
    const { subscribe } = await setUp();
    const answer = await subscribe(body);
    expect([answer.status, await errorsOf(answer)]).toEqual([400, code]);
  });
});

import { describe, expect, it } from "vitest";

import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";

import { setUpEasypost as setUp, type Tracker } from "./easypost-client.ts";

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;

describe("EasyPost trackers", () => {
  it("start unknown, know the scans a second later, oldest first, in UTC", async () => {
    const { create, add, call, clock } = await setUp();
    const code = add("on_time");
    const created = await create(code);
    expect(created).toMatchObject({ status: "unknown", tracking_details: [] });
    clock.advance(61_000);
    const later = (await (await call("GET", `/trackers/${created.id}`)).json()) as Tracker;
    expect(later).toMatchObject({ status: "delivered", finalized: true, tracking_code: code });
    expect(later.tracking_details.map((detail) => detail.status)).toEqual([
      "pre_transit",
      ...Array<string>(5).fill("in_transit"),
      "out_for_delivery",
      "delivered",
    ]);
    expect(later.tracking_details.every((detail) => /^\d{4}-.*Z$/.test(detail.datetime))).toBe(true);
    expect(later.est_delivery_date).toMatch(/T00:00:00Z$/);
  });

  it("give the same tracker for the same number and carrier, and stay unknown for foreign numbers", async () => {
    const { create, call, clock } = await setUp();
    const first = await create("9400100110360000000000");
    expect((await create("9400 1001 1036 0000 0000 00")).id).toBe(first.id);
    expect((await create("9400100110360000000000", "FedEx")).id).not.toBe(first.id);
    clock.advance(5_000);
    expect(await (await call("GET", "/trackers/9400100110360000000000")).json()).toMatchObject({ status: "unknown" });
  });

  it("follow parcels of other carriers too and say whose they are", async () => {
    const { world, call, clock } = await setUp();
    const code = addLiveParcels(world, { carrierId: "ups", scenario: "on_time", count: 1 })[0]?.trackingNumber ?? "";
    const created = (await (await call("POST", "/trackers", { tracker: { tracking_code: code } })).json()) as Tracker;
    clock.advance(6_000);
    expect(await (await call("GET", `/trackers/${created.id}`)).json()).toMatchObject({
      carrier: "UPS",
      status: "in_transit",
      tracking_details: [{}, { message: "Accepted at UPS Origin Facility" }],
    });
  });

  it("are listed in pages and filtered", async () => {
    const { create, call } = await setUp();
    const codes = ["9400100110360000000001", "9400100110360000000002", "9400100110360000000003"];
    for (const code of codes) await create(code);
    type Page = { trackers: Tracker[]; has_more: boolean };
    const page = (await (await call("GET", "/trackers?page_size=2")).json()) as Page;
    expect(page.trackers.map((tracker) => tracker.tracking_code)).toEqual([codes[2], codes[1]]);
    expect(page.has_more).toBe(true);
    const rest = (await (await call("GET", `/trackers?before_id=${page.trackers[1]?.id}`)).json()) as Page;
    expect(rest.trackers.map((tracker) => tracker.tracking_code)).toEqual([codes[0]]);
    expect((await (await call("GET", `/trackers?tracking_code=${codes[1]}`)).json()) as Page).toMatchObject({
      has_more: false,
    });
  });

  it("refuse bad keys, bad numbers and unknown ids", async () => {
    const { call, callAs, base } = await setUp();
    expect(await codeOf(await fetch(`${base}/trackers`))).toBe("UNAUTHORIZED");
    const inactive = await callAs("EZAKwrong")("GET", "/trackers");
    expect([inactive.status, await codeOf(inactive)]).toEqual([401, "APIKEY.INACTIVE"]);
    const bad = await call("POST", "/trackers", { tracker: { tracking_code: "" } });
    expect([bad.status, await codeOf(bad)]).toEqual([422, "TRACKER.CREATE.ERROR"]);
    expect(
      (await call("POST", "/trackers", { tracker: { tracking_code: "9400100110360000000000", carrier: 7 } })).status,
    ).toBe(422);
    expect(await codeOf(await call("GET", "/trackers/trk_none"))).toBe("NOT_FOUND");
  });

  it("limit their index to five a second", async () => {
    const { call } = await setUp();
    const statuses = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await call("GET", "/trackers")).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

import { createHmac } from "node:crypto";

import { describe, expect, it } from "vitest";

import { systemClock } from "#app/lib/clock.ts";
import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { SANDBOX_CREDENTIALS } from "#tests/sandbox/carriers/credentials.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import type { Scenario } from "#tests/sandbox/world/parcel.ts";
import { createWorld } from "#tests/sandbox/world.ts";

import { manualClock, receivePushes, serve } from "./sandbox-server.ts";

const { apiKey } = SANDBOX_CREDENTIALS.easypost;
const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;

interface Tracker {
  id: string;
  tracking_code: string;
  status: string;
  tracking_details: { status: string; datetime: string }[];
  est_delivery_date: string | null;
  finalized: boolean;
}

async function setUp() {
  const clock = manualClock();
  const world = createWorld({ clock });
  const carriers = createSandboxCarriers({ world, clock, easypostRetryDelaysMs: [1_000, 2_000] });
  const base = `${await serve(carriers.router)}/easypost/v2`;
  const call = (method: string, path: string, body?: unknown, key: string = apiKey) =>
    fetch(`${base}${path}`, {
      method,
      headers: { authorization: basic(key), "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const create = async (code: string, carrier = "USPS") =>
    (await (await call("POST", "/trackers", { tracker: { tracking_code: code, carrier } })).json()) as Tracker;
  const add = (scenario: Scenario) =>
    addLiveParcels(world, { carrierId: "easypost", scenario, count: 1 })[0]?.trackingNumber ?? "";
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      await carriers.tick();
    }
  };
  return { clock, world, carriers, base, call, create, add, pass };
}

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
    const { call, base } = await setUp();
    expect(await codeOf(await fetch(`${base}/trackers`))).toBe("UNAUTHORIZED");
    const inactive = await call("GET", "/trackers", undefined, "EZAKwrong");
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

describe("EasyPost webhooks", () => {
  it("tell every change with a valid signature over the raw body", async () => {
    const { create, add, call, pass } = await setUp();
    const { url, received } = await receivePushes();
    const secret = "s\u00e9cret";
    expect((await call("POST", "/webhooks", { webhook: { url, webhook_secret: secret } })).status).toBe(201);
    await create(add("on_time"));
    await pass(62);
    const events = received.map((push) => JSON.parse(push.body));
    expect(events.map((event) => event.result.status).at(-1)).toBe("delivered");
    expect(events.map((event) => event.previous_attributes.status)).toEqual([
      "unknown",
      ...events.slice(0, -1).map((event) => event.result.status),
    ]);
    expect(new Set(events.map((event) => event.id)).size).toBe(8);
    for (const push of received) {
      const expected = createHmac("sha256", secret.normalize("NFKD")).update(push.body).digest("hex");
      expect(push.headers["x-hmac-signature"]).toBe(`hmac-sha256-hex=${expected}`);
    }
  });

  it("are repeated with the same bytes until received, and given up in the end", async () => {
    const { create, add, call, pass, carriers } = await setUp();
    const { url, received } = await receivePushes([500, 503]);
    await call("POST", "/webhooks", { webhook: { url } });
    await create(add("label_only"));
    await pass(6);
    expect(received).toHaveLength(3);
    expect(new Set(received.map((push) => push.body)).size).toBe(1);
    expect(received[0]?.headers["x-hmac-signature"]).toBeUndefined();
    expect(carriers.pushes.easypost.records().map((record) => record.status)).toEqual([500, 503, 200]);
    expect(carriers.pushes.easypost.pending()).toBe(0);
  });

  it("leave by themselves while the ticker runs, and not after it was stopped", async () => {
    const world = createWorld({ clock: systemClock });
    const carriers = createSandboxCarriers({ world, clock: systemClock, easypostFirstAnswerMs: 0, tickMs: 5 });
    const { url, received } = await receivePushes();
    carriers.easypostWebhooks.create(url, null);
    const base = await serve(carriers.router);
    const code =
      addLiveParcels(world, { carrierId: "easypost", scenario: "label_only", count: 1 })[0]?.trackingNumber ?? "";
    await fetch(`${base}/easypost/v2/trackers`, {
      method: "POST",
      headers: { authorization: basic(apiKey) },
      body: JSON.stringify({ tracker: { tracking_code: code } }),
    });
    carriers.start();
    while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await carriers.stop();
    expect(received).toHaveLength(1);
    expect(carriers.pushes.easypost.pending()).toBe(0);
  });

  it("go on after a restart where they stopped", async () => {
    const { create, add, call, pass, carriers, clock, world } = await setUp();
    const { url, received } = await receivePushes();
    await call("POST", "/webhooks", { webhook: { url } });
    await create(add("on_time"));
    await pass(30);
    const before = received.length;
    const restarted = createSandboxCarriers({ world, clock });
    restarted.restore(JSON.parse(JSON.stringify(carriers.snapshot())));
    await restarted.tick();
    expect(received).toHaveLength(before);
    clock.advance(40_000);
    await restarted.tick();
    expect(received).toHaveLength(before + 1);
    expect(JSON.parse(received.at(-1)?.body ?? "").previous_attributes).toEqual({ status: "in_transit" });
  });

  it("can be lost or doubled on demand", async () => {
    const { create, add, call, pass, carriers } = await setUp();
    const { url, received } = await receivePushes();
    await call("POST", "/webhooks", { webhook: { url } });
    carriers.pushes.easypost.setFaults({ duplicate: 1 });
    await create(add("label_only"));
    await pass(2);
    expect(received).toHaveLength(2);
    carriers.pushes.easypost.setFaults({ duplicate: 0, drop: 1 });
    await create(add("label_only"));
    await pass(2);
    expect(received).toHaveLength(2);
  });

  it("can be listed, read, changed and deleted; bad addresses are refused", async () => {
    const { call } = await setUp();
    const hook = (await (await call("POST", "/webhooks", { url: "http://127.0.0.1:1/x" })).json()) as { id: string };
    expect(await (await call("GET", "/webhooks")).json()).toMatchObject({
      webhooks: [{ id: hook.id, disabled_at: null }],
    });
    expect((await call("GET", `/webhooks/${hook.id}`)).status).toBe(200);
    expect((await call("PATCH", `/webhooks/${hook.id}`, { webhook: { webhook_secret: "new" } })).status).toBe(200);
    expect((await call("DELETE", `/webhooks/${hook.id}`)).status).toBe(200);
    expect((await call("DELETE", `/webhooks/${hook.id}`)).status).toBe(404);
    expect((await call("POST", "/webhooks", { webhook: { url: "ftp://x" } })).status).toBe(422);
  });
});

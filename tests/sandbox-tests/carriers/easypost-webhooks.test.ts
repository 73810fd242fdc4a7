import { createHmac } from "node:crypto";

import { describe, expect, it } from "vitest";

import { systemClock } from "#app/lib/clock.ts";
import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { SANDBOX_CREDENTIALS } from "#tests/sandbox/carriers/credentials.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import { createWorld } from "#tests/sandbox/world.ts";

import { basic, setUpEasypost as setUp } from "./easypost-client.ts";
import { receivePushes, serve } from "./sandbox-server.ts";

const { apiKey } = SANDBOX_CREDENTIALS.easypost;

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

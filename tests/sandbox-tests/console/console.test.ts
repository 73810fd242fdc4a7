import { describe, expect, it } from "vitest";

import { setUpConsole } from "./console-parts.ts";

describe("console", () => {
  it("is a page with a label for every control, links out, and a policy that forbids foreign scripts", async () => {
    const { origin } = await setUpConsole();
    const answer = await fetch(`${origin}/console`);
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
    const page = await answer.text();
    const ids = [...page.matchAll(/<(?:select|input) id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids).toContain("fault-resend");
    for (const id of ids) expect(page).toMatch(new RegExp(`<label for="${id}">\\w`));
    expect(page).toContain('href="/store?a=1&amp;b=2"');
    for (const file of ["sandbox.css", "console.js", "mailbox.js", "element.js"]) {
      expect((await fetch(`${origin}/console/assets/${file}`)).status).toBe(200);
    }
  });

  it("places an order and then shows its parcels moving, newest scan first", async () => {
    const { post, state, placed, clock } = await setUpConsole();
    const answer = await post("place-and-ship", { carrierId: "ups", scenario: "on_time", parcels: 2 });
    expect(await answer.json()).toEqual({ orderName: "#1001" });
    expect(placed).toEqual([{ carrierId: "ups", scenario: "on_time", parcels: 2 }]);
    clock.advance(61_000);
    const shown = await state();
    expect(shown).toMatchObject({ liveCount: 2, historyCount: 0, orders: [{ name: "#1001" }] });
    expect(shown.parcels[0]).toMatchObject({ carrier: "UPS", finished: true });
    expect(shown.parcels[0].scans.map((scan: { kind: string }) => scan.kind).slice(0, 2)).toEqual([
      "delivered",
      "out_for_delivery",
    ]);
  });

  it.each([
    { carrierId: "dhl", scenario: "on_time", parcels: 1 },
    { carrierId: "ups", scenario: "teleport", parcels: 1 },
    { carrierId: "ups", scenario: "on_time", parcels: 6 },
    { carrierId: "ups", scenario: "on_time", parcels: "1" },
    [],
  ])("refuses %j", async (body) => {
    const { post, placed } = await setUpConsole();
    expect((await post("place-and-ship", body)).status).toBe(422);
    expect(placed).toEqual([]);
  });

  it("takes no orders from forms of foreign pages", async () => {
    const { post, placed } = await setUpConsole();
    const body = { carrierId: "ups", scenario: "on_time", parcels: 1 };
    expect((await post("place-and-ship", body, "text/plain")).status).toBe(422);
    expect(placed).toEqual([]);
  });

  it("sets and removes the DNS records of a merchant's domain, and shows none of the sandbox's own", async () => {
    const { post, state, resend } = await setUpConsole();
    resend.domains.add("ship.shop.example", "us-east-1");
    const domain = { name: "ship.shop.example", status: "not_started" };
    expect((await state()).domains).toEqual([{ ...domain, recordsSet: false }]);
    expect((await post("dns-records", { domain: domain.name, set: true })).status).toBe(200);
    expect((await state()).domains).toEqual([{ ...domain, recordsSet: true }]);
    await post("dns-records", { domain: domain.name, set: false });
    expect((await state()).domains).toEqual([{ ...domain, status: "failed", recordsSet: false }]);
    expect((await post("dns-records", { domain: "shop.example", set: true })).status).toBe(422);
  });

  it("switches faults of carriers, mail and webhooks on and off", async () => {
    const { post, state, carriers, resend } = await setUpConsole();
    await post("faults", { target: "fedex", fault: "html" });
    await post("faults", { target: "resend", fault: "server_error" });
    await post("webhook-faults", { duplicate: true, drop: "yes" });
    expect(carriers.faults.get("fedex")).toEqual({ html: 1 });
    expect(resend.faults.get()).toEqual({ server_error: 1 });
    expect(await state()).toMatchObject({
      faults: { ups: "", fedex: "html", easypost: "", resend: "server_error" },
      webhookFaults: { duplicate: true, reorder: false, drop: false },
    });
    await post("faults", { target: "fedex", fault: "" });
    expect(carriers.faults.get("fedex")).toEqual({});
    expect((await post("faults", { target: "fedex", fault: "fire" })).status).toBe(422);
    expect((await post("faults", { target: "dhl", fault: "html" })).status).toBe(422);
  });
});

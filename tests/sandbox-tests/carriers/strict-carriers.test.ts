import { describe, expect, it } from "vitest";

import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { credentialsOf } from "#tests/sandbox/carriers/sandbox-carriers.ts";
import { createWorld } from "#tests/sandbox/world.ts";

import { manualClock, serve } from "./sandbox-server.ts";

async function setUp(carrierId: string) {
  const clock = manualClock();
  const sandbox = createSandboxCarriers({ world: createWorld({ clock }), clock });
  const base = `${await serve(sandbox.router)}/${carrierId}`;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${base}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  return { clock, base, get, account: credentialsOf(carrierId) };
}

const basic = (user = "", password = "") => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

describe("USPS", () => {
  it("counts calls for a token against the sixty of the hour", async () => {
    const { clock, base, get, account } = await setUp("usps");
    const askToken = (clientSecret = account["clientSecret"]) =>
      fetch(`${base}/oauth2/v3/token`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          ...{ grant_type: "client_credentials", client_id: account["clientId"], client_secret: clientSecret },
        }),
      });
    expect((await askToken("wrong")).status).toBe(401);
    const { access_token: token } = (await (await askToken()).json()) as { access_token: string };
    const track = () => get("/tracking/v3/tracking/9400?expand=DETAIL", { authorization: `Bearer ${token}` });
    const statuses = await Promise.all(Array.from({ length: 59 }, track)).then((all) =>
      all.map(({ status }) => status),
    );
    expect(statuses.filter((status) => status === 404)).toHaveLength(58);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    clock.advance(60_000);
    expect((await track()).status).toBe(404);
    expect((await get("/tracking/v3/tracking/9400?expand=ALL", { authorization: `Bearer ${token}` })).status).toBe(400);
    clock.advance(28_799_000);
    expect((await track()).status).toBe(401);
  });
});

describe("DHL", () => {
  it("wants a key, a number and a service it knows, and answers as problems", async () => {
    const { clock, get, account } = await setUp("dhl-unified");
    const key = { "DHL-API-Key": account["apiKey"] ?? "" };
    expect((await get("/track/shipments?trackingNumber=1")).status).toBe(401);
    expect((await get("/track/shipments", key)).status).toBe(400);
    expect((await get("/track/shipments?trackingNumber=1&service=pigeons", key)).status).toBe(400);
    clock.advance(1_000);
    expect(JSON.parse((await get("/track/shipments?trackingNumber=1", key)).text)).toMatchObject({ status: 404 });
  });

  it("refuses the third call of a second", async () => {
    const { get, account } = await setUp("dhl-unified");
    const key = { "DHL-API-Key": account["apiKey"] ?? "" };
    const ask = () => get("/track/shipments?trackingNumber=1", key);
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([404, 404, 429]);
  });

  it("Express wants its login, readable numbers and at most ten of them", async () => {
    const { get, account } = await setUp("mydhl");
    const login = { authorization: basic(account["username"], account["password"]) };
    const numbers = (count: number) => Array.from({ length: count }, () => "shipmentTrackingNumber=1").join("&");
    expect((await get(`/tracking?${numbers(1)}`, { authorization: basic("x", "y") })).status).toBe(401);
    expect((await get(`/tracking?${numbers(11)}`, login)).status).toBe(400);
    expect((await get("/tracking?shipmentTrackingNumber=a%2Fb", login)).status).toBe(400);
    expect((await get(`/tracking?${numbers(1)}`, login)).status).toBe(404);
  });

  it("Paket checks the key at the gateway and the user in the question, which answers with 200", async () => {
    const { clock, get, account } = await setUp("dhl-parcel-de");
    const key = account["clientId"] ?? "";
    const headers = { "DHL-API-Key": key, authorization: basic(key, account["clientSecret"]) };
    const ask = (user = "", password = "") => {
      const xml = `<data appname="${user}" password="${password}" request="d-get-piece-detail" piece-code="1"/>`;
      return get(`/parcel/de/tracking/v0/shipments?xml=${encodeURIComponent(xml)}`, headers);
    };
    expect((await get("/parcel/de/tracking/v0/shipments?xml=x")).status).toBe(401);
    const refused = await ask("nobody", "nothing");
    expect([refused.status, refused.text.includes("Login failed")]).toEqual([200, true]);
    expect((await ask(account["username"], account["password"])).text).toContain('code="100"');
    clock.advance(1_000);
    expect((await get("/parcel/de/tracking/v0/shipments", headers)).text).toContain("Unknown request");
  });
});

describe("Royal Mail", () => {
  it("wants the client, its terms, and at most thirty numbers", async () => {
    const { get, account } = await setUp("royal-mail");
    const client = {
      "X-IBM-Client-Id": account["clientId"] ?? "",
      "X-IBM-Client-Secret": account["clientSecret"] ?? "",
    };
    const headers = { ...client, "X-Accept-RMG-Terms": "yes" };
    const summary = (count: number) =>
      `/mailpieces/v2/summary?mailPieceId=${Array.from({ length: count }, () => "1").join(",")}`;
    expect((await get(summary(1))).text).toContain("Client id not registered");
    expect((await get(summary(1), client)).text).toContain("E0004");
    expect((await get(summary(31), headers)).status).toBe(400);
    expect((await get(summary(30), headers)).status).toBe(200);
    expect((await get("/mailpieces/v2/1/events", headers)).text).toContain("E1142");
  });
});

describe("Hermes", () => {
  it("gives tokens for app and user together, and tells which of them is wrong", async () => {
    const { base, get, account } = await setUp("hermes-de");
    const askToken = async (changes: Record<string, string>) => {
      const { clientId: client_id = "", clientSecret: client_secret = "", username = "", password = "" } = account;
      const fields = { grant_type: "password", client_id, client_secret, username, password, ...changes };
      const path = "/authorization-facade/oauth2/access_token";
      const answer = await fetch(`${base}${path}`, { method: "POST", body: new URLSearchParams(fields) });
      return (await answer.json()) as { error?: string; access_token?: string };
    };
    expect((await askToken({ grant_type: "client_credentials" })).error).toBe("unsupported_grant_type");
    expect((await askToken({ client_secret: "x" })).error).toBe("invalid_client");
    expect((await askToken({ password: "x" })).error).toBe("invalid_grant");
    const headers = { authorization: `Bearer ${(await askToken({})).access_token}` };
    expect((await get("/shipmentinfo?shipmentID=1")).status).toBe(401);
    expect((await get("/shipmentinfo", headers)).status).toBe(400);
    expect((await get("/shipmentinfo?shipmentID=1", headers)).status).toBe(404);
  });
});

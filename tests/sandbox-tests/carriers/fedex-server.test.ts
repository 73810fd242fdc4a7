import { describe, expect, it } from "vitest";

import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { SANDBOX_CREDENTIALS } from "#tests/sandbox/carriers/credentials.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import { createWorld } from "#tests/sandbox/world.ts";

import { manualClock, serve } from "./sandbox-server.ts";

const { clientId, clientSecret } = SANDBOX_CREDENTIALS.fedex;

const askToken = (base: string, fields: Record<string, string>) =>
  fetch(`${base}/oauth/token`, { method: "POST", body: new URLSearchParams(fields) });

async function setUp() {
  const clock = manualClock();
  const world = createWorld({ clock });
  const carriers = createSandboxCarriers({ world, clock, rateLimits: { fedex: { requests: 3, perMs: 10_000 } } });
  const base = `${await serve(carriers.router)}/fedex`;
  const fields = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const token = ((await (await askToken(base, fields)).json()) as { access_token: string }).access_token;
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${base}/track/v1/trackingnumbers`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const track = (numbers: string[], headers: Record<string, string> = {}) =>
    post(
      {
        includeDetailedScans: true,
        trackingInfo: numbers.map((trackingNumber) => ({ trackingNumberInfo: { trackingNumber } })),
      },
      headers,
    );
  return { clock, world, carriers, base, fields, post, track };
}

interface Tracked {
  transactionId: string;
  customerTransactionId?: string;
  output: {
    completeTrackResults: {
      trackingNumber: string;
      trackResults: {
        error?: { code: string };
        latestStatusDetail: { code: string; derivedCode: string; delayDetail?: { status: string } };
        scanEvents: { date: string; eventType: string }[];
        dateAndTimes: { type: string; dateTime: string }[];
      }[];
    }[];
  };
}

const codeOf = async (answer: Response) => ((await answer.json()) as { errors: { code: string }[] }).errors[0]?.code;

describe("FedEx token endpoint", () => {
  it("gives a token with a lifetime in seconds as a number", async () => {
    const { base, fields } = await setUp();
    expect(await (await askToken(base, fields)).json()).toMatchObject({
      token_type: "bearer",
      expires_in: 3599,
      scope: "CXS",
    });
  });

  it("refuses bad credentials and bad forms", async () => {
    const { base, fields } = await setUp();
    expect((await askToken(base, { ...fields, client_secret: "wrong" })).status).toBe(401);
    expect((await askToken(base, { ...fields, grant_type: "password" })).status).toBe(400);
  });
});

describe("FedEx tracking", () => {
  it("answers many numbers, newest scan first, unknown ones as errors inside 200", async () => {
    const { world, track, clock } = await setUp();
    const [parcel] = addLiveParcels(world, { carrierId: "fedex", scenario: "on_time", count: 1 });
    clock.advance(61_000);
    const answer = await track([parcel?.trackingNumber ?? "", "999999999999"], { "x-customer-transaction-id": "ours" });
    const { output, customerTransactionId } = (await answer.json()) as Tracked;
    expect(customerTransactionId).toBe("ours");
    const [known, unknown] = output.completeTrackResults;
    const result = known?.trackResults[0];
    expect(result?.latestStatusDetail).toMatchObject({ code: "DL", derivedCode: "DL" });
    expect(result?.scanEvents.map((event) => event.eventType)).toEqual([
      "DL",
      "OD",
      "AR",
      "DP",
      "AR",
      "DP",
      "PU",
      "OC",
    ]);
    expect(result?.scanEvents[0]?.date).toMatch(/^2026-03-10T\d\d:\d\d:\d\d-0[4-7]:00$/);
    expect(result?.dateAndTimes[0]).toEqual({ type: "ACTUAL_DELIVERY", dateTime: result?.scanEvents[0]?.date });
    expect(unknown?.trackResults[0]?.error?.code).toBe("TRACKING.TRACKINGNUMBER.NOTFOUND");
  });

  it("signals a delay and gives one scan without detailed scans", async () => {
    const { world, post, clock } = await setUp();
    const [parcel] = addLiveParcels(world, { carrierId: "fedex", scenario: "delayed_weather", count: 1 });
    clock.advance(25_000);
    const trackingInfo = [{ trackingNumberInfo: { trackingNumber: parcel?.trackingNumber } }];
    const { output } = (await (await post({ includeDetailedScans: false, trackingInfo })).json()) as Tracked;
    const result = output.completeTrackResults[0]?.trackResults[0];
    expect(result?.latestStatusDetail).toMatchObject({ code: "DY", delayDetail: { status: "DELAYED" } });
    expect(result?.scanEvents).toHaveLength(1);
  });

  it("refuses more than 30 numbers, empty numbers and missing fields", async () => {
    const { track, post } = await setUp();
    const tooMany = await track(Array.from({ length: 31 }, () => "999999999999"));
    expect(tooMany.status).toBe(400);
    expect(await codeOf(await track([""]))).toBe("TRACKING.TRACKINGNUMBER.EMPTY");
    expect(await codeOf(await post({ trackingInfo: [] }))).toBe("INVALID.INPUT.EXCEPTION");
  });

  it("refuses bad tokens, expired tokens and other media types", async () => {
    const { track, post, clock } = await setUp();
    expect((await track(["999999999999"], { authorization: "Bearer x" })).status).toBe(401);
    expect((await post({}, { "content-type": "text/plain" })).status).toBe(415);
    clock.advance(3_599_000);
    const expired = (await (await track(["999999999999"])).json()) as { errors: { message: string }[] };
    expect(expired.errors[0]?.message).toMatch(/^Access token expired/);
  });

  it("keeps its limit per ten seconds and its bodies for faults", async () => {
    const { track, carriers } = await setUp();
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await track(["999999999999"])).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    carriers.faults.set("fedex", { server_error: 1 });
    expect(await codeOf(await track(["999999999999"]))).toBe("SERVICE.UNAVAILABLE.ERROR");
  });
});

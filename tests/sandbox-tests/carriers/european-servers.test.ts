import { describe, expect, it } from "vitest";

import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { credentialsOf } from "#tests/sandbox/carriers/sandbox-carriers.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import { createWorld } from "#tests/sandbox/world.ts";

import { manualClock, serve } from "./sandbox-server.ts";

async function setUp(carrierId: string) {
  const clock = manualClock();
  const world = createWorld({ clock });
  const origin = `${await serve(createSandboxCarriers({ world, clock }).router)}/${carrierId}`;
  const ask = (path: string, init: RequestInit = {}) => fetch(`${origin}${path}`, init);
  const [parcel] = addLiveParcels(world, { carrierId, scenario: "on_time", count: 1 });
  return { clock, ask, credentials: credentialsOf(carrierId), number: parcel?.trackingNumber ?? "" };
}

const json = async (response: Response) => [response.status, await response.json()] as const;

describe("La Poste's server", () => {
  it("answers one number with an object and its status, several with a list and 207", async () => {
    const { ask, credentials, number } = await setUp("la-poste");
    const headers = { "x-okapi-key": credentials["apiKey"] ?? "" };
    const [status, one] = await json(await ask(`/suivi/v2/idships/${number}?lang=fr_FR`, { headers }));
    expect([status, one.shipment.idShip]).toEqual([200, number]);
    const [several, list] = await json(await ask(`/suivi/v2/idships/${number},8R49999999999`, { headers }));
    expect([several, list.map((item: { returnCode: number }) => item.returnCode)]).toEqual([207, [200, 404]]);
  });

  it("refuses a missing key, an eleventh number, another language, a number of another form", async () => {
    const { ask, credentials, number } = await setUp("la-poste");
    const headers = { "x-okapi-key": credentials["apiKey"] ?? "" };
    expect((await ask(`/suivi/v2/idships/${number}`)).status).toBe(401);
    expect((await ask(`/suivi/v2/idships/${Array(11).fill(number).join(",")}`, { headers })).status).toBe(400);
    expect((await ask(`/suivi/v2/idships/${number}?lang=xx`, { headers })).status).toBe(400);
    expect((await ask("/suivi/v2/idships/1-2", { headers })).status).toBe(400);
  });

  it("answers a hundred questions a minute", async () => {
    const { ask, clock, credentials } = await setUp("la-poste");
    const question = async () => {
      const headers = { "x-okapi-key": credentials["apiKey"] ?? "" };
      return (await ask("/suivi/v2/idships/8R49999999999", { headers })).status;
    };
    for (let count = 0; count < 100; count += 1) expect(await question()).toBe(404);
    expect(await question()).toBe(429);
    clock.advance(60_000);
    expect(await question()).toBe(404);
  });
});

describe("the SOAP servers", () => {
  const envelope = (body: string, header = "") =>
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>${header}</e:Header><e:Body>${body}</e:Body></e:Envelope>`;
  const soap = (body: string, type = "text/xml") => ({ method: "POST", body, headers: { "content-type": type } });

  it("of Chronopost wants an envelope, an operation and a language", async () => {
    const { ask, number } = await setUp("chronopost");
    const path = "/tracking-cxf/TrackingServiceWS";
    const track = (language: string) =>
      envelope(
        `<trackSkybillV2><language>${language}</language><skybillNumber>${number}</skybillNumber></trackSkybillV2>`,
      );
    expect(await (await ask(path, soap(track("en_GB")))).text()).toContain(`<skybillNumber>${number}</skybillNumber>`);
    expect(await (await ask(path, soap(track("xx")))).text()).toContain("<errorCode>2</errorCode>");
    expect((await ask(path, soap(envelope("<other><a>1</a></other>")))).status).toBe(500);
    expect((await ask(path, soap(track("en_GB"), "application/json"))).status).toBe(500);
    expect((await ask(path)).status).toBe(404);
  });

  it("of DPD tells an unknown token from an expired one", async () => {
    const { ask, clock, credentials, number } = await setUp("dpd");
    const { username, password } = credentials;
    const login = envelope(`<getAuth><delisId>${username}</delisId><password>${password}</password></getAuth>`);
    const answer = await (await ask("/soap/services/LoginService/V2_1", soap(login))).text();
    const token = /<authToken>(.+)<\/authToken>/.exec(answer)?.[1] ?? "";
    const track = async (authToken: string) => {
      const header = `<authentication><delisId>${username}</delisId><authToken>${authToken}</authToken></authentication>`;
      const question = envelope(
        `<getTrackingData><parcelLabelNumber>${number}</parcelLabelNumber></getTrackingData>`,
        header,
      );
      return (await ask("/soap/services/ParcelLifeCycleService/V2_0", soap(question))).text();
    };
    expect(await track(token)).toContain("<status>START_ORDER</status>");
    expect(await track("stolen")).toContain("ERR_DELICOM_TOKEN_INCORRECT");
    clock.advance(25 * 60 * 60 * 1000);
    expect(await track(token)).toContain("ERR_DELICOM_TOKEN_EXPIRED");
  });
});

describe("GLS's server", () => {
  it("gives a token for the right key and grant only, and an hour later wants a new one", async () => {
    const { ask, clock, credentials, number } = await setUp("gls");
    const tokenFor = (secret: string, body = "grant_type=client_credentials") =>
      ask("/oauth2/v2/token", {
        ...{ method: "POST", body },
        headers: { authorization: `Basic ${btoa(`${credentials["clientId"]}:${secret}`)}` },
      });
    expect((await tokenFor("wrong")).status).toBe(401);
    expect((await tokenFor(credentials["clientSecret"] ?? "", "a=b")).status).toBe(400);
    const [, { access_token: token }] = await json(await tokenFor(credentials["clientSecret"] ?? ""));
    const headers = { authorization: `Bearer ${token}` };
    const path = "/track-and-trace-v1/tracking/simple/trackids/";
    expect((await ask(`${path}${number}`, { headers })).status).toBe(200);
    expect((await ask(`${path}${Array(11).fill(number).join(",")}`, { headers })).status).toBe(400);
    clock.advance(3_601_000);
    const [status, { fault }] = await json(await ask(`${path}${number}`, { headers }));
    expect([status, fault.detail.errorcode]).toEqual([401, "steps.jwt.TokenExpired"]);
  });
});

describe("PostNL's server", () => {
  it("tells the history with detail only, and its feed to the right customer only", async () => {
    const { ask, credentials, number } = await setUp("postnl");
    const headers = { apikey: credentials["apiKey"] ?? "" };
    const barcode = `/shipment/v2/status/barcode/${number}`;
    const [, current] = await json(await ask(barcode, { headers }));
    expect([current.CurrentStatus.Shipment.Status.StatusCode, current.CompleteStatus]).toEqual(["1", undefined]);
    const [, complete] = await json(await ask(`${barcode}?detail=true`, { headers }));
    expect(complete.CompleteStatus.Shipment.Event).toHaveLength(1);
    expect((await ask(`${barcode}?detail=yes`, { headers })).status).toBe(400);
    expect((await ask(barcode)).status).toBe(401);
    const feed = (customer: string) => ask(`/shipment/v2/status/${customer}/updatedshipments`, { headers });
    const [, updated] = await json(await feed(credentials["customerNumber"] ?? ""));
    expect(updated.map((line: { Barcode: string }) => line.Barcode)).toEqual([number]);
    expect((await feed("99999999")).status).toBe(403);
  });
});

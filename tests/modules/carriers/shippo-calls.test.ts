import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CarrierPush, CarrierResponse, TrackRequest } from "#app/modules/carriers/carrier.ts";
import { shippo } from "#app/modules/carriers/shippo/shippo.server.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const recorded = (name: string, status = 200) => answer(fixture("shippo", name), status);
const push = shippo.push as CarrierPush;

function session(...answers: CarrierResponse[]) {
  return fakeSession({ credentials: { apiKey: "token-1" }, answers });
}

describe("asking", () => {
  const asked = async (request: TrackRequest) => {
    const { session: given, calls } = session(recorded("delivered"));
    const { errors } = await shippo.track(given, [request]);
    return { path: calls[0]?.url.replace("https://api.goshippo.com", ""), error: errors[0] };
  };

  test("names the parcel's carrier", async () => {
    expect(await asked({ trackingNumber: "T1", carrierHint: "dhl-express" })).toMatchObject({
      path: "/tracks/dhl_express/T1",
    });
  });

  test("asks nothing where nobody can tell the carrier", async () => {
    for (const request of [{ trackingNumber: "T1" }, { trackingNumber: "T1", carrierHint: "my-own-van" }]) {
      expect(await asked(request)).toMatchObject({
        ...{ path: undefined, error: { kind: "not_supported", trackingNumber: "T1" } },
      });
    }
  });

  test("says which number an error is about", async () => {
    const { session: given } = session(recorded("not-found", 404), recorded("delivered"));
    const reading = await shippo.track(given, [
      { trackingNumber: "T1", carrierHint: "ups" },
      { trackingNumber: "LZ000421003US", carrierHint: "usps" },
    ]);
    expect(reading).toMatchObject({
      shipments: [{ status: "delivered" }],
      errors: [{ kind: "not_found", trackingNumber: "T1" }],
    });
  });
});

test("a connection is told that the token is wrong; a live token may not use the mock carrier", async () => {
  const problem = (response: CarrierResponse) => shippo.testConnection(session(response).session);
  expect((await problem(recorded("refused-token", 401)))?.message).toContain("Shippo refused the API token");
  expect(await problem(recorded("unknown-carrier", 400))).toBeNull();
  expect(await problem(recorded("not-found", 404))).toBeNull();
  expect(await problem(answer("<html>", 502))).toMatchObject({ kind: "server" });
});

test("subscribes each number, tells the first refusal and goes on", async () => {
  const { session: given, calls } = session(recorded("unknown-carrier", 400), recorded("nothing-known", 201));
  const numbers = [
    { trackingNumber: "T1", carrierHint: "ups" },
    { trackingNumber: "LZ000421003US", carrierHint: "usps" },
  ];
  const problem = await push.subscribe?.(given, numbers, { url: "https://shop.example/hook", secret: "s" });
  expect(problem).toMatchObject({ kind: "invalid_request", trackingNumber: "T1" });
  expect(calls.map(({ method, url, body }) => [method, url, body])).toEqual([
    ["POST", "https://api.goshippo.com/tracks/", '{"carrier":"ups","tracking_number":"T1"}'],
    ["POST", "https://api.goshippo.com/tracks/", '{"carrier":"usps","tracking_number":"LZ000421003US"}'],
  ]);
});

describe("webhooks", () => {
  const body = Buffer.from(fixture("shippo", "track-updated"));
  const sign = (secret: string, time = "1772800000") =>
    `t=${time},v1=${createHmac("sha256", secret).update(`${time}.${body.toString()}`).digest("hex")}`;
  const verify = (signature: string | null, credentials: Record<string, string>) => {
    const headers = signature === null ? {} : { "Shippo-Auth-Signature": signature };
    return push.verify({ body, headers, secrets: ["ours"], credentials });
  };

  test("an account with a secret of Shippo's demands its signature", () => {
    const credentials = { webhookSecret: "theirs" };
    expect([verify(sign("theirs"), credentials), verify(sign("theirs").replace(",", ", "), credentials)]).toEqual([
      ...[true, true],
    ]);
    const wrong = [sign("other"), sign("theirs").replace("t=1", "t=2"), sign("theirs").slice(0, -1), "v1=", "", null];
    expect(wrong.filter((signature) => verify(signature, credentials))).toEqual([]);
  });

  test("an account without one is proven by its address; a wrong signature is never borne", () => {
    expect(verify(null, { apiKey: "token-1" })).toBe(true);
    expect([verify(sign("other"), {}), verify(sign(""), { webhookSecret: "" })]).toEqual([false, false]);
    expect(push.verify({ body, headers: {}, secrets: ["ours"] })).toBe(false);
  });
});

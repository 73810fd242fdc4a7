import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { seventeenTrack } from "#app/modules/carriers/17track/17track.server.ts";
import type { CarrierPush, CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const recorded = (name: string, status = 200) => answer(fixture("17track", name), status);

function session(...answers: CarrierResponse[]) {
  return fakeSession({ credentials: { apiKey: "key-1" }, answers });
}

describe("asking", () => {
  const parcel = { trackingNumber: "LT000421001CN", carrierHint: "china-post" };

  test("registers a number that is not registered yet, under the carrier's code, and promises nothing", async () => {
    const { session: given, calls } = session(recorded("not-registered"), recorded("registered"));
    const reading = await seventeenTrack.track(given, [parcel]);
    expect(reading).toMatchObject({ shipments: [{ status: "unknown", events: [] }], errors: [] });
    expect(calls.map(({ url, body }) => [url.split("/").at(-1), body])).toEqual([
      ["gettrackinfo", '[{"number":"LT000421001CN"}]'],
      ["register", '[{"number":"LT000421001CN","carrier":3011}]'],
    ]);
  });

  test("asks again when somebody else has registered the number meanwhile", async () => {
    const answers = [recorded("not-registered"), recorded("registered-before"), recorded("delivered")];
    const reading = await seventeenTrack.track(session(...answers).session, [parcel]);
    expect(reading).toMatchObject({ shipments: [{ status: "delivered" }], errors: [] });
  });

  test("leaves a carrier without a code to 17TRACK's detection, and asks in batches of 40", async () => {
    const { session: given, calls } = session(recorded("not-registered"), recorded("registered"));
    await seventeenTrack.track(given, [{ ...parcel, carrierHint: "my-own-van" }]);
    expect(calls[1]?.body).toBe('[{"number":"LT000421001CN"}]');
    const many = session(recorded("delivered"), recorded("delivered"));
    await seventeenTrack.track(
      many.session,
      Array.from({ length: 41 }, (_, index) => ({ trackingNumber: `LT${index}` })),
    );
    expect(many.calls.map(({ body }) => (JSON.parse(body ?? "") as unknown[]).length)).toEqual([40, 1]);
  });
});

test("a connection is told what is wrong: key, address, quota", async () => {
  const problem = (response: CarrierResponse) => seventeenTrack.testConnection(session(response).session);
  expect((await problem(recorded("refused-key", 401)))?.message).toContain("17TRACK refused the API key");
  expect((await problem(recorded("refused-address", 401)))?.message).toContain("not calls from our IP address");
  expect(await problem(recorded("quota-used-up"))).toMatchObject({ kind: "rate_limited", retryable: false });
});

describe("webhooks", () => {
  const push = seventeenTrack.push as CarrierPush;
  const body = Buffer.from(fixture("17track", "tracking-updated"));
  const sign = (key: string, bytes = body) => createHash("sha256").update(`${bytes.toString()}/${key}`).digest("hex");
  const verify = (signature: string, apiKey = "key-1") =>
    push.verify({ body, headers: { Sign: signature }, secrets: ["ours"], credentials: { apiKey } });

  test("the API key signs, with plain SHA-256", () => {
    expect(verify(sign("key-1"))).toBe(true);
    expect(verify(sign("key-1").toUpperCase())).toBe(true);
  });

  test("another key, changed bytes, a cut or missing signature and an empty key are refused", () => {
    const changed = sign("key-1", Buffer.concat([body, Buffer.from(" ")]));
    expect([verify(sign("key-2")), verify(changed), verify(sign("key-1").slice(1)), verify("")]).not.toContain(true);
    expect(verify(sign(""), "")).toBe(false);
    expect(push.verify({ body, headers: {}, secrets: ["key-1"] })).toBe(false);
  });

  test("the push itself is read like any other answer", () => {
    expect(push.read({ body }).shipments[0]?.status).toBe("out_for_delivery");
    expect(push.deliveryKey({ body, headers: {} })).toBeNull();
  });
});

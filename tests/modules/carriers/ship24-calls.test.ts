import { describe, expect, test } from "vitest";
import type { CarrierPush, CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { ship24 } from "#app/modules/carriers/ship24/ship24.server.ts";
import { answer, fakeSession, fixture } from "./carrier-doubles.ts";

const recorded = (name: string, status = 200) => answer(fixture("ship24", name), status);

function session(...answers: CarrierResponse[]) {
  return fakeSession({ credentials: { apiKey: "key-1" }, answers });
}

describe("asking", () => {
  const parcel = { trackingNumber: "LM000421003JP", carrierHint: "japan-post", postalCode: "98101" };
  const missing = recorded("tracker-not-found", 404);

  test("makes a tracker only where there is none", async () => {
    const { session: given, calls } = session(missing, recorded("tracker-made", 201));
    const reading = await ship24.track(given, [parcel]);
    expect(reading).toMatchObject({ shipments: [{ status: "unknown", events: [] }], errors: [] });
    expect(calls[1]).toMatchObject({ method: "POST", url: "https://api.ship24.com/public/v1/trackers" });
    expect(JSON.parse(calls[1]?.body ?? "")).toEqual({
      ...{ trackingNumber: "LM000421003JP", destinationPostCode: "98101", courierCode: ["jp-post"] },
    });
  });

  test("leaves a courier out that Ship24 does not know", async () => {
    const { session: given, calls } = session(missing, recorded("unknown-courier", 400), recorded("tracker-made", 201));
    const { errors } = await ship24.track(given, [{ trackingNumber: "LM000421003JP", carrierHint: "japan-post" }]);
    expect(errors).toEqual([]);
    expect(calls[2]?.body).toBe('{"trackingNumber":"LM000421003JP"}');
  });

  test("makes none when the question failed, and says which number a refusal is about", async () => {
    const { session: given, calls } = session(recorded("refused-key", 401), missing, recorded("no-subscription", 422));
    const two = [parcel, { trackingNumber: "T2", carrierHint: "my-own-van" }];
    expect((await ship24.track(given, two)).errors).toMatchObject([
      { kind: "auth", trackingNumber: "LM000421003JP" },
      { kind: "auth", trackingNumber: "T2" },
    ]);
    expect(calls).toHaveLength(3);
  });
});

test("a connection is told whether the key is wrong or nothing is paid for", async () => {
  const problem = (response: CarrierResponse) => ship24.testConnection(session(response).session);
  expect((await problem(recorded("refused-key", 401)))?.message).toContain("Ship24 refused the API key");
  expect((await problem(recorded("no-subscription", 422)))?.message).toContain("no active per-shipment subscription");
  expect(await problem(recorded("trackers"))).toBeNull();
});

describe("webhooks", () => {
  const push = ship24.push as CarrierPush;
  const body = Buffer.from(fixture("ship24", "new-events"));
  const verify = (authorization: string, webhookSecret = "theirs") =>
    push.verify({ body, headers: { Authorization: authorization }, secrets: ["ours"], credentials: { webhookSecret } });

  test("the webhook secret comes as a bearer token", () => {
    expect([verify("Bearer theirs"), verify("bearer theirs"), verify("Bearer ours")]).toEqual([true, true, true]);
    const wrong = ["Bearer other", "theirs", "Bearer ", "Basic theirs", "Bearer theirs x", ""];
    expect(wrong.filter((value) => verify(value))).toEqual([]);
    expect(verify("Bearer ", "")).toBe(false);
  });

  test("a message has the same key in every attempt", () => {
    expect(push.deliveryKey({ body, headers: {} })).toBe("356a0000-0000-4000-8000-000000000001");
    const bare = Buffer.from(JSON.stringify({ trackings: [{ tracker: { trackingNumber: "T1" } }] }));
    expect(push.deliveryKey({ body: bare, headers: {} })).toBeNull();
    expect(push.read({ body }).shipments[0]?.status).toBe("out_for_delivery");
  });
});
